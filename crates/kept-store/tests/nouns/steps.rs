//! Steps of tickets: as they were written, how many are done, and what one person still has to do.

use kept_domain::checklists::{Done, Step};
use kept_domain::event::Event;
use kept_domain::ids::TicketId;
use kept_store::Store;
use kept_store::steps::{self, Progress};
use kept_store::testing::both;

use crate::support::{at, desk, happen, read, write};

fn step(number: u32, what: &str) -> Step {
    Step {
        number,
        what: what.into(),
        person: None,
        due: None,
        done: None,
    }
}

fn replace(store: &Store, ticket: TicketId, steps: &[Step]) {
    let steps = steps.to_vec();
    write(store, move |tx| steps::replace(tx, ticket, &steps));
}

#[test]
fn steps_read_back_in_their_order_in_the_place_of_those_before() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "New colleague").id;
        replace(&store, ticket, &[step(1, "Make the account")]);
        let done = Some(Done {
            by: Some(desk.noor),
            at: at(7),
            evidence: Some("receipt.pdf".into()),
        });
        let all = [
            step(3, "Show them around"),
            Step {
                done,
                person: Some(desk.ines),
                due: Some(at(60)),
                ..step(1, "Order a phone")
            },
        ];
        replace(&store, ticket, &all);
        assert_eq!(read(&store, move |tx| steps::of_ticket(tx, ticket)), all);
        let progress = read(&store, move |tx| steps::progress(tx, &[ticket]));
        assert_eq!(progress, [(ticket, Progress { done: 1, all: 2 })]);
        assert_eq!(read(&store, |tx| steps::progress(tx, &[])), []);
        replace(&store, ticket, &[]);
        assert_eq!(read(&store, move |tx| steps::progress(tx, &[ticket])), []);
    });
}

#[test]
fn ones_tasks_on_open_tickets_come_by_their_day() {
    both(|store| {
        let desk = desk(&store);
        let (one, other) = (
            desk.open(&store, 0, "New colleague").id,
            desk.open(&store, 1, "Move").id,
        );
        let task = |number, what: &str, due: Option<i64>| Step {
            person: Some(desk.noor),
            due: due.map(at),
            ..step(number, what)
        };
        let not_hers = Step {
            person: Some(desk.ines),
            ..step(3, "not hers")
        };
        replace(
            &store,
            one,
            &[
                task(1, "some day", None),
                task(2, "later", Some(90)),
                not_hers,
            ],
        );
        replace(&store, other, &[task(1, "first", Some(30))]);
        let tasks = || {
            let found = read(&store, move |tx| steps::of_person(tx, desk.noor, 10));
            let told = found.into_iter().map(|it| (it.subject, it.step.what));
            told.collect::<Vec<_>>()
        };
        let expected = [
            ("Move", "first"),
            ("New colleague", "later"),
            ("New colleague", "some day"),
        ];
        let expected = expected.map(|(subject, what)| (subject.to_owned(), what.to_owned()));
        assert_eq!(tasks(), expected);
        happen(&store, other, 2, Event::Closed);
        assert_eq!(tasks(), expected[1..]);
    });
}
