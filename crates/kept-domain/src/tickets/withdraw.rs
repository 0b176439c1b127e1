//! Taking back what was written a moment ago: the ticket stands as if it had never been said, and the history says both.

use super::undone::without_undone;
use super::{Refused, Ticket};
use crate::event::{Event, Recorded, Reopening};
use crate::ids::MessageId;
use crate::waits::Wait;

/// What follows when the desk's own `message` is taken back, given the whole history of its ticket, oldest first.
///
/// # Errors
/// When the message is none of this history's, or was taken back before.
pub fn withdraw(history: &[Recorded], message: MessageId) -> Result<Event, Refused> {
    let said = history.iter().any(|line| says(&line.event, message));
    let gone = taken_back(history);
    let first = history.first().ok_or(Refused::NothingToTakeBack)?;
    if !said || gone.contains(&message) {
        return Err(Refused::NothingToTakeBack);
    }
    let unsaid: Vec<MessageId> = gone.into_iter().chain([message]).collect();
    let left = leave_out(history, &unsaid);
    let without = Ticket::from_history(first.ticket, &without_undone(&left));
    let without = without.map_err(|_| Refused::NothingToTakeBack)?;
    Ok(Event::Withdrawn {
        message,
        status: without.status,
        turn: without.base_turn,
        resolved_at: without.resolved_at,
        closed_at: without.closed_at,
        wait: without.wait,
        delegation: without.delegation,
    })
}

/// The third party that a reply of this history said it waits for.
pub fn wait_of(history: &[Recorded], message: MessageId) -> Option<Wait> {
    let place = history.iter().position(|line| says(&line.event, message))?;
    let (said, next) = (&history[place], history.get(place + 1)?);
    match &next.event {
        Event::WaitBegan { wait } if next.at == said.at && next.by == said.by => Some(wait.clone()),
        _ => None,
    }
}

fn says(event: &Event, wanted: MessageId) -> bool {
    matches!(event, Event::Replied { message, .. } | Event::Noted { message }
        | Event::Forwarded { message, .. } if *message == wanted)
}

pub(crate) fn taken_back(history: &[Recorded]) -> Vec<MessageId> {
    let gone = history.iter().filter_map(|line| match line.event {
        Event::Withdrawn { message, .. } => Some(message),
        _ => None,
    });
    gone.collect()
}

