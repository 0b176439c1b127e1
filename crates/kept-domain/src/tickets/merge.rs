//! Merging: one ticket's conversation is told on another from now on. Nothing is moved, so it can be undone exactly.

use super::{Refused, Ticket};
use crate::event::Event;

/// Events for the ticket that goes and for the one it goes into, in this order.
pub type BothSides = (Vec<Event>, Vec<Event>);

/// # Errors
/// When either is set aside, or both are the same.
pub fn merge(source: &Ticket, target: &Ticket) -> Result<BothSides, Refused> {
    if source.id == target.id {
        return Err(Refused::MergeIntoItself);
    }
    source.must_be_in_sight()?;
    target.must_be_in_sight()?;
    Ok((
        vec![Event::MergedInto { ticket: target.id }],
        vec![Event::Absorbed { ticket: source.id }],
    ))
}

/// # Errors
/// When `source` is not merged.
pub fn undo_merge(source: &Ticket) -> Result<BothSides, Refused> {
    let target = source.merged_into.ok_or(Refused::NotMerged(source.id))?;
    Ok((
        vec![Event::MergeUndone { ticket: target }],
        vec![Event::Released { ticket: source.id }],
    ))
}
