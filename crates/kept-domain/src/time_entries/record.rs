//! The time entries as the history of a ticket leaves them.

use super::{Details, Spent, TimeEntry};
use crate::event::{Event, Recorded};
use crate::ids::MessageId;

/// Whether an event may change a time entry.
pub fn concerns(event: &Event) -> bool {
    matches!(
        event,
        Event::TimeLogged { .. }
            | Event::TimeChanged { .. }
            | Event::TimeRemoved { .. }
            | Event::TimeRestored { .. }
            | Event::Withdrawn { .. }
    )
}

/// Every entry that was ever made, in the order of their numbers. What came with a message that was taken back went with it.
pub fn entries(history: &[Recorded]) -> Vec<TimeEntry> {
    let mut entries = Vec::new();
    for line in history {
        apply(&mut entries, line);
    }
    entries
}

fn apply(entries: &mut Vec<TimeEntry>, line: &Recorded) {
    match &line.event {
        Event::TimeLogged {
            entry,
            person,
            message,
            details,
        } => entries.push(TimeEntry {
            number: *entry,
            person: *person,
            message: *message,
            details: details.clone(),
            logged_at: line.at,
            removed_at: None,
        }),
        Event::TimeChanged { entry, to, .. } => {
            of(entries, *entry).for_each(|known| known.details.clone_from(to));
        }
        Event::TimeRemoved { entry, .. } => {
            of(entries, *entry).for_each(|known| known.removed_at = Some(line.at));
        }
        Event::TimeRestored { entry, .. } => {
            of(entries, *entry).for_each(|known| known.removed_at = None);
        }
        Event::Withdrawn { message, .. } => {
            let with_it = entries.iter_mut().filter(|it| it.message == Some(*message));
            for entry in with_it.filter(|it| it.removed_at.is_none()) {
                entry.removed_at = Some(line.at);
            }
        }
        _ => {}
    }
}

fn of(entries: &mut [TimeEntry], number: u32) -> impl Iterator<Item = &mut TimeEntry> {
    entries.iter_mut().filter(move |it| it.number == number)
}

/// How an entry was before it was changed last.
pub fn last_change(history: &[Recorded], number: u32) -> Option<&Details> {
    history.iter().rev().find_map(|line| match &line.event {
        Event::TimeChanged { entry, from, .. } if *entry == number => Some(from),
        _ => None,
    })
}

/// The time that was logged with a message, taken back or not.
pub fn spent_with(history: &[Recorded], message: MessageId) -> Option<Spent> {
    let entries = entries(history);
    let with_it = entries.iter().find(|it| it.message == Some(message));
    with_it.map(|it| it.details.spent)
}
