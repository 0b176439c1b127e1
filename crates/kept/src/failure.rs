//! How the program says that it failed: what, why, and what to do, with an exit code scripts can tell
//! apart (sysexits.h).

use kept_app::config::BadConfig;
use kept_app::store::StoreError;
use kept_app::{Error, ErrorKind};

/// A failure with its exit code.
#[derive(Debug)]
pub struct Failure {
    text: String,
    code: u8,
}

/// Try again later; mail servers keep the mail (EX_TEMPFAIL).
pub const TEMPORARY: u8 = 75;
/// The configuration is wrong (EX_CONFIG).
const CONFIG: u8 = 78;
/// The input is wrong (EX_DATAERR).
const DATA: u8 = 65;
/// Something this needs is not there (EX_UNAVAILABLE).
const UNAVAILABLE: u8 = 69;
/// A file or folder can't be used (EX_CANTCREAT).
const FILE: u8 = 73;
/// The database is from a newer Kept.
const NEWER: u8 = 70;

impl Failure {
    pub fn new(text: impl Into<String>, code: u8) -> Self {
        Self {
            text: text.into(),
            code,
        }
    }

    /// Something was found; for commands whose answer is yes or no.
    pub fn found(text: impl Into<String>) -> Self {
        Self::new(text, 1)
    }

    pub fn file(text: impl Into<String>) -> Self {
        Self::new(text, FILE)
    }

    pub fn config(text: impl Into<String>) -> Self {
        Self::new(text, CONFIG)
    }

    pub fn data(text: impl Into<String>) -> Self {
        Self::new(text, DATA)
    }

    /// Whatever it was, a mail server must keep the mail and try again.
    pub fn temporary(self) -> Self {
        Self {
            code: TEMPORARY,
            ..self
        }
    }

    /// Says it on standard error.
    pub fn tell(&self) -> std::process::ExitCode {
        eprintln!("kept: {}", self.text);
        std::process::ExitCode::from(self.code)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let code = match (&error, error.kind()) {
            (Error::Store(StoreError::Newer { .. }), _) => NEWER,
            (_, ErrorKind::Busy) => UNAVAILABLE,
            (_, ErrorKind::Invalid | ErrorKind::NotFound | ErrorKind::Denied) => DATA,
            _ => 1,
        };
        Self::new(error.to_string(), code)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Error::from(error).into()
    }
}

impl From<BadConfig> for Failure {
    fn from(bad: BadConfig) -> Self {
        Self::new(bad.to_string(), CONFIG)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(error.to_string(), UNAVAILABLE)
    }
}
