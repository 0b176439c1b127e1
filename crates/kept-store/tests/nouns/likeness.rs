//! Likely duplicates: found by their keys, set apart for good, and keys of older names worked out later.

use kept_domain::cards::CardOf;
use kept_store::likeness::{self, Pair, Why};
use kept_store::testing::both;
use kept_store::{Store, clients, merges, people};

use crate::support::{address, at, desk, domain, meet, read, write};

fn pairs(store: &Store, only: Option<CardOf>) -> Vec<Pair> {
    read(store, move |tx| match only {
        Some(card) => likeness::pairs_of(tx, card),
        None => likeness::pairs(tx),
    })
}

#[test]
fn people_of_one_client_are_suggested_by_name_and_by_mailbox() {
    both(|store| {
        let desk = desk(&store);
        let (same, boxed) = write(&store, move |tx| {
            let other = clients::insert(tx, "Other", at(0))?;
            let same = meet(tx, "FOX, Dána", "df@acme.example", Some(desk.acme), None)?;
            let boxed = meet(tx, "D.", "dana@acme.test", Some(desk.acme), None)?;
            meet(tx, "Dana Fox", "dana@other.example", Some(other), None)?;
            meet(tx, "Dana Fox", "dana@nowhere.example", None, None)?;
            Ok((CardOf::Person(same), CardOf::Person(boxed)))
        });
        let dana = CardOf::Person(desk.dana);
        let pair = |other, why| Pair {
            one: dana,
            other,
            why,
        };
        let wanted = [pair(same, Why::Name), pair(boxed, Why::LocalPart)];
        assert_eq!(pairs(&store, None), wanted);
        assert_eq!(pairs(&store, Some(boxed)), wanted[1..]);
        assert_eq!(pairs(&store, Some(CardOf::Client(desk.acme))), []);
        write(&store, move |tx| {
            likeness::set_apart(tx, (same, dana), desk.ines, at(1))
        });
        assert_eq!(pairs(&store, None), wanted[1..]);
        let back = write(&store, move |tx| likeness::suggest_again(tx, dana, same));
        assert!(back, "in either order");
        assert!(!write(&store, move |tx| likeness::suggest_again(
            tx, dana, same
        )));
        write(&store, move |tx| {
            merges::begin(tx, same, dana, desk.ines, at(2))
        });
        assert_eq!(
            pairs(&store, None),
            wanted[1..],
            "what is merged is one already"
        );
        write(&store, move |tx| {
            people::set_addresses(tx, desk.dana, &[address("fox@acme.example")])
        });
        assert_eq!(pairs(&store, None), []);
    });
}

#[test]
fn clients_are_suggested_by_name_and_by_a_domain_within_the_other_s() {
    both(|store| {
        let desk = desk(&store);
        let (named, within) = write(&store, move |tx| {
            let named = clients::insert(tx, "ACMÉ", at(0))?;
            let within = clients::insert(tx, "Workshop", at(0))?;
            clients::set_domains(tx, within, &[domain("shop.acme.example")])?;
            Ok((CardOf::Client(named), CardOf::Client(within)))
        });
        let acme = CardOf::Client(desk.acme);
        let wanted = [
            Pair {
                one: acme,
                other: named,
                why: Why::Name,
            },
            Pair {
                one: acme,
                other: within,
                why: Why::Domain("acme.example".into()),
            },
        ];
        assert_eq!(pairs(&store, None), wanted);
        assert_eq!(pairs(&store, Some(acme)), wanted[..1]);
        assert_eq!(pairs(&store, Some(named)), wanted[..1]);
        write(&store, move |tx| clients::rename(tx, desk.acme, "Summit"));
        assert_eq!(pairs(&store, None), wanted[1..]);
        assert_eq!(pairs(&store, Some(within)), wanted[1..]);
        assert_eq!(
            pairs(&store, Some(acme)),
            [],
            "of those below, the page of all tells"
        );
    });
}

#[test]
fn names_from_before_there_were_keys_get_theirs_once() {
    both(|store| {
        let desk = desk(&store);
        write(&store, move |tx| {
            meet(tx, "dana fox", "df@acme.example", Some(desk.acme), None)?;
            tx.exec("UPDATE people SET name_key = NULL", &[])
        });
        assert_eq!(pairs(&store, None), []);
        assert_eq!(write(&store, likeness::work_out_keys), 4);
        assert_eq!(pairs(&store, None).len(), 1);
        assert_eq!(write(&store, likeness::work_out_keys), 0);
    });
}
