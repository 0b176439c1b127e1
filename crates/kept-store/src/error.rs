//! What can go wrong at the database, in words a person can act on.
//! Never carries a value out of a row or a password: these texts reach logs.

use thiserror::Error;

/// Why the store did not do what was asked. The same for both databases.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StoreError {
    /// The queue is full, or another process held the database past the time we wait for it.
    #[error("the database is busy; try again in a moment")]
    Busy,
    /// The database can't be reached, or went away before anything was committed.
    #[error("the database can't be reached: {what}")]
    Unavailable { what: String },
    /// The connection broke while committing: the change may or may not have been kept.
    #[error(
        "the connection to the database broke while saving, so the change may or may not have been kept: {what}"
    )]
    Unsure { what: String },
    /// PostgreSQL ended this transaction in favour of another. Nothing was kept; run it again.
    #[error("another change got in the way; try again")]
    Conflict,
    #[error("the disk of the database is full; free some space, Kept goes on by itself")]
    Full,
    /// A write was tried in a read, or the file or server only allows reading.
    #[error(
        "the database can only be read here; check the permissions of its file and folder, or whether the server is a standby"
    )]
    ReadOnly,
    /// A row with the same key is there already. SQLite names the columns
    /// (`people.email`), PostgreSQL the constraint (`people_email_key`).
    #[error("there is already a row like this one ({constraint})")]
    Unique { constraint: String },
    #[error(
        "the database was written by a newer Kept (schema {at}, this one knows {want}); install that version or restore a backup"
    )]
    Newer { at: i64, want: i64 },
    #[error(
        "migration {number} ({name}) is not the one this database was made with; install the Kept that made it"
    )]
    MigrationChanged { number: i64, name: String },
    #[error("the database is damaged: {what}; restore a backup")]
    Corrupt { what: String },
    /// A statement the database refused, or a row that is not what the query expects: our bug.
    #[error("the database refused a statement: {0}")]
    Sql(String),
    /// The closure panicked. Its changes were undone.
    #[error(
        "Kept stopped this change because of a bug in it; nothing was kept, and the log says where"
    )]
    Panicked,
}

impl StoreError {
    /// Whether the same thing, tried later, may well succeed. After [`StoreError::Unsure`]
    /// the first try may have succeeded as well: only repeat what may be done twice.
    pub fn is_temporary(&self) -> bool {
        matches!(
            self,
            StoreError::Busy
                | StoreError::Unavailable { .. }
                | StoreError::Unsure { .. }
                | StoreError::Conflict
                | StoreError::Full
        )
    }

    /// An `INSERT … RETURNING` that returned nothing: our bug.
    pub(crate) fn nothing_returned() -> StoreError {
        StoreError::Sql("a new row did not tell its id".to_owned())
    }

    pub(crate) fn closed() -> StoreError {
        StoreError::Unavailable {
            what: "Kept is closing it".to_owned(),
        }
    }
}
