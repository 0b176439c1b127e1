//! What would become of a line, and what became of it.

use crate::messages::text_form;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Nobody looked at it yet.
    Waiting,
    /// It would make a new card.
    Make,
    /// It would change one.
    Change,
    /// It says nothing new.
    Same,
    /// It can't be taken.
    Refused,
    Made,
    Changed,
}

text_form!(Outcome {
    Outcome::Waiting => "waiting",
    Outcome::Make => "make",
    Outcome::Change => "change",
    Outcome::Same => "same",
    Outcome::Refused => "refused",
    Outcome::Made => "made",
    Outcome::Changed => "changed",
});
