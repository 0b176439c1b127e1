//! What people put off: written, found by person and ticket, woken in order, kept out of lists and counts.

use kept_domain::ids::{PersonId, TicketId};
use kept_domain::snoozes::{Until, Why};
use kept_domain::turn::Turn;
use kept_store::lists::{self, List};
use kept_store::snoozes::{self, Asleep, Snooze};
use kept_store::testing::both;
use kept_store::tickets::Shelf;
use kept_store::{Store, StoreError};

use crate::support::{at, desk, read, write};

fn snooze(person: PersonId, ticket: TicketId, wakes: Option<i64>) -> Snooze {
    Snooze {
        person,
        ticket,
        until: wakes.map_or(Until::ClientWrites, |minute| Until::Time(at(minute))),
        began: at(1),
        wakes: wakes.map(|minute| (at(minute), Why::TimeCame)),
        woken: None,
    }
}

fn put(store: &Store, snooze: &Snooze) {
    let snooze = snooze.clone();
    write(store, move |tx| snoozes::put(tx, &snooze));
}

#[test]
fn a_snooze_reads_back_as_it_was_written_and_is_forgotten() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "Printer").id;
        let one = snooze(desk.ines, ticket, Some(60));
        put(&store, &snooze(desk.ines, ticket, None));
        put(&store, &one);
        let other = Snooze {
            wakes: None,
            woken: Some((at(9), Why::ClientWrote)),
            ..snooze(desk.noor, ticket, None)
        };
        put(&store, &other);
        let all = read(&store, move |tx| snoozes::of_ticket(tx, ticket));
        assert_eq!(all, [one.clone(), other]);
        let mine = read(&store, move |tx| {
            snoozes::on_tickets(tx, desk.ines, &[ticket])
        });
        assert_eq!(mine, [one]);
        assert_eq!(
            read(&store, move |tx| snoozes::on_tickets(tx, desk.ines, &[])),
            []
        );
        write(&store, move |tx| snoozes::remove(tx, desk.ines, ticket));
        assert_eq!(
            read(&store, move |tx| snoozes::of_ticket(tx, ticket)).len(),
            1
        );
    });
}

#[test]
fn what_is_to_come_back_comes_in_the_order_of_its_time() {
    both(|store| {
        let desk = desk(&store);
        let tickets: Vec<TicketId> = (0..3).map(|n| desk.open(&store, n, "Printer").id).collect();
        put(&store, &snooze(desk.ines, tickets[0], Some(60)));
        put(&store, &snooze(desk.ines, tickets[1], Some(30)));
        put(&store, &snooze(desk.ines, tickets[2], None));
        let due = |minute| read(&store, move |tx| snoozes::to_wake(tx, at(minute), 10));
        assert_eq!(due(29), []);
        assert_eq!(due(60), [(desk.ines, tickets[1]), (desk.ines, tickets[0])]);
        assert_eq!(read(&store, snoozes::next_wake), Some(at(30)));
        let asleep = read(&store, move |tx| snoozes::asleep(tx, desk.ines, 10));
        assert_eq!(asleep, [tickets[1], tickets[0], tickets[2]]);
        let nobodys = read(&store, move |tx| snoozes::asleep(tx, desk.noor, 10));
        assert_eq!(nobodys, []);
    });
}

#[test]
fn lists_leave_out_what_sleeps_for_the_reader_alone() {
    both(|store| {
        let desk = desk(&store);
        let (awake, asleep) = (
            desk.open(&store, 0, "Printer").id,
            desk.open(&store, 1, "Login").id,
        );
        put(&store, &snooze(desk.ines, asleep, Some(60)));
        let list = List::Shelf {
            shelf: Shelf::Open,
            turn: None,
        };
        let page = |reader| {
            let found = read(&store, move |tx| {
                lists::page_without(tx, list, reader, None, 10)
            });
            found.iter().map(|it| it.id).collect::<Vec<_>>()
        };
        assert_eq!(page(Some(desk.ines)), [awake]);
        assert_eq!(page(Some(desk.noor)), [awake, asleep]);
        assert_eq!(page(None), [awake, asleep]);
        let counts: Result<Vec<Asleep>, StoreError> =
            store.read_blocking(move |tx| snoozes::counts(tx, desk.ines));
        let expected = Asleep {
            is_mine: true,
            turn: Turn::Desk,
            tickets: 1,
        };
        assert_eq!(counts.expect("counts"), [expected]);
    });
}
