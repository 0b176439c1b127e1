//! Who still waits for a ticket, by its history: an end lets everybody go, and taking it back puts off again whom it let go.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Until, woken_by};
use crate::event::{Actor, Event, Recorded};
use crate::ids::PersonId;

/// Somebody who put a ticket off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asleep {
    pub person: PersonId,
    pub until: Until,
    pub since: Timestamp,
}

/// Those for whom it is put off after all of this, oldest first. Whose time came, or for whom something happened, while the ticket
/// had ended is not put off again.
pub fn asleep(history: &[Recorded]) -> Vec<Asleep> {
    let mut now: Vec<Asleep> = vec![];
    let mut let_go: BTreeMap<Timestamp, (usize, Vec<Asleep>)> = BTreeMap::new();
    for (place, line) in history.iter().enumerate() {
        match (&line.event, line.by) {
            (Event::Snoozed { until }, Actor::Person(person)) => {
                now.retain(|it| it.person != person);
                now.push(Asleep {
                    person,
                    until: *until,
                    since: line.at,
                });
            }
            (Event::Woken { person, .. }, _) => now.retain(|it| it.person != *person),
            (Event::EndingTakenBack { ended_at, .. }, _) => {
                let (end, before) = let_go.remove(ended_at).unwrap_or_default();
                let since = history.get(end..place).unwrap_or_default();
                let stays = |it: &Asleep| is_still(it, since, *ended_at, line.at);
                now = before.into_iter().filter(stays).collect();
            }
            (event, _) if lets_go(event) && !now.is_empty() => {
                let_go.insert(line.at, (place, std::mem::take(&mut now)));
            }
            _ => {}
        }
    }
    now
}

/// Whether it would have slept through all of this, had the ticket not ended.
fn is_still(it: &Asleep, since: &[Recorded], ended_at: Timestamp, now: Timestamp) -> bool {
    let is_over = matches!(it.until, Until::Time(at) if at <= now);
    let mut others = since.iter().filter(|line| line.at != ended_at);
    !is_over && !others.any(|line| woken_by(it.until, it.person, line.by, &line.event).is_some())
}

fn lets_go(event: &Event) -> bool {
    matches!(
        event,
        Event::Resolved
            | Event::Closed
            | Event::Confirmed
            | Event::ClosedUnanswered
            | Event::MarkedSpam
            | Event::MergedInto { .. }
    )
}
