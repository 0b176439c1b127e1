//! Where lists look for a ticket.

use kept_domain::tickets::{Aside, Status, Ticket};

/// The part of the inbox a ticket is found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shelf {
    Open,
    Parked,
    Resolved,
    Closed,
    Spam,
    Merged,
}

impl Shelf {
    pub fn of(ticket: &Ticket) -> Shelf {
        match (ticket.aside(), ticket.status) {
            (Some(Aside::Spam), _) => Shelf::Spam,
            (Some(Aside::Merged), _) => Shelf::Merged,
            (None, Status::New | Status::Open | Status::Waiting) => Shelf::Open,
            (None, Status::Parked) => Shelf::Parked,
            (None, Status::Resolved) => Shelf::Resolved,
            (None, Status::Closed) => Shelf::Closed,
        }
    }

    /// Whether somebody still has to do with it, now or once it wakes.
    pub fn goes_on(self) -> bool {
        matches!(self, Shelf::Open | Shelf::Parked)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Shelf::Open => "open",
            Shelf::Parked => "parked",
            Shelf::Resolved => "resolved",
            Shelf::Closed => "closed",
            Shelf::Spam => "spam",
            Shelf::Merged => "merged",
        }
    }

    pub fn from_text(text: &str) -> Option<Shelf> {
        use Shelf::*;
        [Open, Parked, Resolved, Closed, Spam, Merged]
            .into_iter()
            .find(|s| s.as_str() == text)
    }
}
