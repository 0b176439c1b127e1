//! Merging: one ticket's conversation is told on another from now on. Nothing is moved, so it can be undone exactly.
//!
//! What waited for the desk waits for it still: the ticket it went into has the desk's turn then, even when it was with the
//! client, parked or had ended.

use std::borrow::Cow;

use super::moves::standing_after;
use super::{Refused, Ticket};
use crate::event::{Event, Recorded};
use crate::ids::TicketId;
use crate::turn::Turn;

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
            waits_for_desk: source.is_open() && source.turn() == Turn::Desk,
        }],
    ))
}

/// Takes a merge back. `history` is the whole one of the ticket `source` went into, oldest first: it stands as if `source`
/// had never been told there.
///
/// # Errors
/// When `source` is not merged.
pub fn undo_merge(source: &Ticket, history: &[Recorded]) -> Result<BothSides, Refused> {
    let target = source.merged_into.ok_or(Refused::NotMerged(source.id))?;
    let moved = history.iter().rev().find_map(|line| match line.event {
        Event::Absorbed {
            ticket,
            waits_for_desk,
        } if ticket == source.id => Some(waits_for_desk),
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

/// A history without the merges that were taken back: what was told here for a while moved no turn.
pub(crate) fn without_undone(history: &[Recorded]) -> Cow<'_, [Recorded]> {
    let undone = undone(history);
    if undone.is_empty() {
        return Cow::Borrowed(history);
    }
    let kept = history.iter().enumerate();
    let kept = kept.filter(|(place, _)| !undone.contains(place));
    Cow::Owned(kept.map(|(_, line)| line.clone()).collect())
}

/// The places of merges that were taken back, and of their taking back.
fn undone(history: &[Recorded]) -> Vec<usize> {
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
