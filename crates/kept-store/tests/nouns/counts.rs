//! Counts are kept, not counted; whatever happens they are what counting would say.

use kept_domain::event::{Event, Reopening};
use kept_domain::ids::TicketId;
use kept_store::counts::{self, Count};
use kept_store::testing::{both, postgres, sqlite};
use kept_store::tickets::Shelf;
use kept_store::{Store, queues};
use proptest::prelude::*;

use crate::support::{Desk, desk, happen, read, write};

/// In one order: the databases sort texts alike, but nobody promises it.
fn sorted(mut counts: Vec<Count>) -> Vec<(i64, i64, &'static str, &'static str, i64)> {
    counts.sort_by_key(|c| (c.queue, c.responsible, c.shelf.as_str(), c.turn.as_str()));
    let plain = |c: Count| {
        let place = (c.shelf.as_str(), c.turn.as_str());
        (c.queue.0, c.responsible.0, place.0, place.1, c.tickets)
    };
    counts.into_iter().map(plain).collect()
}

fn check(store: &Store) {
    let kept = sorted(read(store, counts::all));
    let counted = sorted(read(store, counts::counted));
    assert_eq!(kept, counted, "{:?}", store.database());
}

#[derive(Debug, Clone)]
enum Act {
    Open,
    Happen(usize, usize),
    Fold,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => Just(Act::Open),
        6 => (0..4_usize, 0..7_usize).prop_map(|(ticket, event)| Act::Happen(ticket, event)),
        1 => Just(Act::Fold),
    ]
}

fn events(desk: &Desk, other: TicketId) -> [Event; 7] {
    [
        Event::Resolved,
        Event::Closed,
        Event::Reopened {
            why: Reopening::ByHand,
        },
        Event::MarkedSpam,
        Event::UnmarkedSpam,
        Event::MergedInto { ticket: other },
        Event::Assigned {
            from: desk.ines,
            to: desk.noor,
        },
    ]
}

fn play(store: &Store, acts: &[Act]) {
    let desk = desk(store);
    let mut tickets = vec![desk.open(store, 0, "Printer").id];
    for (minute, act) in (1..).zip(acts) {
        match act {
            Act::Open => tickets.push(desk.open(store, minute, "Another").id),
            Act::Happen(ticket, event) => {
                let ticket = tickets[ticket % tickets.len()];
                let event = events(&desk, tickets[0])[*event].clone();
                happen(store, ticket, minute, event);
            }
            Act::Fold => {
                write(store, counts::fold);
            }
        }
    }
    check(store);
    write(store, counts::fold);
    check(store);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn kept_counts_are_what_counting_says(acts in prop::collection::vec(act(), 1..25)) {
        play(&sqlite().store(), &acts);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn kept_counts_are_what_counting_says_on_postgresql(acts in prop::collection::vec(act(), 1..25)) {
        if let Some(temporary) = postgres() {
            play(&temporary.store(), &acts);
        }
    }
}

#[test]
fn folding_says_how_much_it_folded_and_then_there_is_nothing_left() {
    both(|store| {
        let desk = desk(&store);
        desk.open(&store, 0, "Printer");
        write(&store, counts::fold);
        assert_eq!(write(&store, counts::fold), 0);
        check(&store);
    });
}

#[test]
fn counts_that_are_off_are_counted_again() {
    both(|store| {
        let desk = desk(&store);
        desk.open(&store, 0, "Printer");
        write(&store, counts::fold);
        write(&store, |tx| {
            tx.exec("UPDATE ticket_counts SET tickets = 7", &[])
        });
        assert_eq!(read(&store, counts::all)[0].tickets, 7);
        write(&store, counts::rebuild);
        check(&store);
        assert_eq!(read(&store, counts::all)[0].shelf, Shelf::Open);
    });
}

#[test]
fn an_agents_load_is_their_open_tickets() {
    both(|store| {
        let desk = desk(&store);
        let tickets = [0, 1, 2].map(|n| desk.open(&store, n, "Printer").id);
        for ticket in tickets {
            let to_noor = Event::Assigned {
                from: desk.ines,
                to: desk.noor,
            };
            happen(&store, ticket, 3, to_noor);
        }
        happen(&store, tickets[0], 4, Event::Resolved);
        let queues = read(&store, queues::all);
        assert_eq!(queues[0].members[0].open_tickets, 2);
    });
}
