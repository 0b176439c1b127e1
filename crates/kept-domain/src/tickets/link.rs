//! Tickets that came out of others: how they hang together, seen from either side.

use serde::{Deserialize, Serialize};

use crate::messages::text_form;

/// What the younger of two tickets is to the older one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Link {
    /// A mail to a ticket that had been closed too long to reopen it.
    Follows,
    /// A mail of its thread, forwarded about something else.
    Forwards,
    /// A person made some of its messages a ticket of their own.
    SplitFrom,
}

text_form!(Link {
    Link::Follows => "follows",
    Link::Forwards => "forwards",
    Link::SplitFrom => "split-from",
});

impl Link {
    /// What the older ticket is called on the page of the younger.
    pub fn of_older(self) -> &'static str {
        match self {
            Link::Follows => "Follows",
            Link::Forwards => "Forwarded from",
            Link::SplitFrom => "Split out of",
        }
    }

    /// What the younger ticket is called on the page of the older.
    pub fn of_younger(self) -> &'static str {
        match self {
            Link::Follows => "Goes on in",
            Link::Forwards => "Forwarded as",
            Link::SplitFrom => "Split into",
        }
    }
}
