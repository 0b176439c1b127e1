//! What brings a ticket back: the time, what becomes due, or what happens on it.

use jiff::{SignedDuration, Timestamp};

use super::{Until, Why};
use crate::event::{Actor, Event};
use crate::ids::PersonId;

/// It is back this long before something is due, or halfway there when less than twice that is left.
const AHEAD: SignedDuration = SignedDuration::from_hours(1);

/// When it comes back by itself, and why. `due` is what the desk owes next on it and has not missed;
/// `since` is when it was put off. `None` while only something that happens can bring it back.
pub fn wakes_at(
    until: Until,
    due: Option<Timestamp>,
    since: Timestamp,
) -> Option<(Timestamp, Why)> {
    let chosen = match until {
        Until::Time(at) => Some((at, Why::TimeCame)),
        Until::ClientWrites | Until::AnythingHappens => None,
    };
    let owed = due.map(|due| {
        let left = due.duration_since(since).max(SignedDuration::ZERO);
        (due - (left / 2).min(AHEAD), Why::DueSoon)
    });
    chosen.into_iter().chain(owed).min_by_key(|(at, _)| *at)
}

/// Whether this, done by `by`, brings it back for `person`, and why.
pub fn woken_by(until: Until, person: PersonId, by: Actor, event: &Event) -> Option<Why> {
    match event {
        Event::Assigned { to, .. } | Event::Delegated { to, .. }
            if *to == person && by != Actor::Person(person) =>
        {
            Some(Why::GivenToThem)
        }
        _ if is_clients_word(event) => Some(Why::ClientWrote),
        told if told.says_unheard() => Some(Why::NobodyHeard),
        _ if until != Until::AnythingHappens => None,
        _ if by == Actor::Person(person) || is_housekeeping(event) => None,
        _ => Some(Why::SomethingHappened),
    }
}

/// A person of the other side said something, by mail or about a call.
fn is_clients_word(event: &Event) -> bool {
    matches!(
        event,
        Event::MessageReceived {
            automatic: false,
            thanks: false,
            ..
        } | Event::CallCorrected { .. }
    )
}

/// What the program does by itself, to people or beside the matter.
fn is_housekeeping(event: &Event) -> bool {
    matches!(
        event,
        Event::Acknowledged { .. }
            | Event::Notified { .. }
            | Event::HookCalled { .. }
            | Event::RuleHeldBack { .. }
            | Event::StayedSilent { .. }
            | Event::Warned { .. }
            | Event::Reminded { .. }
            | Event::Watched { .. }
            | Event::Unwatched { .. }
            | Event::Snoozed { .. }
            | Event::Woken { .. }
    )
}
