//! The values that go into statements, the same on both databases.
//! Never a float, a boolean type or a date type: times are integer milliseconds, flags 0 and 1.

/// One parameter of a statement or one column of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Null,
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
}

impl Value {
    /// What it is, for error texts that must not show the value itself.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Value::Null => "NULL",
            Value::Int(_) => "an integer",
            Value::Text(_) => "a text",
            Value::Blob(_) => "bytes",
        }
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Int(number)
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Value {
        Value::Int(i64::from(number))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Value {
        Value::Int(i64::from(number))
    }
}

impl From<usize> for Value {
    /// A length. More than `i64::MAX` can't be held in memory and becomes `i64::MAX`.
    fn from(number: usize) -> Value {
        Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<bool> for Value {
    /// Flags are the integers 0 and 1 on both databases.
    fn from(flag: bool) -> Value {
        Value::Int(i64::from(flag))
    }
}

impl From<String> for Value {
    /// PostgreSQL refuses U+0000 in a text, and mail contains it: it becomes U+FFFD on both
    /// databases. Bytes that must stay as they are go in as a blob.
    fn from(text: String) -> Value {
        if text.contains('\0') {
            return Value::Text(text.replace('\0', "\u{FFFD}"));
        }
        Value::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::from(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::from(text.clone())
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Value {
        Value::Blob(bytes)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Value {
        Value::Blob(bytes.to_vec())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_types_become_values() {
        assert_eq!(Value::from(7i32), Value::Int(7));
        assert_eq!(Value::from(true), Value::Int(1));
        assert_eq!(Value::from(None::<&str>), Value::Null);
        assert_eq!(Value::from(Some("a")), Value::Text("a".to_owned()));
        assert_eq!(Value::from("a\0b"), Value::Text("a\u{FFFD}b".to_owned()));
    }
}
