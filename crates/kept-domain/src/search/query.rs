//! What a search asks for, after reading.

use jiff::civil::Date;

use super::Terms;
use crate::ids::TicketId;
use crate::tickets::{Kind, Priority, Status, Tag};
use crate::turn::Turn;

/// All of it must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Words that must appear, by their beginning.
    pub words: Vec<String>,
    /// Words that must appear side by side.
    pub phrases: Vec<String>,
    /// Words that must not appear.
    pub without: Vec<String>,
    pub conditions: Vec<Condition>,
}

/// One `field:value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    Number(TicketId),
    Status(Status),
    Is(Is),
    Turn(Turn),
    Priority(Priority),
    Kind(Kind),
    Tag(Tag),
    /// Part of the client's name.
    Client(String),
    /// Part of the requester's name or address.
    From(String),
    /// Part of the responsible agent's name or address, or `me`.
    Agent(String),
    /// Part of the queue's name.
    Queue(String),
    /// Opened on a day before this one, in the searcher's zone.
    Before(Date),
    /// Opened on this day or later.
    After(Date),
    Not(Box<Condition>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    Open,
    /// Resolved or closed.
    Ended,
    /// Open, and something on it is overdue.
    Late,
    Spam,
    Merged,
}

impl Query {
    /// Whether it asks for anything at all.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.phrases.is_empty() && self.conditions.is_empty()
    }

    /// Whether any of its conditions asks for tickets that are out of sight: a number, spam, merged.
    pub fn asks_for_hidden(&self) -> bool {
        let hidden = |condition: &Condition| {
            matches!(
                condition,
                Condition::Number(_) | Condition::Is(Is::Spam | Is::Merged)
            )
        };
        self.conditions.iter().any(hidden)
    }

    /// The words it looks for, as the full text takes them.
    pub fn terms(&self) -> Terms {
        Terms {
            words: self.words.clone(),
            phrases: self.phrases.clone(),
            without: self.without.clone(),
        }
    }

    /// Whether the words of messages decide anything.
    pub fn looks_at_words(&self) -> bool {
        self.has_text() || !self.without.is_empty()
    }

    /// Whether the full text must be asked.
    pub fn has_text(&self) -> bool {
        !self.words.is_empty() || !self.phrases.is_empty()
    }
}
