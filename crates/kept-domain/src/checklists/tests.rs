//! Checklists, as what people do and how the list stands then.

use jiff::Timestamp;

use super::{BadStep, MOST_STEPS, NewStep, add, change, open, remove, shift, steps, tick, untick};
use crate::event::{Actor, Event, Recorded};
use crate::ids::{EventId, PersonId, QueueId, TicketId};
use crate::queues::Chosen;
use crate::tickets::{Kind, Priority, Refused, Ticket};

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + 60 * minute).expect("a time")
}

/// A ticket and what happened on it.
struct Desk {
    ticket: Ticket,
    history: Vec<Recorded>,
}

impl Desk {
    fn open() -> Self {
        let opened = Event::Opened {
            subject: "New colleague".into(),
            kind: Kind::Request,
            priority: Priority::Normal,
            queue: QueueId(1),
            requester: None,
            client: None,
            responsible: PersonId(1),
            chosen: Chosen::OnDuty,
        };
        let ticket = Ticket::opened(TicketId(1), at(0), &opened).expect("a ticket");
        Self {
            ticket,
            history: vec![],
        }
    }

    fn with(steps: &[&str]) -> Self {
        let mut desk = Self::open();
        desk.add(steps).expect("they are added");
        desk
    }

    fn happens(&mut self, events: Vec<Event>) {
        for event in events {
            let n = i64::try_from(self.history.len()).expect("a number");
            self.history.push(Recorded {
                id: EventId(n),
                ticket: TicketId(1),
                at: at(n),
                by: Actor::Person(PersonId(2)),
                event,
            });
        }
    }

    fn add(&mut self, steps: &[&str]) -> Result<(), BadStep> {
        let new: Vec<NewStep> = steps
            .iter()
            .map(|what| NewStep {
                what: (*what).to_owned(),
                ..NewStep::default()
            })
            .collect();
        let events = add(&self.ticket, &self.history, &new)?;
        self.happens(events);
        Ok(())
    }

    /// `✓ A, B` for a list whose first step is done.
    fn check(&self, expected: &str) {
        let steps = steps(&self.history);
        let shown = steps.iter().map(|step| match &step.done {
            Some(_) => format!("✓ {}", step.what),
            None => step.what.clone(),
        });
        assert_eq!(shown.collect::<Vec<_>>().join(", "), expected);
    }
}

#[test]
fn steps_are_added_in_order_ticked_moved_and_removed() {
    let mut desk = Desk::with(&["  Make the   account ", "Order a phone", "Show them around"]);
    desk.check("Make the account, Order a phone, Show them around");
    let now = |desk: &Desk| steps(&desk.history);
    let ticked = tick(&desk.ticket, &now(&desk), 2, " receipt.pdf ").expect("is ticked");
    desk.happens(ticked);
    desk.check("Make the account, ✓ Order a phone, Show them around");
    let done = now(&desk)[1].done.clone().expect("is done");
    assert_eq!((done.by, done.at), (Some(PersonId(2)), at(3)));
    assert_eq!(done.evidence.as_deref(), Some("receipt.pdf"));
    let moved = shift(&desk.ticket, &now(&desk), 3, true).expect("moves");
    desk.happens(moved);
    desk.check("Make the account, Show them around, ✓ Order a phone");
    assert_eq!(shift(&desk.ticket, &now(&desk), 1, true), Ok(vec![]));
    assert_eq!(shift(&desk.ticket, &now(&desk), 2, false), Ok(vec![]));
    let unticked = untick(&desk.ticket, &now(&desk), 2).expect("is to do again");
    desk.happens(unticked);
    let removed = remove(&desk.ticket, &now(&desk), 3).expect("is removed");
    desk.happens(removed);
    desk.check("Make the account, Order a phone");
    assert_eq!(open(&now(&desk)), 2);
    // A number is never given out twice: an old page can't tick another step.
    desk.add(&["Order a badge"]).expect("is added");
    assert_eq!(now(&desk)[2].number, 4);
    assert_eq!(tick(&desk.ticket, &now(&desk), 3, ""), Err(BadStep::Gone));
}

#[test]
fn a_step_is_said_otherwise_and_given_to_somebody() {
    let mut desk = Desk::with(&["Order a phone"]);
    let new = NewStep {
        what: "Order two phones".into(),
        person: Some(PersonId(7)),
        due: Some(at(900)),
    };
    let changed = change(&desk.ticket, &steps(&desk.history), 1, &new).expect("changes");
    desk.happens(changed);
    let now = steps(&desk.history);
    assert_eq!(
        (now[0].person, now[0].due),
        (Some(PersonId(7)), Some(at(900)))
    );
    desk.check("Order two phones");
    assert_eq!(change(&desk.ticket, &now, 1, &new), Ok(vec![]));
}

#[test]
fn saying_it_twice_changes_nothing_unless_there_is_more_to_show() {
    let mut desk = Desk::with(&["Order a phone"]);
    let ticked = tick(&desk.ticket, &steps(&desk.history), 1, "").expect("is ticked");
    desk.happens(ticked);
    let now = steps(&desk.history);
    assert_eq!(tick(&desk.ticket, &now, 1, " "), Ok(vec![]));
    let more = tick(&desk.ticket, &now, 1, "https://shop.example/7");
    assert_eq!(more.expect("more to show").len(), 1);
    let open = Desk::with(&["Order a phone"]);
    let again = untick(&open.ticket, &steps(&open.history), 1);
    assert_eq!(again, Ok(vec![]));
}

#[test]
fn limits_are_said_in_words() {
    let mut desk = Desk::open();
    assert_eq!(desk.add(&[]), Err(BadStep::Nothing));
    assert_eq!(desk.add(&[" "]), Err(BadStep::Nothing));
    assert_eq!(desk.add(&[&"a".repeat(301)]), Err(BadStep::TooLong));
    assert_eq!(desk.add(&["a"; MOST_STEPS + 1]), Err(BadStep::TooMany));
    desk.add(&["a"; MOST_STEPS]).expect("as many as may be");
    assert_eq!(desk.add(&["a"]), Err(BadStep::TooMany));
    let long = tick(&desk.ticket, &steps(&desk.history), 1, &"a".repeat(501));
    assert_eq!(long, Err(BadStep::EvidenceTooLong));
    desk.ticket.apply(at(5), &Event::MarkedSpam);
    let spam = BadStep::Refused(Refused::IsSpam(TicketId(1)));
    assert_eq!(tick(&desk.ticket, &steps(&desk.history), 1, ""), Err(spam));
}
