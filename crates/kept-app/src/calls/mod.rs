//! Calls and words in the hallway: written down in seconds, sent to the caller as we understood them, confirmed or
//! corrected by a link that needs no session.

mod answer;
mod known;
mod log;
mod page;
mod summary;

pub use answer::{confirm, correct};
pub use known::callers;
pub use log::{Caller, Logged, NewCall, On, log};
pub use page::{Page, by_link};
pub(crate) use summary::{when, zone_of};

use kept_domain::calls::{CannotAnswer, How, Wanted};

use crate::Error;

impl From<CannotAnswer> for Error {
    fn from(why: CannotAnswer) -> Self {
        match why {
            CannotAnswer::Nothing | CannotAnswer::TooLong => {
                Error::invalid("text", why.to_string())
            }
            CannotAnswer::Future | CannotAnswer::LongAgo => Error::invalid("at", why.to_string()),
            CannotAnswer::Corrected | CannotAnswer::LongClosed => Error::Conflict(why.to_string()),
        }
    }
}

/// What a call was about, apart from its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    pub how: How,
    pub wanted: Wanted,
}
