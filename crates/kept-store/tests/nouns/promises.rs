//! Promises by ticket, by whoever keeps them and by day; mails somebody said are none.

use kept_domain::clocks::Side;
use kept_domain::ids::{PersonId, PromiseId, TicketId};
use kept_domain::promises::{Promise, State};
use kept_store::testing::both;
use kept_store::{Store, promises};

use crate::support::{Desk, at, desk, read, write};

fn promise(desk: &Desk, ticket: TicketId, due: i64) -> Promise {
    Promise {
        id: PromiseId(0),
        ticket,
        side: Side::Desk,
        promiser: desk.noor,
        what: "Call back".into(),
        due: at(due),
        made_at: at(0),
        message: None,
        state: State::Open,
        kept_by: None,
    }
}

fn insert(store: &Store, new: Promise) -> PromiseId {
    write(store, move |tx| promises::insert(tx, &new))
}

fn owed_by(store: &Store, person: PersonId, after: PromiseId) -> Vec<PromiseId> {
    let found = read(store, move |tx| promises::owed_by(tx, person, after, 10));
    found.iter().map(|it| it.id).collect()
}

#[test]
fn a_promise_reads_back_as_it_was_written_and_changes() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "Printer").id;
        let new = promise(&desk, ticket, 60);
        let id = insert(&store, new.clone());
        let kept = Promise {
            id,
            side: Side::Client,
            promiser: desk.dana,
            state: State::Kept,
            ..new.clone()
        };
        let find = || read(&store, move |tx| promises::find(tx, id));
        assert_eq!(find(), Some(Promise { id, ..new }));
        let changed = kept.clone();
        write(&store, move |tx| promises::put(tx, &changed));
        assert_eq!(find(), Some(kept));
        write(&store, move |tx| promises::remove(tx, id));
        assert_eq!(find(), None);
    });
}

#[test]
fn what_somebody_still_has_to_keep_is_theirs_and_the_desks() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "Printer").id;
        let one = promise(&desk, ticket, 60);
        let open = insert(&store, one.clone());
        for other in [
            Promise {
                state: State::Kept,
                ..one.clone()
            },
            Promise {
                state: State::Dropped,
                ..one.clone()
            },
            Promise {
                side: Side::Client,
                ..one.clone()
            },
            Promise {
                promiser: desk.ines,
                ..one.clone()
            },
        ] {
            insert(&store, other);
        }
        let state = State::Broken;
        let broken = insert(&store, Promise { state, ..one });
        assert_eq!(owed_by(&store, desk.noor, PromiseId(0)), [open, broken]);
        assert_eq!(owed_by(&store, desk.noor, open), [broken]);
        assert_eq!(owed_by(&store, desk.dana, PromiseId(0)), []);
    });
}

#[test]
fn a_span_of_days_shows_both_sides_and_nothing_that_was_dropped() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "Printer").id;
        let late = insert(&store, promise(&desk, ticket, 59));
        let first = promise(&desk, ticket, 10);
        let side = Side::Client;
        let client = insert(
            &store,
            Promise {
                side,
                ..first.clone()
            },
        );
        insert(&store, promise(&desk, ticket, 60));
        insert(&store, promise(&desk, ticket, 9));
        let state = State::Dropped;
        insert(&store, Promise { state, ..first });
        let found = read(&store, |tx| promises::due_between(tx, at(10), at(60), 10));
        assert_eq!(
            found.iter().map(|it| it.id).collect::<Vec<_>>(),
            [client, late]
        );
        let noor = desk.noor;
        let own = read(&store, move |tx| {
            promises::of_person_since(tx, noor, at(10), 1)
        });
        assert_eq!(
            own.iter().map(|it| it.due).collect::<Vec<_>>(),
            [at(60)],
            "the latest"
        );
        let own = read(&store, move |tx| {
            promises::of_person_since(tx, noor, at(10), 9)
        });
        assert_eq!(own.len(), 2, "and no client’s");
    });
}

#[test]
fn what_is_no_promise_is_said_once() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "Printer").id;
        let message = desk.say(&store, ticket, "Tomorrow");
        let said = || read(&store, move |tx| promises::is_dismissed(tx, message));
        assert!(!said());
        for _ in 0..2 {
            write(&store, move |tx| {
                promises::dismiss(tx, message, desk.noor, at(1))
            });
        }
        assert!(said());
    });
}
