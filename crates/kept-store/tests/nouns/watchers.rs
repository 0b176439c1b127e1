//! Who watches what, who is told of it after a merge, and what lists and searches find.

use jiff::tz::TimeZone;
use kept_domain::event::Event;
use kept_domain::ids::{PersonId, TicketId};
use kept_domain::search::{Asker, Facts, Known, holds, parse};
use kept_store::lists::{self, List};
use kept_store::testing::both;
use kept_store::{Store, people, search, tickets, watchers};

use crate::support::{Desk, at, desk, happen, read, write};

fn watched(store: &Store, ticket: TicketId, event: Event) {
    happen(store, ticket, 5, event.clone());
    write(store, move |tx| watchers::follow(tx, ticket, at(5), &event));
}

fn names(store: &Store, ticket: TicketId) -> Vec<String> {
    let all = read(store, move |tx| watchers::of_ticket(tx, ticket));
    all.into_iter().map(|(_, name)| name).collect()
}

fn listed(store: &Store, person: PersonId) -> Vec<i64> {
    let list = List::Watched(person);
    let first = read(store, move |tx| lists::page(tx, list, None, 1));
    let Some(last) = first.last() else {
        return vec![];
    };
    let after = last.cursor(list);
    let rest = read(store, move |tx| lists::page(tx, list, Some(after), 10));
    first.iter().chain(&rest).map(|it| it.id.0).collect()
}

/// What a search finds, and what the facts of each of three tickets say to it.
fn check(store: &Store, me: PersonId, text: &'static str, expected: &[i64]) {
    let (mut found, held) = read(store, move |tx| {
        let query = parse(text).expect("a search");
        let asker = Asker {
            me: Some(me),
            now: at(60),
            zone: &TimeZone::UTC,
        };
        let found = search::tickets(tx, &query, asker, 50)?;
        let mut held = Vec::new();
        for id in 1..=3 {
            let ticket = tickets::find(tx, TicketId(id))?.expect("it is there");
            let all = watchers::of_ticket(tx, ticket.id)?.into_iter();
            let known = |(person, name)| Known {
                id: Some(person),
                name,
                addresses: vec![],
            };
            let facts = Facts {
                watchers: all.map(known).collect(),
                ..Facts::default()
            };
            if holds(&query, &ticket, &facts, asker) {
                held.push(id);
            }
        }
        let found: Vec<i64> = found.iter().map(|hit| hit.ticket.id.0).collect();
        Ok((found, held))
    });
    found.sort_unstable();
    assert_eq!(found, expected, "{text} on {:?}", store.database());
    assert_eq!(held, expected, "{text} from facts");
}

fn three(store: &Store) -> Desk {
    let desk = desk(store);
    for subject in ["One", "Two", "Three"] {
        desk.open(store, 0, subject);
    }
    for (ticket, person) in [(1, desk.noor), (1, desk.ines), (3, desk.noor)] {
        watched(store, TicketId(ticket), Event::Watched { person });
    }
    desk
}

#[test]
fn who_watches_is_found_and_told_no_more_once_they_stop_or_leave() {
    both(|store| {
        let desk = three(&store);
        let (one, noor) = (TicketId(1), desk.noor);
        watched(&store, one, Event::Watched { person: noor });
        assert_eq!(names(&store, one), ["Ines Moreau", "Noor Haddad"]);
        assert_eq!(listed(&store, noor), [3, 1]);
        assert_eq!(read(&store, move |tx| watchers::count_open(tx, noor)), 2);
        check(&store, noor, "watching:me", &[1, 3]);
        check(&store, desk.ines, "watching:noor", &[1, 3]);
        check(&store, desk.ines, "watching:me", &[1]);
        check(&store, noor, "-watching:me", &[2]);
        watched(&store, one, Event::Unwatched { person: noor });
        assert_eq!(names(&store, one), ["Ines Moreau"]);
        check(&store, noor, "watching:me", &[3]);
        write(&store, move |tx| people::set_left(tx, noor, Some(at(9))));
        assert!(names(&store, TicketId(3)).is_empty());
        check(&store, desk.ines, "watching:noor", &[]);
        let said = read(&store, |tx| watchers::said_of(tx, TicketId(3)));
        assert_eq!(said, [noor], "it is written down all the same");
        write(&store, |tx| watchers::forget(tx, TicketId(3)));
        assert!(read(&store, |tx| watchers::said_of(tx, TicketId(3))).is_empty());
    });
}

#[test]
fn who_watches_what_was_merged_watches_where_it_is_told() {
    both(|store| {
        let desk = three(&store);
        let (ticket, noor) = (TicketId(2), desk.noor);
        happen(&store, TicketId(1), 6, Event::MergedInto { ticket });
        assert_eq!(names(&store, ticket), ["Ines Moreau", "Noor Haddad"]);
        assert_eq!(listed(&store, noor), [3, 2]);
        assert_eq!(read(&store, move |tx| watchers::count_open(tx, noor)), 2);
        check(&store, noor, "watching:me", &[2, 3]);
        happen(&store, TicketId(1), 7, Event::MergeUndone { ticket });
        assert!(names(&store, ticket).is_empty());
        check(&store, noor, "watching:me", &[1, 3]);
        happen(&store, TicketId(1), 8, Event::Closed);
        assert_eq!(listed(&store, noor), [3], "what has ended is not listed");
    });
}
