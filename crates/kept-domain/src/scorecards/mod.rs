//! The two-way scorecard: what the desk owed and what the client owed in a period, and where the time went (S20).
//!
//! Figures go in as they are counted, and come out as a person reads them. What counts is decided when a ticket's clocks
//! are worked out; nothing here looks at a ticket.

mod card;
mod counting;
mod period;
mod times;

pub use card::{Card, Line, Promises, SideCard, each_round};
pub use counting::{Counting, countings};
pub use period::{BadPeriod, Period, Within};
pub use times::Times;

use crate::clocks::{Owed, Side};
use crate::ids::{ClientId, PersonId, QueueId};

/// Whose scorecard it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Of {
    Desk,
    Client(ClientId),
    Agent(PersonId),
    Queue(QueueId),
}

/// One group of what was settled in a period, as it is counted: every combination comes at most once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    pub side: Side,
    pub owed: Owed,
    pub counting: Counting,
    pub fate: Fate,
    pub count: i64,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    Met,
    /// Done, after it was due.
    Late,
    /// Missed, and not done to this day.
    NotDone,
    /// Still owed, and in time.
    Owed,
}

impl Fate {
    /// The spelling in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Fate::Met => "met",
            Fate::Late => "late",
            Fate::NotDone => "not-done",
            Fate::Owed => "owed",
        }
    }
}

/// The time used for what was done, of one kind: half of it took no longer than the median, nine in ten no longer than `most`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    pub side: Side,
    pub owed: Owed,
    pub median_ms: i64,
    pub most_ms: i64,
}

/// `met` of `all` in whole percent; `None` of none. Rounded down, so that only nothing missed is 100 %.
pub fn percent(met: i64, all: i64) -> Option<i64> {
    (all > 0).then(|| met.saturating_mul(100) / all)
}

#[cfg(test)]
mod tests;
