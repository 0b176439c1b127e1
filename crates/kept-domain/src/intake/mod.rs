//! What becomes of a mail that came in. An ordered list of small steps over facts, one file each.
//!
//! The shell looks the facts up and does what the decision says; nothing here reads mail or a database.

pub mod authentic;
pub mod budget;
mod facts;
mod meant;
mod reason;
mod side;
mod speaker;
mod steps {
    pub mod acknowledge;
    pub mod apart;
    pub mod bounce;
    pub mod duplicate;
    pub mod loops;
    pub mod queue;
    pub mod sender;
    pub mod speaker;
    pub mod thread;
    pub mod unattended;
}

pub use facts::{
    Candidate, Facts, FoundBy, KnownTicket, MailKind, Reported, Seen, Sender, Tagged, Threads,
};
pub use meant::{Meant, is_meant, may_be_replayed};
pub use reason::{HeaderName, Reason, Silence, Unsorted, Why};
pub use side::{Side, same_side};
pub use speaker::{FormSigns, Forward, Speaker, Writer, is_form, speaker};
pub use steps::acknowledge::may as may_tell_sender;
pub use steps::speaker::speaks_for_desk;

use crate::ids::{MessageId, QueueId, TicketId};

/// What to do with a mail, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// We have it already: count the delivery, change nothing.
    Duplicate { of: Seen },
    /// A person must look at it.
    Unsorted(Unsorted),
    /// It belongs to a ticket we have.
    Join {
        ticket: TicketId,
        reason: Reason,
        automatic: bool,
    },
    /// It begins a ticket.
    Open {
        queue: QueueId,
        speaker: Speaker,
        reason: Reason,
        automatic: bool,
        acknowledge: Result<(), Silence>,
    },
}

/// Decides; the first step that knows an answer gives it.
pub fn decide(facts: &Facts) -> Decision {
    steps::duplicate::decide(facts)
        .or_else(|| steps::bounce::decide(facts))
        .or_else(|| steps::loops::decide(facts))
        .or_else(|| steps::thread::join(facts))
        .or_else(|| steps::sender::decide(facts))
        .or_else(|| steps::unattended::decide(facts))
        .unwrap_or_else(|| open(facts))
}

fn open(facts: &Facts) -> Decision {
    Decision::Open {
        queue: steps::queue::choose(facts),
        speaker: speaker(facts),
        reason: steps::thread::why_new(facts),
        automatic: facts.kind.by_program(),
        acknowledge: steps::acknowledge::may(facts),
    }
}

/// Where a mail we have already is to be found.
impl Seen {
    pub fn message(&self) -> Option<MessageId> {
        match self {
            Seen::Message { message, .. } => Some(*message),
            Seen::Unsorted(_) => None,
        }
    }
}

#[cfg(test)]
mod speaker_tests;
#[cfg(test)]
mod tests;
