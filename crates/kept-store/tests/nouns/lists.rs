//! Lists: in their order, a page at a time, no ticket twice and none missed.

use kept_domain::clocks::{Owed, Side};
use kept_domain::event::Event;
use kept_domain::ids::TicketId;
use kept_domain::tickets::AndThen;
use kept_domain::turn::Turn;
use kept_store::Store;
use kept_store::lists::{self, Cursor, List, ListedTicket};
use kept_store::obligations::{self, Due, Next};
use kept_store::testing::both;
use kept_store::tickets::Shelf;

use crate::support::{Desk, at, desk, happen, read, write};

fn page(store: &Store, list: List, after: Option<Cursor>, limit: usize) -> Vec<ListedTicket> {
    read(store, move |tx| lists::page(tx, list, after, limit))
}

/// The whole list, two tickets at a time.
fn leafed_through(store: &Store, list: List) -> Vec<TicketId> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let some = page(store, list, after, 2);
        let Some(last) = some.last() else { return all };
        after = Some(last.cursor(list));
        all.extend(some.iter().map(|ticket| ticket.id));
    }
}

/// Nine tickets, several of them in the same millisecond, in every place a list looks at.
fn nine(store: &Store) -> (Desk, Vec<TicketId>) {
    let desk = desk(store);
    let all: Vec<TicketId> = (0..9)
        .map(|n| desk.open(store, n / 3, &format!("Ticket {n}")).id)
        .collect();
    let asked = |message| Event::Replied {
        message: kept_domain::ids::MessageId(message),
        then: AndThen::Ask,
    };
    happen(store, all[1], 10, asked(1));
    happen(store, all[2], 10, asked(2));
    happen(store, all[6], 9, Event::Resolved);
    happen(store, all[7], 9, Event::Resolved);
    happen(store, all[8], 9, Event::MarkedSpam);
    let to_noor = Event::Assigned {
        from: desk.ines,
        to: desk.noor,
    };
    happen(store, all[4], 11, to_noor);
    (desk, all)
}

#[test]
fn every_list_has_its_order_and_pages_lose_nothing() {
    both(|store| {
        let (desk, all) = nine(&store);
        let check = |list: List, expected: &[usize]| {
            let expected: Vec<TicketId> = expected.iter().map(|n| all[*n]).collect();
            let whole: Vec<TicketId> = page(&store, list, None, 50).iter().map(|t| t.id).collect();
            assert_eq!(whole, expected, "{list:?} on {:?}", store.database());
            assert_eq!(leafed_through(&store, list), expected, "{list:?} in pages");
        };
        let open = |turn| List::Shelf {
            shelf: Shelf::Open,
            turn,
        };
        let mine = |agent| List::Mine {
            agent,
            shelf: Shelf::Open,
        };
        check(open(None), &[0, 3, 4, 5, 1, 2]);
        check(open(Some(Turn::Desk)), &[0, 3, 4, 5]);
        check(open(Some(Turn::Client)), &[1, 2]);
        check(open(Some(Turn::ThirdParty)), &[]);
        check(mine(desk.ines), &[0, 3, 5, 1, 2]);
        check(mine(desk.noor), &[4]);
        check(
            List::Recent {
                shelf: Shelf::Resolved,
            },
            &[7, 6],
        );
        check(List::Recent { shelf: Shelf::Open }, &[4, 2, 1, 5, 3, 0]);
        check(List::Recent { shelf: Shelf::Spam }, &[8]);
        check(List::OfRequester(desk.dana), &[8, 7, 6, 5, 4, 3, 2, 1, 0]);
        check(List::OfClient(desk.acme), &[8, 7, 6, 5, 4, 3, 2, 1, 0]);
        check(List::OfRequester(desk.noor), &[]);
    });
}

/// Writes down what is due next; without an owner it is nobody's.
fn due(store: &Store, ticket: TicketId, minute: i64) {
    let next = Next {
        due: Some(Due {
            at: at(minute),
            owed: Owed::NextUpdate,
            side: Side::Desk,
        }),
        alarm: None,
    };
    write(store, move |tx| obligations::set_next(tx, ticket, &next));
}

#[test]
fn what_is_due_next_comes_first_and_what_is_late_has_a_list() {
    both(|store| {
        let (desk, all) = nine(&store);
        for (n, minute) in [(0, 90), (3, 30), (4, 60), (5, 30), (1, 20), (2, 10), (6, 5)] {
            due(&store, all[n], minute);
        }
        let check = |list: List, expected: &[usize]| {
            let expected: Vec<TicketId> = expected.iter().map(|n| all[*n]).collect();
            assert_eq!(leafed_through(&store, list), expected, "{list:?}");
        };
        let shelf = Shelf::Open;
        check(List::Shelf { shelf, turn: None }, &[3, 5, 4, 0, 2, 1]);
        let agent = desk.ines;
        check(List::Mine { agent, shelf }, &[3, 5, 0, 2, 1]);
        let late = |now| List::Late { now: at(now) };
        check(late(10), &[]);
        check(late(31), &[2, 1, 3, 5]);
        let count = |now, most| read(&store, move |tx| lists::count_late(tx, at(now), most));
        assert_eq!((count(10, 9), count(31, 9), count(31, 2)), (0, 4, 2));
    });
}

#[test]
fn a_ticket_that_comes_in_between_two_pages_hides_none() {
    both(|store| {
        let (desk, all) = nine(&store);
        let list = List::OfClient(desk.acme);
        let first = page(&store, list, None, 4);
        desk.open(&store, 20, "In between");
        let after = first.last().map(|last| last.cursor(list));
        let rest: Vec<TicketId> = page(&store, list, after, 50).iter().map(|t| t.id).collect();
        let expected: Vec<TicketId> = all[..5].iter().rev().copied().collect();
        assert_eq!(rest, expected);
    });
}

#[test]
fn tickets_are_found_by_number_in_the_order_asked_for() {
    both(|store| {
        let (_, all) = nine(&store);
        let asked = [all[5], TicketId(4711), all[0], all[8]];
        let found = read(&store, move |tx| lists::by_ids(tx, &asked));
        let found: Vec<TicketId> = found.iter().map(|ticket| ticket.id).collect();
        assert_eq!(found, [all[5], all[0], all[8]]);
        assert_eq!(read(&store, |tx| lists::by_ids(tx, &[])), []);
    });
}

#[test]
fn a_row_says_who_and_where_and_a_ticket_of_nobodys_is_listed_too() {
    both(|store| {
        let desk = desk(&store);
        let id = desk.open(&store, 0, "Printer").id;
        let row = page(&store, List::OfClient(desk.acme), None, 1).remove(0);
        let names = (row.requester.as_deref(), row.client.as_deref());
        assert_eq!(names, (Some("Dana Fox"), Some("Acme")));
        assert_eq!(
            (row.queue.as_str(), row.responsible_name.as_str()),
            ("Support", "Ines Moreau")
        );
        write(&store, move |tx| {
            let sql = "UPDATE tickets SET requester_id = NULL, client_id = NULL WHERE id = ?1";
            tx.exec(sql, &[id.0.into()])
        });
        let open = List::Shelf {
            shelf: Shelf::Open,
            turn: None,
        };
        let row = page(&store, open, None, 1).remove(0);
        assert_eq!((row.requester, row.client), (None, None));
    });
}
