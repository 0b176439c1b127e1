//! SQLite's codes in our words.

use rusqlite::ffi;
use rusqlite::{Error, ErrorCode};

use crate::error::StoreError;

impl From<Error> for StoreError {
    fn from(error: Error) -> StoreError {
        match &error {
            Error::SqliteFailure(failure, text) => of(failure, text.clone().unwrap_or_default()),
            Error::SqlInputError { msg, .. } => StoreError::Sql(msg.clone()),
            other => StoreError::Sql(other.to_string()),
        }
    }
}

fn of(failure: &ffi::Error, text: String) -> StoreError {
    match failure.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy,
        ErrorCode::DiskFull => StoreError::Full,
        ErrorCode::ReadOnly => StoreError::ReadOnly,
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Corrupt { what: text },
        ErrorCode::CannotOpen | ErrorCode::SystemIoFailure => {
            StoreError::Unavailable { what: text }
        }
        ErrorCode::ConstraintViolation if is_unique(failure) => StoreError::Unique {
            constraint: columns(&text),
        },
        _ => StoreError::Sql(text),
    }
}

fn is_unique(failure: &ffi::Error) -> bool {
    matches!(
        failure.extended_code,
        ffi::SQLITE_CONSTRAINT_UNIQUE
            | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | ffi::SQLITE_CONSTRAINT_ROWID
    )
}

/// `UNIQUE constraint failed: people.email` names its columns after the colon.
fn columns(text: &str) -> String {
    let columns = text.rsplit_once(": ").map_or(text, |(_, columns)| columns);
    columns.to_owned()
}
