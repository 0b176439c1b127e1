//! Who may take an end back, and that nothing of it is left.

use jiff::SignedDuration;

use super::*;
use crate::ids::{EventId, PersonId, TicketId};
use crate::tickets::{
    AndThen, Offer, Status, begin_wait, close, confirm, delegate, reopen, reply, resolve, samples,
};
use crate::turn::Turn;
use crate::waits::Wait;

const NOOR: Actor = Actor::Person(PersonId(1));
const OMAR: Actor = Actor::Person(PersonId(2));

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
        let history = vec![];
        let mut desk = Self {
            ticket,
            history,
            now,
        };
        desk.record(NOOR, opened);
        desk
    }

    fn record(&mut self, by: Actor, event: Event) {
        self.history.push(Recorded {
            id: EventId(self.history.len() as i64),
            ticket: TicketId(1),
            at: self.now,
            by,
            event,
        });
    }

    fn act(&mut self, by: Actor, does: impl FnOnce(&Ticket) -> Result<Vec<Event>, Refused>) {
        self.now += SignedDuration::from_mins(1);
        for event in does(&self.ticket).expect("allowed") {
            self.ticket.apply(self.now, &event);
            self.record(by, event);
        }
    }

    fn takes_back(&self, by: Actor) -> Result<Vec<Event>, Refused> {
        take_end_back(&self.ticket, &self.history, by, None)
    }

    fn take_back(&mut self) {
        let events = self.takes_back(NOOR).expect("allowed");
        self.act(NOOR, |_| Ok(events));
        let told = Ticket::from_history(self.ticket.id, &self.history);
        assert_eq!(
            told.as_ref(),
            Ok(&self.ticket),
            "the history tells the same"
        );
    }

    /// But for when it was last touched.
    fn stands(&self) -> Ticket {
        let touched_at = self.ticket.opened_at;
        Ticket {
            touched_at,
            ..self.ticket.clone()
        }
    }
}

fn prepare(how: &str) -> Desk {
    let mut desk = Desk::new();
    let due = desk.now + SignedDuration::from_hours(4);
    let wait = Wait {
        party: "Contoso".into(),
        what: "a power supply".into(),
        tracking: None,
        next: due,
    };
    let offer = Offer {
        to: PersonId(2),
        due,
        note: None,
    };
    let now = desk.now;
    match how {
        "asked" => desk.act(NOOR, |it| reply(it, MessageId(1), AndThen::Ask)),
        "told" => desk.act(NOOR, |it| reply(it, MessageId(1), AndThen::Update)),
        "waiting" => desk.act(NOOR, |it| begin_wait(it, wait)),
        "offered" => desk.act(NOOR, |it| delegate(it, offer, now)),
        "waiting and offered" => {
            desk.act(NOOR, |it| begin_wait(it, wait));
            desk.act(NOOR, |it| delegate(it, offer, now));
        }
        "resolved" => desk.act(OMAR, resolve),
        "woken" => {
            desk.act(OMAR, close);
            desk.act(OMAR, reopen);
        }
        _ => {}
    }
    desk
}

const STATES: [&str; 8] = [
    "new",
    "asked",
    "told",
    "waiting",
    "offered",
    "waiting and offered",
    "resolved",
    "woken",
];

#[test]
fn a_ticket_stands_as_if_it_had_not_ended() {
    type Ends = fn(&Ticket) -> Result<Vec<Event>, Refused>;
    let ends: [(&str, Ends); 3] = [("resolve", resolve), ("close", close), ("confirm", confirm)];
    for state in STATES {
        for (name, end) in ends {
            let mut desk = prepare(state);
            if end(&desk.ticket).is_err() {
                continue;
            }
            for _ in 0..2 {
                let before = desk.stands();
                desk.act(NOOR, end);
                assert_ne!(desk.stands(), before, "{name} a ticket that is {state}");
                desk.take_back();
                assert_eq!(desk.stands(), before, "{name} a ticket that is {state}");
            }
        }
    }
}

#[test]
fn a_reply_that_resolved_stays_said_and_told_the_client_something() {
    for state in STATES {
        let (mut desk, mut other) = (prepare(state), prepare(state));
        desk.act(NOOR, |it| reply(it, MessageId(7), AndThen::Resolve));
        assert!(ended_with(&desk.history, MessageId(7)), "{state}");
        assert!(!ended_with(&desk.history, MessageId(1)), "{state}");
        desk.take_back();
        if state == "resolved" {
            assert_eq!(desk.ticket.status, Status::Resolved);
            continue;
        }
        other.act(NOOR, |it| reply(it, MessageId(7), AndThen::Update));
        assert_eq!(desk.stands(), other.stands(), "{state}");
        assert!(!ended_with(&desk.history, MessageId(7)), "{state}");
    }
}

#[test]
fn what_happened_since_is_kept() {
    let mut desk = prepare("waiting and offered");
    desk.act(NOOR, close);
    desk.act(OMAR, |it| crate::tickets::assign(it, PersonId(3)));
    desk.take_back();
    let it = &desk.ticket;
    assert_eq!((it.responsible, it.delegation), (PersonId(3), None));
    assert!(it.wait.is_some());
    assert_eq!((it.status, it.turn()), (Status::Waiting, Turn::ThirdParty));
}

#[test]
fn an_end_is_taken_back_by_who_ended_it_while_nothing_followed() {
    let mut desk = Desk::new();
    let again = Err(Refused::OpenAgain(TicketId(1)));
    let others = Err(Refused::EndedByOthers(TicketId(1)));
    assert_eq!(desk.takes_back(NOOR), again);
    desk.act(NOOR, resolve);
    assert_eq!(desk.takes_back(OMAR), others);
    let at = desk.now - SignedDuration::from_mins(1);
    let earlier = take_end_back(&desk.ticket, &desk.history, NOOR, Some(at));
    assert_eq!(earlier, others);
    desk.act(OMAR, reopen);
    assert_eq!(desk.takes_back(NOOR), again);
    desk.act(OMAR, close);
    assert_eq!(desk.takes_back(NOOR), others);
    desk.act(OMAR, crate::tickets::mark_spam);
    assert_eq!(desk.takes_back(OMAR), Err(Refused::IsSpam(TicketId(1))));
}