/// The history without these messages, all that was recorded with them, and their taking back.
pub(crate) fn leave_out(history: &[Recorded], unsaid: &[MessageId]) -> Vec<Recorded> {
    let is_unsaid = |line: &Recorded| unsaid.iter().any(|message| says(&line.event, *message));
    let of_one_act = |a: &Recorded, b: &Recorded| a.at == b.at && a.by == b.by;
    let kept = history.iter().enumerate().filter(|(at, line)| {
        let before = at.checked_sub(1).and_then(|at| history.get(at));
        let after = history.get(at + 1);
        let beside = |other: Option<&Recorded>| {
            other.is_some_and(|other| is_unsaid(other) && of_one_act(other, line))
        };
        match line.event {
            Event::Withdrawn { .. } => false,
            Event::Resolved | Event::WaitBegan { .. } => !beside(before),
            Event::Reopened {
                why: Reopening::DeskWrote,
            } => !beside(after),
            // A word given, kept or changed in what was not said.
            Event::Promised {
                message: Some(message),
                ..
            }
            | Event::DutyAsked {
                message: Some(message),
                ..
            }
            | Event::PromiseKept {
                message: Some(message),
                ..
            }
            | Event::PromiseMoved { message, .. } => !unsaid.contains(&message),
            _ => !is_unsaid(line),
        }
    });
    kept.map(|(_, line)| line.clone()).collect()
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::*;
    use crate::event::Actor;
    use crate::ids::{EventId, PersonId, TicketId};
    use crate::tickets::{
        AndThen, Offer, Status, close, delegate, reply, reply_and_wait, resolve, samples,
    };
    use crate::turn::Turn;

    struct Desk {
        ticket: Ticket,
        history: Vec<Recorded>,
        now: Timestamp,
    }

    impl Desk {
        fn new() -> Self {
            let now: Timestamp = "2026-11-23T09:00:00Z".parse().expect("time");
            let opened = samples::opened();
            let ticket = Ticket::opened(TicketId(1), now, &opened).expect("opened");
            let mut desk = Self {
                ticket,
                history: vec![],
                now,
            };
            desk.write_down(opened);
            desk
        }

        fn write_down(&mut self, event: Event) {
            self.history.push(Recorded {
                id: EventId(self.history.len() as i64),
                ticket: TicketId(1),
                at: self.now,
                by: Actor::Person(PersonId(1)),
                event,
            });
        }

        fn act(&mut self, events: Vec<Event>) {
            self.now += SignedDuration::from_secs(1);
            for event in events {
                self.ticket.apply(self.now, &event);
                self.write_down(event);
            }
        }

        fn reply(&mut self, message: i64, then: AndThen) {
            let events = reply(&self.ticket, MessageId(message), then).expect("allowed");
            self.act(events);
        }

        fn take_back(&mut self, message: i64) {
            let event = withdraw(&self.history, MessageId(message)).expect("allowed");
            self.act(vec![event]);
        }

        fn stands(&self) -> (Status, Turn, Option<Timestamp>, Option<Timestamp>) {
            let it = &self.ticket;
            assert_eq!(
                Ticket::from_history(it.id, &self.history).as_ref(),
                Ok(it),
                "the history tells the same"
            );
            (it.status, it.base_turn, it.resolved_at, it.closed_at)
        }
    }

    #[test]
    fn a_ticket_stands_as_if_nothing_had_been_said() {
        for then in [AndThen::Ask, AndThen::Update, AndThen::Resolve] {
            for ended in ["open", "resolved", "closed"] {
                let mut desk = Desk::new();
                match ended {
                    "resolved" => desk.act(resolve(&desk.ticket.clone()).expect("allowed")),
                    "closed" => desk.act(close(&desk.ticket.clone()).expect("allowed")),
                    _ => {}
                }
                let before = desk.stands();
                desk.reply(7, then);
                desk.take_back(7);
                assert_eq!(desk.stands(), before, "{then:?} on an {ended} ticket");
            }
        }
    }

    #[test]
    fn two_are_taken_back_in_any_order() {
        for order in [[1, 2], [2, 1]] {
            let mut desk = Desk::new();
            let before = desk.stands();
            desk.reply(1, AndThen::Ask);
            desk.reply(2, AndThen::Resolve);
            order
                .into_iter()
                .for_each(|message| desk.take_back(message));
            assert_eq!(desk.stands(), before, "{order:?}");
        }
    }

    #[test]
    fn a_wait_that_was_said_is_taken_back_with_it() {
        let mut desk = Desk::new();
        let before = desk.ticket.clone();
        let wait = Wait {
            party: "Contoso".into(),
            what: "a power supply".into(),
            tracking: None,
            next: desk.now + SignedDuration::from_hours(48),
        };
        let events = reply_and_wait(&desk.ticket.clone(), MessageId(7), wait.clone());
        desk.act(events.expect("allowed"));
        assert_eq!(desk.ticket.wait, Some(wait.clone()));
        assert_eq!(wait_of(&desk.history, MessageId(7)), Some(wait));
        desk.take_back(7);
        let after = (&desk.ticket.wait, desk.ticket.status, desk.ticket.base_turn);
        assert_eq!(after, (&before.wait, before.status, before.base_turn));
    }

    #[test]
    fn an_offer_and_a_wait_that_an_end_ended_stand_again_when_it_is_taken_back() {
        let mut desk = Desk::new();
        let offer = Offer {
            to: PersonId(2),
            due: desk.now + SignedDuration::from_hours(4),
            note: None,
        };
        let offered = delegate(&desk.ticket.clone(), offer, desk.now);
        desk.act(offered.expect("allowed"));
        let before = desk.ticket.clone();
        desk.reply(7, AndThen::Resolve);
        assert_eq!(desk.ticket.delegation, None);
        desk.take_back(7);
        assert_eq!(desk.ticket.delegation, before.delegation);
    }

    #[test]
    fn what_was_never_said_or_is_gone_cannot_be_taken_back() {
        let mut desk = Desk::new();
        let nothing = Err(Refused::NothingToTakeBack);
        assert_eq!(withdraw(&desk.history, MessageId(7)), nothing);
        desk.reply(7, AndThen::Ask);
        desk.take_back(7);
        assert_eq!(withdraw(&desk.history, MessageId(7)), nothing);
        assert_eq!(withdraw(&[], MessageId(7)), nothing);
    }
}
