//! An agent says what became of a duty: the client did it, or did not and why.

use super::State;
use crate::event::Event;
use crate::ids::DutyRunId;

/// Characters of a reason.
pub const LONGEST_WHY: usize = 500;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotEnd {
    #[error("This duty is over already")]
    Over,
    #[error("Write why it was not done, so that both sides can read it later")]
    NoReason,
    #[error("Write a reason of at most {LONGEST_WHY} letters")]
    TooLong,
}

/// # Errors
/// When it is over.
pub fn done(run: DutyRunId, state: State) -> Result<Event, CannotEnd> {
    match state.is_open() {
        true => Ok(Event::DutyDone { run }),
        false => Err(CannotEnd::Over),
    }
}

/// # Errors
/// When it is over, or no reason of some length is given.
pub fn not_done(run: DutyRunId, state: State, why: &str) -> Result<Event, CannotEnd> {
    let why = why.split_whitespace().collect::<Vec<_>>().join(" ");
    if !state.is_open() {
        return Err(CannotEnd::Over);
    }
    match why.chars().count() {
        0 => Err(CannotEnd::NoReason),
        1..=LONGEST_WHY => Ok(Event::DutyNotDone { run, why }),
        _ => Err(CannotEnd::TooLong),
    }
}
