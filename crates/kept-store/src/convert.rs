//! Between the domain's types and columns. Each spelling in the database is decided here once.

use jiff::Timestamp;
use kept_domain::turn::Turn;

use crate::{Row, StoreError, Value};

/// Milliseconds since 1970, the only form in which times are stored.
pub(crate) fn ms(at: Timestamp) -> i64 {
    at.as_millisecond()
}

pub(crate) fn at(row: &Row, column: &str) -> Result<Timestamp, StoreError> {
    timestamp(row.int(column)?)
}

pub(crate) fn maybe_at(row: &Row, column: &str) -> Result<Option<Timestamp>, StoreError> {
    row.maybe_int(column)?.map(timestamp).transpose()
}

fn timestamp(ms: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(ms).map_err(|_| odd("a time", &ms.to_string()))
}

/// A closed set read back from its one spelling.
pub(crate) fn word<T>(
    row: &Row,
    column: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, StoreError> {
    let text = row.text(column)?;
    read(&text).ok_or_else(|| odd(column, &text))
}

pub(crate) fn json<T: serde::de::DeserializeOwned>(
    row: &Row,
    column: &str,
) -> Result<T, StoreError> {
    serde_json::from_str(&row.text(column)?).map_err(|e| odd(column, &e.to_string()))
}

/// The same for a column that may be empty.
pub(crate) fn maybe_json<T: serde::de::DeserializeOwned>(
    row: &Row,
    column: &str,
) -> Result<Option<T>, StoreError> {
    let text = row.maybe_text(column)?;
    text.map(|text| serde_json::from_str(&text).map_err(|e| odd(column, &e.to_string())))
        .transpose()
}

/// JSON for a text column. Our own types always serialise; a failure is told, not hidden.
pub(crate) fn to_json<T: serde::Serialize>(value: &T) -> Result<Value, StoreError> {
    serde_json::to_string(value)
        .map(Value::from)
        .map_err(|e| odd("a value", &e.to_string()))
}

fn odd(what: &str, found: &str) -> StoreError {
    let found: String = found.chars().take(80).collect();
    StoreError::Corrupt {
        what: format!("{what} holds “{found}”, which this version can't read"),
    }
}

/// The order in which lists show turns.
pub(crate) fn turn_rank(turn: Turn) -> i64 {
    match turn {
        Turn::Desk => 0,
        Turn::Client => 1,
        Turn::ThirdParty => 2,
        Turn::Nobody => 3,
    }
}

pub(crate) fn turn_of_rank(row: &Row, column: &str) -> Result<Turn, StoreError> {
    match row.int(column)? {
        0 => Ok(Turn::Desk),
        1 => Ok(Turn::Client),
        2 => Ok(Turn::ThirdParty),
        3 => Ok(Turn::Nobody),
        other => Err(odd(column, &other.to_string())),
    }
}

/// `?2, ?3, ?4` for a list that starts at parameter `first`.
pub(crate) fn places(first: usize, count: usize) -> String {
    let places: Vec<String> = (first..first + count).map(|n| format!("?{n}")).collect();
    places.join(", ")
}

/// A pattern for `LIKE … ESCAPE '\'` that finds `text` anywhere, in lower case.
pub(crate) fn containing(text: &str) -> String {
    format!("{}%", ending(text))
}

/// The same for texts that end in `text`.
pub(crate) fn ending(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}
