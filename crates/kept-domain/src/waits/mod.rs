//! Waiting on a third party: somebody who is neither the desk nor the client has to do something first.

mod next;

pub use next::NextDate;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who, for what, and when the desk looks after it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// Such as “Contoso Logistics”.
    pub party: String,
    /// What they have to do or bring.
    pub what: String,
    /// Their reference: a parcel's number, a case at the maker's.
    pub tracking: Option<String>,
    /// When something should have happened; the client hears from the desk by then at the latest.
    pub next: Timestamp,
}

/// Why a wait can't be written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadWait {
    #[error("Write who you are waiting for")]
    NoParty,
    #[error("Write what they have to do")]
    NoMatter,
    #[error("That text is too long; {LONGEST_TEXT} characters are the most")]
    TooLong,
    #[error("The next date is over; choose one to come")]
    Past,
    #[error("The next date is more than {MOST_DAYS} days away; choose an earlier one to ask again")]
    TooFar,
}

const LONGEST_TEXT: usize = 200;
const MOST_DAYS: i64 = 366;

impl Wait {
    /// # Errors
    /// When something is missing or too long, or the next date lies behind or too far ahead.
    pub fn new(
        party: &str,
        what: &str,
        tracking: Option<&str>,
        next: Timestamp,
        now: Timestamp,
    ) -> Result<Self, BadWait> {
        let (party, what) = (party.trim(), what.trim());
        let tracking = tracking.map(str::trim).filter(|text| !text.is_empty());
        let texts = [Some(party), Some(what), tracking];
        match () {
            () if party.is_empty() => Err(BadWait::NoParty),
            () if what.is_empty() => Err(BadWait::NoMatter),
            () if texts
                .iter()
                .flatten()
                .any(|text| text.chars().count() > LONGEST_TEXT) =>
            {
                Err(BadWait::TooLong)
            }
            () if next <= now => Err(BadWait::Past),
            () if next.duration_since(now).as_hours() > MOST_DAYS * 24 => Err(BadWait::TooFar),
            () => Ok(Self {
                party: party.to_owned(),
                what: what.to_owned(),
                tracking: tracking.map(str::to_owned),
                next,
            }),
        }
    }
}
