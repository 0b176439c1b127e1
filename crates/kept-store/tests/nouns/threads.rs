//! Which mail was seen before, and where each Message-ID leads.

use kept_domain::ids::{MessageId, TicketId, UnsortedId};
use kept_domain::intake::Seen;
use kept_store::testing::both;
use kept_store::threads::{self, Landed, Leads};
use kept_store::{Store, StoreError};

use crate::support::{at, desk, read, write};

fn leads_to(store: &Store, refs: &'static [&'static str]) -> Vec<(usize, TicketId)> {
    read(store, move |tx| threads::tickets_of(tx, refs))
}

fn leads(to: TicketId) -> Leads {
    Leads {
        to,
        with: None,
        answers: None,
    }
}

#[test]
fn every_id_of_a_mail_leads_to_its_ticket_and_the_first_ticket_keeps_it() {
    both(|store| {
        let desk = desk(&store);
        let [first, second] = [0, 1].map(|n| desk.open(&store, n, "x").id);
        write(&store, move |tx| {
            threads::remember_own(tx, "own@acme", leads(first))?;
            threads::remember(tx, &["seen@acme", "older@acme"], leads(first))?;
            threads::remember(tx, &["seen@acme", "other@acme"], leads(second))?;
            threads::remember_own(tx, "own@acme", leads(second))
        });
        let found = leads_to(
            &store,
            &["none@acme", "other@acme", "seen@acme", "own@acme"],
        );
        assert_eq!(found, [(1, second), (2, first), (3, first)]);
        assert_eq!(leads_to(&store, &[]), []);
        assert_eq!(
            leads_to(&store, &["OWN@acme"]),
            [],
            "ids are compared by their bytes"
        );
    });
}

#[test]
fn an_id_others_point_to_has_not_arrived_until_it_does() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "x").id;
        let arrived = || read(&store, |tx| threads::has_arrived(tx, "1@acme"));
        assert!(!arrived());
        write(&store, move |tx| {
            threads::remember(tx, &["1@acme"], leads(ticket))
        });
        assert!(!arrived());
        write(&store, move |tx| {
            threads::remember_own(tx, "1@acme", leads(ticket))
        });
        assert!(arrived());
        write(&store, move |tx| {
            threads::remember(tx, &["1@acme"], leads(ticket))
        });
        assert!(arrived());
    });
}

#[test]
fn endless_references_are_cut_and_the_nearest_count() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "x").id;
        let ids: Vec<String> = (0..500).map(|n| format!("{n}@acme")).collect();
        let found = write(&store, move |tx| {
            let refs: Vec<&str> = ids.iter().map(String::as_str).collect();
            threads::remember(tx, &refs, leads(ticket))?;
            threads::tickets_of(tx, &refs)
        });
        assert_eq!(found.len(), 60);
        assert_eq!(found[0], (0, ticket));
    });
}

/// PostgreSQL can't index a key of this length, and mail may say anything.
#[test]
fn an_id_too_long_for_an_index_is_remembered_all_the_same() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "x").id;
        let long = noise(30_000);
        let mut almost = long.clone();
        almost.push('x');
        let (found, other) = write(&store, move |tx| {
            threads::remember_own(tx, &long, leads(ticket))?;
            threads::remember(tx, &[&long], leads(ticket))?;
            Ok((
                threads::tickets_of(tx, &[&long])?,
                threads::tickets_of(tx, &[&almost])?,
            ))
        });
        assert_eq!(found, [(0, ticket)]);
        assert_eq!(other, []);
    });
}

/// Letters that no database can make shorter.
pub fn noise(letters: usize) -> String {
    let mut state = 1_u64;
    let letter = std::iter::repeat_with(|| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        char::from(b"abcdefghijklmnopqrstuvwxyz012345"[(state >> 59) as usize])
    });
    letter.take(letters).collect()
}

#[test]
fn a_mail_is_known_again_wherever_it_landed() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "x").id;
        let message = desk.say(&store, ticket, "Hello");
        let seen = |print| read(&store, move |tx| threads::seen(tx, print));
        write(&store, move |tx| {
            threads::arrived(tx, "aa", Landed::Message(message), at(0))?;
            threads::arrived(tx, "bb", Landed::Unsorted(UnsortedId(3)), at(0))
        });
        assert_eq!(seen("aa"), Some(Seen::Message { message, ticket }));
        assert_eq!(seen("bb"), Some(Seen::Unsorted(UnsortedId(3))));
        assert_eq!(seen("cc"), None);
        write(&store, move |tx| threads::moved(tx, UnsortedId(3), message));
        assert_eq!(seen("bb"), Some(Seen::Message { message, ticket }));
    });
}

#[test]
fn the_same_mail_can_not_be_kept_twice() {
    both(|store| {
        let arrive = || {
            let landed = Landed::Message(MessageId(1));
            store.write_blocking(move |tx| threads::arrived(tx, "aa", landed, at(0)))
        };
        assert_eq!(arrive(), Ok(()));
        let refused = arrive();
        assert!(
            matches!(refused, Err(StoreError::Unique { .. })),
            "{refused:?}"
        );
    });
}

#[test]
fn other_forms_of_a_mail_are_found_beside_it_each_once() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "x").id;
        let message = desk.say(&store, ticket, "Hello");
        write(&store, move |tx| {
            threads::arrived(tx, "aa", Landed::Message(message), at(0))?;
            threads::arrived(tx, "bb", Landed::Unsorted(UnsortedId(3)), at(0))?;
            threads::copied(tx, "aa", "02", at(1))?;
            threads::copied(tx, "aa", "01", at(2))?;
            threads::copied(tx, "aa", "02", at(3))?;
            threads::copied(tx, "bb", "09", at(1))
        });
        let copies = |landed| read(&store, move |tx| threads::copies_of(tx, landed));
        assert_eq!(copies(Landed::Message(message)), ["02", "01"]);
        assert_eq!(copies(Landed::Unsorted(UnsortedId(3))), ["09"]);
        let of_ticket = read(&store, move |tx| threads::copies_of_tickets(tx, &[ticket]));
        let landed = Landed::Message(message);
        assert_eq!(
            of_ticket,
            [(landed, "02".to_owned()), (landed, "01".to_owned())]
        );
    });
}
