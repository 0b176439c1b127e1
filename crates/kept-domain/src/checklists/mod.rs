//! The checklist of a ticket: steps in an order, some of them with a person and a day, ticked with what shows that they are done.

mod edit;
mod record;

pub use edit::{
    BadStep, LONGEST_EVIDENCE, LONGEST_STEP, MOST_STEPS, NewStep, add, change, remove, restore,
    shift, tick, untick, wording,
};
pub use record::{concerns, open, steps};

use jiff::Timestamp;

use crate::ids::PersonId;

/// One step. Its number is the ticket's own and is never given out twice there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub number: u32,
    pub what: String,
    /// Whose task it is.
    pub person: Option<PersonId>,
    pub due: Option<Timestamp>,
    pub done: Option<Done>,
}

/// That a step is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// `None` when a program ticked it.
    pub by: Option<PersonId>,
    pub at: Timestamp,
    /// What shows it: a word, a link, the name of a file.
    pub evidence: Option<String>,
}

#[cfg(test)]
mod tests;
