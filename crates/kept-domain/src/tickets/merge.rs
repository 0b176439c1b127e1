//! Merging: one ticket's conversation is told on another from now on. Nothing is moved, so it can be undone exactly.
//!
//! What waited for somebody waits for them still. The ticket it went into has the desk's turn when either had; what waited for
//! a third party wakes it as well, even when it had ended; and what the client was asked wakes it when it was parked.

use super::moves::standing_after;
use super::undone::without_undone;
use super::{Refused, Status, Ticket};
use crate::event::{Event, Recorded};
use crate::ids::TicketId;

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
        vec![Event::Absorbed {
            ticket: source.id,
            turn: goes_on(source).then(|| source.turn()),
            wait: source.open_wait().cloned(),
        }],
    ))
}

/// Somebody still has to do something on it, and has not fallen silent.
fn goes_on(ticket: &Ticket) -> bool {
    ticket.is_open() && ticket.status != Status::Parked
}

/// Takes a merge back. `history` is the whole one of the ticket `source` went into, oldest first: it stands as if `source`
/// had never been told there.
///
/// # Errors
/// When `source` is not merged.
pub fn undo_merge(source: &Ticket, history: &[Recorded]) -> Result<BothSides, Refused> {
    let target = source.merged_into.ok_or(Refused::NotMerged(source.id))?;
    let moved = history.iter().rev().find_map(|line| match &line.event {
        Event::Absorbed { ticket, turn, wait } if *ticket == source.id => {
            Some(turn.is_some() || wait.is_some())
        }
        _ => None,
    });
    let left = match moved {
        Some(true) => standing_after(target, &without_merge(history, source.id)),
        _ => None,
    };
    Ok((
        vec![Event::MergeUndone { ticket: target }],
        vec![Event::Released {
            ticket: source.id,
            left,
        }],
    ))
}

/// A history without the merge of `source` that still stands, and without those that were taken back.
fn without_merge(history: &[Recorded], source: TicketId) -> Vec<Recorded> {
    let is =
        |line: &Recorded| matches!(line.event, Event::Absorbed { ticket, .. } if ticket == source);
    let mut left = without_undone(history).into_owned();
    left.retain(|line| !is(line));
    left
}

/// The places of merges that were taken back, and of their taking back.
pub(super) fn undone(history: &[Recorded]) -> Vec<usize> {
    let mut told: Vec<(TicketId, usize)> = Vec::new();
    let mut undone = Vec::new();
    for (place, line) in history.iter().enumerate() {
        match line.event {
            Event::Absorbed { ticket, .. } => told.push((ticket, place)),
            Event::Released { ticket, .. } => {
                let of = told.iter().rposition(|(id, _)| *id == ticket);
                undone.extend(of.map(|of| told.remove(of).1));
                undone.push(place);
            }
            _ => {}
        }
    }
    undone
}

#[cfg(test)]
mod tests;
