//! What the clocks look at: the few kinds of things that start, stop, restart or end an obligation.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Owed, Side, Target, Terms};
use crate::ids::{DutyRunId, EventId, PromiseId};
use crate::messages::text_form;

/// One thing that happened, and the line of the history that says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    pub at: Timestamp,
    pub line: EventId,
    pub what: What,
}

impl Fact {
    /// The order in which facts count, however they arrived; of one line first what was said, then how the ticket stands.
    pub(super) fn order(&self) -> impl Ord + use<> {
        let rank = match &self.what {
            What::Opened { .. } => 0,
            What::Terms { .. } => 1,
            What::OnlyToKnow => 2,
            What::Asked => 3,
            What::ClientSaid => 4,
            What::DeskSaid => 5,
            What::Confirmed => 6,
            What::Done { .. } => 7,
            What::Moved { .. } => 8,
            What::Due { .. } | What::DueWithin { .. } => 9,
            What::ClosedUnanswered => 10,
            What::Standing(_) => 11,
        };
        (self.at, self.line, rank)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum What {
    Opened {
        by: Side,
    },
    /// A person of the client's side wrote. Counts from when it was received (S3).
    ClientSaid,
    /// A person at the desk told the client something, and it arrived (S8).
    DeskSaid,
    /// The client who opened the ticket only wanted us to know something: no resolution is owed.
    OnlyToKnow,
    /// There is something to be done after all. Without such a fact the opening asks for it.
    Asked,
    /// The client said that a resolved ticket is done.
    Confirmed,
    /// Closed for the client's silence: nothing was resolved.
    ClosedUnanswered,
    Standing(Standing),
    /// What is asked from here on: another priority, another agreement, another version.
    Terms {
        terms: Arc<Terms>,
        from: CountFrom,
    },
    /// Something is owed whose due time is given. For [`Owed::NextUpdate`] it is the date by which a third party should have
    /// acted: the next update is owed by then at the latest.
    Due {
        key: Key,
        owed: Owed,
        side: Side,
        due: Timestamp,
    },
    /// Something is owed within so much of the time of the side that owes, from here on.
    DueWithin {
        key: Key,
        owed: Owed,
        side: Side,
        target: Target,
    },
    /// The due time of that was agreed anew.
    Moved {
        key: Key,
        due: Timestamp,
    },
    /// That ended.
    Done {
        key: Key,
        how: How,
    },
}

/// Tells the obligations apart that somebody gave a ticket: promises, offers, duties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// By the line that began it.
    Line(EventId),
    Promise(PromiseId),
    Duty(DutyRunId),
}

/// From when changed terms count for what is owed already (S16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountFrom {
    /// From where each obligation began, all pauses kept.
    Start,
    /// What is used up stays as the earlier terms counted it; what is left follows the new ones.
    Now,
}

/// What a ticket waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// For the desk.
    Open,
    WithClient,
    WithThirdParty,
    /// For a client who went silent.
    Parked,
    Resolved,
    Closed,
    /// Spam, or told on another ticket.
    Aside,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// What was owed happened.
    Done,
    /// Somebody said that it will not happen.
    NotDone,
    /// It is no longer owed.
    Dropped,
}

text_form!(CountFrom { CountFrom::Start => "start", CountFrom::Now => "now" });
text_form!(Standing {
    Standing::Open => "open",
    Standing::WithClient => "with-client",
    Standing::WithThirdParty => "with-third-party",
    Standing::Parked => "parked",
    Standing::Resolved => "resolved",
    Standing::Closed => "closed",
    Standing::Aside => "aside",
});
text_form!(How { How::Done => "done", How::NotDone => "not-done", How::Dropped => "dropped" });

impl Standing {
    /// Whether work is still owed by somebody.
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Standing::Open | Standing::WithClient | Standing::WithThirdParty | Standing::Parked
        )
    }
}
