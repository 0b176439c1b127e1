//! One row of an answer, read by column name or position.
//! Never guesses: a column that is missing or of another kind is an error, not a default.

use std::sync::Arc;

use crate::error::StoreError;
use crate::value::Value;

/// The column names of a statement, shared by all its rows.
pub(crate) type Columns = Arc<[Box<str>]>;

/// One row. Holds its own values and borrows nothing from the database.
#[derive(Debug, Clone)]
pub struct Row {
    columns: Columns,
    values: Vec<Value>,
}

/// What a column can be asked by: its name, or its position from 0.
pub trait Column: Copy {
    #[doc(hidden)]
    fn find(self, columns: &[Box<str>]) -> Option<usize>;
    #[doc(hidden)]
    fn name(self) -> String;
}

impl Column for &str {
    fn find(self, columns: &[Box<str>]) -> Option<usize> {
        columns.iter().position(|column| **column == *self)
    }

    fn name(self) -> String {
        self.to_owned()
    }
}

impl Column for usize {
    fn find(self, columns: &[Box<str>]) -> Option<usize> {
        (self < columns.len()).then_some(self)
    }

    fn name(self) -> String {
        format!("number {self}")
    }
}

impl Row {
    pub(crate) fn new(columns: Columns, values: Vec<Value>) -> Row {
        Row { columns, values }
    }

    /// An integer that is never NULL.
    pub fn int(&self, column: impl Column) -> Result<i64, StoreError> {
        self.maybe_int(column)?
            .ok_or_else(|| unexpected(column, "NULL", "an integer"))
    }

    /// An integer or NULL.
    pub fn maybe_int(&self, column: impl Column) -> Result<Option<i64>, StoreError> {
        match self.value(column)? {
            Value::Int(number) => Ok(Some(*number)),
            Value::Null => Ok(None),
            other => Err(unexpected(column, other.kind(), "an integer")),
        }
    }

    /// A flag stored as 0 or 1; any other integer is an error.
    pub fn flag(&self, column: impl Column) -> Result<bool, StoreError> {
        match self.int(column)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(unexpected(column, "another integer", "0 or 1")),
        }
    }

    /// A text that is never NULL.
    pub fn text(&self, column: impl Column) -> Result<String, StoreError> {
        self.maybe_text(column)?
            .ok_or_else(|| unexpected(column, "NULL", "a text"))
    }

    /// A text or NULL.
    pub fn maybe_text(&self, column: impl Column) -> Result<Option<String>, StoreError> {
        match self.value(column)? {
            Value::Text(text) => Ok(Some(text.clone())),
            Value::Null => Ok(None),
            other => Err(unexpected(column, other.kind(), "a text")),
        }
    }

    /// Bytes that are never NULL.
    pub fn blob(&self, column: impl Column) -> Result<Vec<u8>, StoreError> {
        self.maybe_blob(column)?
            .ok_or_else(|| unexpected(column, "NULL", "bytes"))
    }

    /// Bytes or NULL.
    pub fn maybe_blob(&self, column: impl Column) -> Result<Option<Vec<u8>>, StoreError> {
        match self.value(column)? {
            Value::Blob(bytes) => Ok(Some(bytes.clone())),
            Value::Null => Ok(None),
            other => Err(unexpected(column, other.kind(), "bytes")),
        }
    }

    /// The value as it came, for code that copies rows without knowing them.
    pub fn value(&self, column: impl Column) -> Result<&Value, StoreError> {
        column
            .find(&self.columns)
            .and_then(|at| self.values.get(at))
            .ok_or_else(|| StoreError::Sql(format!("the answer has no column {}", column.name())))
    }

    /// The names of the columns, in order.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(AsRef::as_ref)
    }
}

fn unexpected(column: impl Column, found: &str, wanted: &str) -> StoreError {
    StoreError::Sql(format!("column {} is {found}, not {wanted}", column.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Row {
        let columns: Columns = ["id", "subject", "open"].map(Box::from).into();
        Row::new(columns, vec![Value::Int(412), Value::Null, Value::Int(2)])
    }

    #[test]
    fn columns_are_found_by_name_and_by_position() {
        assert_eq!(row().int("id"), Ok(412));
        assert_eq!(row().int(0), Ok(412));
        assert_eq!(row().maybe_text("subject"), Ok(None));
    }

    #[test]
    fn what_is_not_as_expected_says_so() {
        let words = |error: StoreError| error.to_string();
        assert_eq!(
            row().int("number").map_err(words),
            Err("the database refused a statement: the answer has no column number".to_owned())
        );
        assert_eq!(
            row().text("id").map_err(words),
            Err("the database refused a statement: column id is an integer, not a text".to_owned())
        );
        assert!(row().text("subject").is_err());
        assert!(row().flag("open").is_err());
        assert!(row().value(3).is_err());
    }
}
