//! One step of a ladder.

use jiff::Timestamp;

use crate::clocks::Owed;

/// What is to be done about an obligation. Ordered as steps at the same time are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The responsible agent hears that something is due soon.
    Warn { owed: Owed, run: i64 },
    /// It was not done in time; that stays on the record, and at the desk the dispatcher hears of it.
    Miss {
        owed: Owed,
        run: i64,
        due: Timestamp,
    },
    /// Somebody higher up hears that it is still not done.
    Escalate { owed: Owed, run: i64, step: u32 },
    /// The client is reminded, for the how manieth time, from 0.
    Remind { owed: Owed, run: i64, step: u32 },
    /// The ticket waits out of sight for a word of the client.
    Park,
    /// It was parked long enough.
    CloseUnanswered,
    /// The client had their time to confirm or object.
    CloseUnconfirmed,
}

/// A step and when it is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    pub at: Timestamp,
    pub step: Step,
}
