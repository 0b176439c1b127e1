//! One act on many tickets: what it does to each, as if it were done singly, and what takes it back.

mod put_back;

pub use put_back::put_back;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::event::Event;
use crate::ids::{PersonId, QueueId};
use crate::messages::text_form;
use crate::tickets::{self as rules, Priority, Refused, Status, Tag, Ticket};
use crate::turn::Turn;
use crate::waits::Wait;

/// What is done to each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum BulkAct {
    /// Somebody becomes responsible at once.
    Assign {
        to: PersonId,
    },
    /// Somebody is asked to take it.
    Offer {
        to: PersonId,
    },
    Queue {
        to: QueueId,
    },
    Priority {
        to: Priority,
    },
    Tag {
        tag: Tag,
    },
    Untag {
        tag: Tag,
    },
    Resolve,
    Close,
    Reopen,
    Spam,
}

/// How a ticket stood, as far as it must be known to put it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    pub status: Status,
    pub turn: Turn,
    pub responsible: PersonId,
    pub queue: QueueId,
    pub priority: Priority,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<Wait>,
    /// When the act was done to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<Timestamp>,
}

impl Before {
    pub fn of(ticket: &Ticket, done_at: Timestamp) -> Self {
        Before {
            status: ticket.status,
            turn: ticket.base_turn,
            responsible: ticket.responsible,
            queue: ticket.queue,
            priority: ticket.priority,
            wait: ticket.wait.clone(),
            done_at: Some(done_at),
        }
    }
}

/// What became of one ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    Waiting,
    Done,
    /// It was so already.
    Same,
    Refused,
    /// Put back as it was.
    Undone,
    /// Somebody changed it since, so it stays.
    Stayed,
}

text_form!(Outcome {
    Outcome::Waiting => "waiting",
    Outcome::Done => "done",
    Outcome::Same => "same",
    Outcome::Refused => "refused",
    Outcome::Undone => "undone",
    Outcome::Stayed => "stayed",
});

/// What the act makes happen to a ticket; nothing where it is so already. An offer needs a time that the shell knows,
/// and here only says whether it may be.
///
/// # Errors
/// When it can't be done to this ticket.
pub fn decide(act: &BulkAct, ticket: &Ticket) -> Result<Vec<Event>, Refused> {
    match act {
        BulkAct::Assign { to } => rules::assign(ticket, *to),
        BulkAct::Offer { to } => {
            ticket.must_be_open()?;
            let holds = ticket.responsible == *to;
            let asked = ticket.delegation.is_some_and(|it| it.to == *to);
            // Stands for the offer that follows; it is never recorded.
            Ok(match holds || asked {
                true => vec![],
                false => rules::assign(ticket, *to)?,
            })
        }
        BulkAct::Queue { to } => rules::change_queue(ticket, *to),
        BulkAct::Priority { to } => rules::change_priority(ticket, *to),
        BulkAct::Tag { tag } => rules::tag(ticket, tag),
        BulkAct::Untag { tag } => rules::untag(ticket, tag),
        BulkAct::Resolve => rules::resolve(ticket),
        BulkAct::Close => rules::close(ticket),
        BulkAct::Reopen => rules::reopen(ticket),
        BulkAct::Spam => rules::mark_spam(ticket),
    }
}

/// Why it can't be done, said of several tickets at once: `they have ended already`.
pub fn reason(refused: &Refused) -> String {
    match refused {
        Refused::AlreadyEnded(_) => "they have ended already".to_owned(),
        Refused::StillOpen(_) => "they are still open".to_owned(),
        Refused::IsSpam(_) => "they are marked as spam".to_owned(),
        Refused::Merged(..) => "they were merged into others".to_owned(),
        Refused::TooManyTags(..) => "they have too many tags".to_owned(),
        other => other.to_string(),
    }
}

/// Why it stays as it is when the act is taken back.
pub const CHANGED_SINCE: &str = "somebody changed them since";

#[cfg(test)]
mod tests;
