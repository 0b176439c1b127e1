//! PostgreSQL's codes in our words.

use std::error::Error as _;

use postgres::Error;
use postgres::error::{DbError, SqlState};

use crate::error::StoreError;

impl From<Error> for StoreError {
    fn from(error: Error) -> StoreError {
        match error.as_db_error() {
            Some(refused) => of(refused),
            None if is_ours(&error) => StoreError::Sql(chain(&error)),
            None => StoreError::Unavailable {
                what: chain(&error),
            },
        }
    }
}

/// An error made on our side of a healthy connection: a value that does not fit its parameter.
fn is_ours(error: &Error) -> bool {
    let text = error.to_string();
    [
        "error serializing parameter",
        "error deserializing column",
        "expected ",
    ]
    .iter()
    .any(|start| text.starts_with(start))
}

fn of(refused: &DbError) -> StoreError {
    let code = refused.code();
    let what = refused.message().to_owned();
    if *code == SqlState::UNIQUE_VIOLATION {
        let constraint = refused.constraint().unwrap_or("unnamed").to_owned();
        StoreError::Unique { constraint }
    } else if *code == SqlState::DISK_FULL {
        StoreError::Full
    } else if *code == SqlState::READ_ONLY_SQL_TRANSACTION {
        StoreError::ReadOnly
    } else if [
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
    ]
    .contains(code)
    {
        StoreError::Conflict
    } else if [SqlState::LOCK_NOT_AVAILABLE, SqlState::QUERY_CANCELED].contains(code) {
        StoreError::Busy
    } else if [SqlState::DATA_CORRUPTED, SqlState::INDEX_CORRUPTED].contains(code) {
        StoreError::Corrupt { what }
    } else if is_about_the_server(code, &what) {
        StoreError::Unavailable { what }
    } else {
        StoreError::Sql(what)
    }
}

/// Connections (08), sign-in (28), no such database (3D), too many connections or out of memory
/// (53), shutting down or ended by an administrator (57P), trouble outside PostgreSQL (58); and a
/// plan made before a migration, which is made anew the next time.
fn is_about_the_server(code: &SqlState, what: &str) -> bool {
    let classes = ["08", "28", "3D", "53", "57P", "58"];
    classes.iter().any(|class| code.code().starts_with(class)) || is_stale_plan(what)
}

pub(crate) fn is_stale_plan(what: &str) -> bool {
    what.starts_with("cached plan must not change")
}

/// An error and its causes in one line.
pub(crate) fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text = format!("{text}: {inner_text}");
        }
        cause = inner.source();
    }
    text
}
