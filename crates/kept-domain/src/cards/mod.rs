//! What the desk knows of people, clients and things beside their names, and what changes of it, in the past tense.
//! Nothing here decides who may.

mod change;
mod details;

pub use change::{CardEvent, Field, changes, sentence};
pub(crate) use details::line;
pub use details::{BadDetail, LONGEST_LINE, LONGEST_NOTES, PersonDetails, notes_of};

use crate::ids::{AssetId, ClientId, PersonId};

/// Whose card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardOf {
    Person(PersonId),
    Client(ClientId),
    Asset(AssetId),
}

impl CardOf {
    pub fn kind(self) -> &'static str {
        match self {
            CardOf::Person(_) => "person",
            CardOf::Client(_) => "client",
            CardOf::Asset(_) => "asset",
        }
    }

    pub fn number(self) -> i64 {
        match self {
            CardOf::Person(id) => id.0,
            CardOf::Client(id) => id.0,
            CardOf::Asset(id) => id.0,
        }
    }
}
