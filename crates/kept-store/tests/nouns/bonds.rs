//! What tickets are to each other: both sides, through merges, and as searches find them.

use jiff::tz::TimeZone;
use kept_domain::event::Event;
use kept_domain::ids::TicketId;
use kept_domain::search::{Asker, Facts, holds, parse};
use kept_domain::tickets::Bond;
use kept_store::bonds::{self, Bonded};
use kept_store::testing::both;
use kept_store::{Store, search, tickets};

use crate::support::{Desk, at, desk, happen, read, write};

fn relate(store: &Store, one: i64, bond: Bond, two: i64) {
    let said = move |bond, ticket| Event::Related {
        bond,
        ticket: TicketId(ticket),
    };
    write(store, move |tx| {
        bonds::follow(tx, TicketId(one), &said(bond, two))?;
        bonds::follow(tx, TicketId(two), &said(bond.turned(), one))
    });
}

fn merge(store: &Store, one: i64, two: i64) {
    let ticket = TicketId(two);
    happen(store, TicketId(one), 5, Event::MergedInto { ticket });
}

/// Six tickets: 1 blocks 2, 3 is part of 2, 4 duplicates 3, 5 refers to 1. The sixth is to nobody anything.
fn hang_together(store: &Store) -> Desk {
    let desk = desk(store);
    for (minute, subject) in (0..).zip(["One", "Two", "Three", "Four", "Five", "Six"]) {
        desk.open(store, minute, subject);
    }
    relate(store, 1, Bond::Blocks, 2);
    relate(store, 3, Bond::PartOf, 2);
    relate(store, 4, Bond::Duplicates, 3);
    relate(store, 5, Bond::RefersTo, 1);
    desk
}

/// As `blocked-by #1 open`.
fn told(store: &Store, id: i64) -> Vec<String> {
    let words = |it: &Bonded| {
        let open = if it.is_open() { "open" } else { "ended" };
        format!("{} #{} {open}", it.bond.as_str(), it.ticket)
    };
    let all = read(store, move |tx| bonds::of_ticket(tx, TicketId(id)));
    all.iter().map(words).collect()
}

#[test]
fn each_ticket_tells_it_from_its_own_side_until_it_is_taken_back() {
    both(|store| {
        hang_together(&store);
        // Said once more, it stands once.
        relate(&store, 2, Bond::BlockedBy, 1);
        assert_eq!(
            told(&store, 1),
            ["blocks #2 open", "referred-to-by #5 open"]
        );
        assert_eq!(told(&store, 2), ["blocked-by #1 open", "parent-of #3 open"]);
        let said = read(&store, |tx| bonds::said_by(tx, TicketId(3)));
        let expected = [
            (Bond::PartOf, TicketId(2)),
            (Bond::DuplicatedBy, TicketId(4)),
        ];
        assert_eq!(said, expected);
        happen(&store, TicketId(1), 9, Event::Closed);
        assert_eq!(
            told(&store, 2),
            ["blocked-by #1 ended", "parent-of #3 open"]
        );
        write(&store, |tx| {
            let ticket = TicketId(1);
            let bond = Bond::BlockedBy;
            bonds::follow(tx, TicketId(2), &Event::Unrelated { bond, ticket })
        });
        assert_eq!(told(&store, 1), ["referred-to-by #5 open"]);
        assert!(told(&store, 6).is_empty());
    });
}

#[test]
fn what_was_merged_is_where_it_is_told_now() {
    both(|store| {
        hang_together(&store);
        merge(&store, 1, 6);
        assert_eq!(told(&store, 2)[0], "blocked-by #6 open");
        assert_eq!(
            told(&store, 6),
            ["blocks #2 open", "referred-to-by #5 open"]
        );
        merge(&store, 6, 5);
        assert_eq!(told(&store, 2)[0], "blocked-by #5 open");
        assert_eq!(
            told(&store, 5),
            ["blocks #2 open"],
            "it is no other any more"
        );
        let ticket = TicketId(5);
        happen(&store, TicketId(6), 7, Event::MergeUndone { ticket });
        assert_eq!(told(&store, 2)[0], "blocked-by #6 open");
        assert_eq!(told(&store, 5), ["refers-to #6 open"]);
    });
}

#[test]
fn a_walk_goes_one_way_and_one_step() {
    both(|store| {
        hang_together(&store);
        let next = |ids: &'static [TicketId], bond| {
            let found = read(&store, move |tx| bonds::next(tx, ids, bond, 10));
            found.iter().map(|id| id.0).collect::<Vec<_>>()
        };
        assert_eq!(next(&[TicketId(1)], Bond::Blocks), [2]);
        assert_eq!(next(&[TicketId(2)], Bond::BlockedBy), [1]);
        assert!(next(&[TicketId(2)], Bond::Blocks).is_empty());
        assert_eq!(next(&[TicketId(4), TicketId(3)], Bond::PartOf), [2]);
    });
}

#[test]
fn searches_and_facts_find_the_same() {
    both(|store| {
        hang_together(&store);
        let check = |text: &'static str, expected: &[i64]| {
            let (mut found, held) = read(&store, move |tx| {
                let query = parse(text).expect("a search");
                let asker = Asker {
                    me: None,
                    now: at(60),
                    zone: &TimeZone::UTC,
                };
                let found = search::tickets(tx, &query, asker, 50)?;
                let mut held = Vec::new();
                for id in 1..=6 {
                    let ticket = tickets::find(tx, TicketId(id))?.expect("it is there");
                    let bonds = bonds::of_ticket(tx, ticket.id)?;
                    let bonds = bonds.iter().flat_map(Bonded::known).collect();
                    let facts = Facts {
                        bonds,
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
        };
        check("blocked:yes", &[2]);
        check("blocked:no", &[1, 3, 4, 5, 6]);
        check("blocks:#2", &[1]);
        check("blocked:#1", &[2]);
        check("parent:#2", &[3]);
        check("part:#3", &[2]);
        check("duplicates:3", &[4]);
        check("duplicated:#4", &[3]);
        check("refers:#1", &[5]);
        check("referred:#5", &[1]);
        check("has:links", &[1, 2, 3, 4, 5]);
        check("-has:links", &[6]);
        merge(&store, 1, 6);
        check("blocks:#2", &[6]);
        check("blocked:#1", &[2]);
        check("blocked:#6", &[2]);
        check("blocked:yes", &[2]);
        happen(&store, TicketId(6), 9, Event::Closed);
        check("is:blocked", &[]);
    });
}
