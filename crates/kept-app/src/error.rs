//! What can go wrong when something is asked of the desk, and what kind of wrong it is.

use kept_domain::access::Denied;
use kept_domain::search::BadQuery;
use kept_domain::tickets::Refused;
use kept_store::StoreError;
use kept_store::jobs::LeaseError;

use crate::random::NoRandomness;

/// Every message is for the person who asked: what happened, to what, what to do.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error("there is no {0} here (any more)")]
    NotFound(String),
    /// A value somebody gave can't be taken; `field` names it as the form does.
    #[error("{problem}")]
    Invalid {
        field: &'static str,
        problem: String,
    },
    #[error(transparent)]
    Search(#[from] BadQuery),
    /// Somebody else was quicker, or it was done already.
    #[error("{0}")]
    Conflict(String),
    #[error("too many tries; wait {seconds} s and try again")]
    TooMany { seconds: u64 },
    /// Something outside did not do what was asked: a relay, a disk.
    #[error("{0}")]
    Outside(String),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Random(#[from] NoRandomness),
}

/// What the asker can do about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    NotFound,
    Denied,
    /// Ask differently.
    Invalid,
    /// Look again, then decide.
    Conflict,
    /// Ask again later.
    Busy,
    TooMany,
    /// Nothing the asker can do.
    Ours,
}

impl Error {
    pub fn invalid(field: &'static str, problem: impl Into<String>) -> Self {
        Error::Invalid {
            field,
            problem: problem.into(),
        }
    }

    pub fn not_found(what: impl Into<String>) -> Self {
        Error::NotFound(what.into())
    }

    pub fn kind(&self) -> ErrorKind {
        match self {
            Error::NotFound(_) => ErrorKind::NotFound,
            Error::Denied(_) => ErrorKind::Denied,
            Error::Invalid { .. } | Error::Search(_) => ErrorKind::Invalid,
            Error::Refused(_) | Error::Conflict(_) => ErrorKind::Conflict,
            Error::TooMany { .. } => ErrorKind::TooMany,
            Error::Store(error) if error.is_temporary() => ErrorKind::Busy,
            Error::Outside(_) => ErrorKind::Busy,
            Error::Store(_) | Error::Random(_) => ErrorKind::Ours,
        }
    }

    /// Whether the same thing may well succeed later, so that a mail server should try again.
    pub fn is_temporary(&self) -> bool {
        !matches!(
            self.kind(),
            ErrorKind::Denied | ErrorKind::Invalid | ErrorKind::NotFound
        )
    }
}

/// What goes wrong in a job is tried again: its lease runs out, and somebody takes it anew.
impl From<Error> for LeaseError {
    fn from(error: Error) -> Self {
        LeaseError::Store(match error {
            Error::Store(error) => error,
            other => StoreError::Sql(other.to_string()),
        })
    }
}
