//! What cards show: details and who changed them, open and ended tickets, months.

use kept_domain::cards::{CardEvent, CardOf, Field, PersonDetails};
use kept_domain::event::Event;
use kept_store::lists::{self, Cursor, List, Whose};
use kept_store::testing::both;
use kept_store::trend::{self, Tally};
use kept_store::{Store, cards};

use crate::support::{at, desk, happen, read, write};

#[test]
fn details_are_kept_and_changes_told_newest_first() {
    both(|store| {
        let desk = desk(&store);
        let known = PersonDetails {
            job: "Accounts".into(),
            zone: "Europe/Lisbon".into(),
            notes: "Calls.\nNo mail.".into(),
            ..PersonDetails::default()
        };
        let (wanted, dana) = (known.clone(), CardOf::Person(desk.dana));
        let phone = |to: &str| CardEvent::Changed {
            field: Field::Phone,
            from: String::new(),
            to: to.into(),
        };
        let (first, second) = (phone("1"), phone("2"));
        write(&store, move |tx| {
            cards::set_person(tx, desk.dana, &wanted)?;
            cards::set_client_notes(tx, desk.acme, "Pays late.")?;
            cards::append(tx, dana, Some(desk.ines), &[CardEvent::Added, first], at(1))?;
            cards::append(tx, dana, None, &[second], at(2))?;
            cards::append(
                tx,
                CardOf::Client(desk.acme),
                None,
                &[CardEvent::Added],
                at(3),
            )
        });
        assert_eq!(read(&store, move |tx| cards::person(tx, desk.dana)), known);
        let notes = read(&store, move |tx| cards::client_notes(tx, desk.acme));
        assert_eq!(notes, "Pays late.");
        let lines = read(&store, move |tx| cards::history(tx, dana, None, 50));
        let events: Vec<_> = lines.iter().map(|line| line.event.clone()).collect();
        assert_eq!(events, [phone("2"), phone("1"), CardEvent::Added]);
        assert_eq!(lines[0].by, None);
        assert_eq!(lines[1].by.as_deref(), Some("Ines Moreau"));
        assert_eq!(lines[0].at, at(2));
        let newest = lines[0].id;
        assert_eq!(read(&store, move |tx| cards::last(tx, dana)), newest);
        let older = read(&store, move |tx| cards::history(tx, dana, Some(newest), 1));
        assert_eq!(older, lines[1..2]);
        let nothing = read(&store, move |tx| cards::last(tx, CardOf::Person(desk.noor)));
        assert_eq!(nothing, 0);
    });
}

fn page(store: &Store, list: List, after: Option<Cursor>) -> Vec<i64> {
    let found = read(store, move |tx| lists::page(tx, list, after, 2));
    found.iter().map(|ticket| ticket.id.0).collect()
}

#[test]
fn a_card_s_open_tickets_stand_apart_from_what_ended_and_pages_lose_none() {
    both(|store| {
        let desk = desk(&store);
        for subject in ["One", "Two", "Three", "Four", "Five", "Six"] {
            desk.open(&store, 0, subject);
        }
        for ended in [1, 3, 4] {
            happen(&store, kept_domain::ids::TicketId(ended), 1, Event::Closed);
        }
        happen(&store, kept_domain::ids::TicketId(6), 1, Event::MarkedSpam);
        for whose in [Whose::Person(desk.dana), Whose::Client(desk.acme)] {
            assert_eq!(page(&store, List::OpenOf(whose), None), [2, 5]);
            let first = page(&store, List::EndedOf(whose), None);
            assert_eq!(first, [4, 3]);
            let after = Cursor {
                rank: 0,
                at_ms: 0,
                id: 3,
            };
            assert_eq!(page(&store, List::EndedOf(whose), Some(after)), [1]);
            let tally = read(&store, move |tx| trend::tally(tx, whose));
            assert_eq!(tally, Tally { open: 2, ended: 3 });
        }
        let nobody = Whose::Person(desk.noor);
        assert_eq!(page(&store, List::EndedOf(nobody), None), [0; 0]);
        let tally = read(&store, move |tx| trend::tally(tx, nobody));
        assert_eq!(tally, Tally::default());
    });
}

#[test]
fn tickets_are_counted_between_moments_without_spam() {
    both(|store| {
        let desk = desk(&store);
        for minute in [5, 10, 19, 20, 31] {
            desk.open(&store, minute, "Printer");
        }
        let spam = desk.open(&store, 11, "Win!").id;
        happen(&store, spam, 12, Event::MarkedSpam);
        let count = |moments: &[i64]| {
            let moments: Vec<_> = moments.iter().map(|minute| at(*minute)).collect();
            read(&store, move |tx| {
                trend::opened(tx, Whose::Client(desk.acme), &moments)
            })
        };
        assert_eq!(count(&[0, 10, 20, 30]), [1, 2, 1]);
        assert_eq!(count(&[40, 50]), [0]);
        assert_eq!(count(&[]), [0; 0]);
    });
}
