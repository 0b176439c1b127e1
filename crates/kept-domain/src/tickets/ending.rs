//! Taking an end back: the ticket stands as if it had not ended, with all that ended with it.
//!
//! What was written between the end and its taking back counts as if it had been written on an open ticket.

use jiff::Timestamp;

use super::moves::standing_after;
use super::undone::{leave, without_undone};
use super::withdraw::{leave_out, taken_back};
use super::{Refused, Standing, Ticket};
use crate::event::{Actor, Event, Recorded};
use crate::ids::MessageId;

/// Takes the last end of a ticket back, given its whole history, oldest first. Only who ended it can; `at` is when they did, where
/// that is known.
///
/// # Errors
/// When the ticket is set aside, was opened again since, or somebody else ended it.
pub fn take_end_back(
    ticket: &Ticket,
    history: &[Recorded],
    by: Actor,
    at: Option<Timestamp>,
) -> Result<Vec<Event>, Refused> {
    ticket.must_be_in_sight()?;
    if ticket.status.is_open() {
        return Err(Refused::OpenAgain(ticket.id));
    }
    let said = leave_out(history, &taken_back(history));
    let counts = without_undone(&said);
    let end = end_before(&counts, None, &[]);
    let last = end.last().and_then(|place| counts.get(*place));
    let last = last.ok_or(Refused::NothingKnown(ticket.id))?;
    if last.by != by || at.is_some_and(|at| at != last.at) {
        return Err(Refused::EndedByOthers(ticket.id));
    }
    let left = match moves_since(history, last) {
        true => standing_after(ticket.id, &leave(&counts, &end)),
        false => stood(ticket, history, last),
    };
    let left = left.ok_or(Refused::NothingKnown(ticket.id))?;
    let ended_at = last.at;
    Ok(vec![Event::EndingTakenBack { ended_at, left }])
}

/// Whether what a ticket was last ended with is this reply of the desk's.
pub fn ended_with(history: &[Recorded], message: MessageId) -> bool {
    let said = leave_out(history, &taken_back(history));
    let counts = without_undone(&said);
    let end = end_before(&counts, None, &[]);
    let before = end.first().and_then(|first| first.checked_sub(1));
    let (Some(reply), Some(first)) = (before, end.first()) else {
        return false;
    };
    of_one_act(&counts[reply], &counts[*first])
        && matches!(counts[reply].event, Event::Replied { message: it, .. } if it == message)
}

/// The places of ends that were taken back, and of their taking back.
pub(super) fn undone(history: &[Recorded]) -> Vec<usize> {
    let mut undone = Vec::new();
    for (place, line) in history.iter().enumerate() {
        if let Event::EndingTakenBack { ended_at, .. } = line.event {
            let end = end_before(&history[..place], Some(ended_at), &undone);
            undone.extend(end);
            undone.push(place);
        }
    }
    undone
}

/// The lines of the act that last ended a ticket, or that did so `at` that time.
fn end_before(lines: &[Recorded], at: Option<Timestamp>, gone: &[usize]) -> Vec<usize> {
    let ends = |place: &usize| is_end(&lines[*place].event) && !gone.contains(place);
    let is_it = |place: &usize| at.is_none_or(|at| lines[*place].at == at);
    let last = (0..lines.len()).rev().find(|it| ends(it) && is_it(it));
    let Some(last) = last else { return vec![] };
    let act = (0..=last)
        .rev()
        .take_while(|place| ends(place) && of_one_act(&lines[*place], &lines[last]));
    let mut act: Vec<usize> = act.collect();
    act.reverse();
    act
}

fn is_end(event: &Event) -> bool {
    matches!(
        event,
        Event::Resolved | Event::Closed | Event::Confirmed | Event::ClosedUnanswered
    )
}

pub(super) fn of_one_act(one: &Recorded, other: &Recorded) -> bool {
    one.at == other.at && one.by == other.by
}

/// Whether words or whole tickets came or went since: then how it stands is worked out from all that is left.
fn moves_since(history: &[Recorded], end: &Recorded) -> bool {
    let since = history.iter().rev().take_while(|line| line.id != end.id);
    let mut since = since.map(|line| &line.event);
    since.any(|event| {
        matches!(
            event,
            Event::Withdrawn { .. }
                | Event::MovedOut { .. }
                | Event::MovedBack { .. }
                | Event::Absorbed { .. }
                | Event::Released { .. }
                | Event::Reopened { .. }
        )
    })
}

/// As it stood before the end, to the instant, and what happened since.
fn stood(ticket: &Ticket, history: &[Recorded], end: &Recorded) -> Option<Standing> {
    let last = history.iter().position(|line| line.id == end.id)?;
    let end = end_before(history.get(..=last)?, None, &[]);
    let without = Ticket::from_history(ticket.id, &leave(history, &end)).ok()?;
    Some(Standing::of(&without))
}

#[cfg(test)]
mod tests;
