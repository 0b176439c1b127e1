//! Tickets come back as they were saved; merges are followed to their end.

use kept_domain::event::{Event, Reopening};
use kept_domain::ids::TicketId;
use kept_domain::tickets::{Priority, Ticket};
use kept_store::testing::both;
use kept_store::tickets::{self, Shelf};
use kept_store::{Store, StoreError};

use crate::support::{at, desk, happen, read, write};

fn stored(store: &Store, ticket: TicketId) -> Option<Ticket> {
    read(store, move |tx| tickets::find(tx, ticket))
}

#[test]
fn a_ticket_comes_back_as_it_was_saved_after_every_change() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "Printer “eats” paper 🖨").id;
        let changes = [
            Event::Assigned {
                from: desk.ines,
                to: desk.noor,
            },
            Event::PriorityChanged {
                from: Priority::Normal,
                to: Priority::Urgent,
            },
            Event::SubjectChanged {
                from: String::new(),
                to: "Plotter".into(),
            },
            Event::Resolved,
            Event::Closed,
            Event::Reopened {
                why: Reopening::ByHand,
            },
            Event::MarkedSpam,
            Event::UnmarkedSpam,
        ];
        for (minute, change) in (1..).zip(changes) {
            let expected = happen(&store, ticket, minute, change.clone());
            assert_eq!(stored(&store, ticket), Some(expected), "{change:?}");
        }
        assert_eq!(stored(&store, TicketId(ticket.0 + 1)), None);
    });
}

#[test]
fn a_ticket_begins_with_its_opening_only() {
    both(|store| {
        let refused = store.write_blocking(|tx| tickets::insert(tx, at(0), &Event::Closed));
        assert!(matches!(refused, Err(StoreError::Sql(_))), "{refused:?}");
    });
}

#[test]
fn a_chain_of_merges_is_told_at_its_end() {
    both(|store| {
        let desk = desk(&store);
        let [first, second, third] = [1, 2, 3].map(|n| desk.open(&store, n, "Printer").id);
        happen(&store, first, 4, Event::MergedInto { ticket: second });
        happen(&store, second, 5, Event::MergedInto { ticket: third });
        for ticket in [first, second, third] {
            let told = read(&store, move |tx| tickets::told_at(tx, ticket));
            assert_eq!(told, third);
        }
        let into = |ticket| read(&store, move |tx| tickets::merged_into(tx, ticket));
        assert_eq!((into(third), into(second)), (vec![second], vec![first]));
        assert_eq!(into(first), []);
        happen(&store, second, 6, Event::MergeUndone { ticket: third });
        assert_eq!(read(&store, move |tx| tickets::told_at(tx, first)), second);
    });
}

#[test]
fn a_ticket_that_is_not_there_is_told_at_itself() {
    both(|store| {
        let nowhere = TicketId(4711);
        assert_eq!(
            read(&store, move |tx| tickets::told_at(tx, nowhere)),
            nowhere
        );
    });
}

#[test]
fn a_walk_over_everything_meets_each_ticket_once() {
    both(|store| {
        let desk = desk(&store);
        let all: Vec<TicketId> = (0..7).map(|n| desk.open(&store, n, "x").id).collect();
        let mut met = Vec::new();
        let mut after = TicketId(0);
        loop {
            let some = read(&store, move |tx| tickets::ids_after(tx, after, 3));
            let Some(last) = some.last() else { break };
            after = *last;
            met.extend(some);
        }
        assert_eq!(met, all);
    });
}

#[test]
fn the_shelf_and_turn_that_lists_look_at_are_the_tickets_own() {
    both(|store| {
        let desk = desk(&store);
        let check = |change: Event, shelf: Shelf| {
            let ticket = desk.open(&store, 0, "Printer").id;
            let ticket = happen(&store, ticket, 1, change);
            let id = ticket.id;
            let shown = read(&store, move |tx| tickets::placed(tx, &[id]));
            assert_eq!(shown, [(id, shelf, ticket.turn())]);
            assert_eq!(Shelf::of(&ticket), shelf);
        };
        let other = desk.open(&store, 0, "Other").id;
        check(Event::Resolved, Shelf::Resolved);
        check(Event::Closed, Shelf::Closed);
        check(Event::MarkedSpam, Shelf::Spam);
        check(Event::MergedInto { ticket: other }, Shelf::Merged);
        check(Event::UnmarkedSpam, Shelf::Open);
    });
}

#[test]
fn a_ticket_can_be_written_anew_over_whatever_stands_there() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "Printer");
        let id = ticket.id;
        write(&store, |tx| {
            tx.exec(
                "UPDATE tickets SET shelf = 'spam', turn_rank = 3, kind = 'incident'",
                &[],
            )
        });
        let whole = ticket.clone();
        write(&store, move |tx| tickets::rewrite(tx, &whole));
        assert_eq!(stored(&store, id).as_ref(), Some(&ticket));
        let placed = read(&store, move |tx| tickets::placed(tx, &[id]));
        assert_eq!(placed, [(id, Shelf::Open, ticket.turn())]);
    });
}

#[test]
fn the_last_words_are_what_lists_show() {
    both(|store| {
        let desk = desk(&store);
        let id = desk.open(&store, 0, "Printer").id;
        write(&store, move |tx| {
            tickets::set_last_words(tx, id, "It smells.", Some(desk.dana))
        });
        let listed = read(&store, move |tx| kept_store::lists::by_ids(tx, &[id]));
        assert_eq!(listed[0].last_words, "It smells.");
    });
}
