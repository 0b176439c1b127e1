//! Agreements keep every wording, and each client or queue has one at most.

use kept_domain::agreements::{Scope, by_default};
use kept_store::StoreError;
use kept_store::agreements::{self, NewVersion};
use kept_store::testing::both;

use crate::support::{at, desk, read, write};

#[test]
fn each_wording_is_kept_and_counted() {
    both(|store| {
        let desk = desk(&store);
        let first = by_default("Europe/Lisbon").expect("a zone");
        let mut second = first.clone();
        second.warn_percent = 50;
        let wordings = [first.clone(), second.clone()];
        let id = write(&store, move |tx| {
            let id = agreements::insert(tx, "Acme", Scope::Client(desk.acme), at(0))?;
            for (place, wording) in wordings.iter().enumerate() {
                let new = NewVersion {
                    agreement: id,
                    from: at(place as i64),
                    wording,
                    by: Some(desk.ines),
                };
                agreements::add_version(tx, new, at(5))?;
            }
            agreements::set_until(tx, id, Some(at(9)))?;
            agreements::rename(tx, id, "Acme, all in")?;
            Ok(id)
        });
        let versions = read(&store, agreements::versions);
        let shown: Vec<_> = versions
            .iter()
            .map(|it| (it.number, it.from, it.until, it.wording.warn_percent))
            .collect();
        assert_eq!(
            shown,
            [(1, at(0), Some(at(9)), 75), (2, at(1), Some(at(9)), 50)]
        );
        assert!(
            versions
                .iter()
                .all(|it| it.agreement == id && it.name == "Acme, all in")
        );
        assert_eq!(*versions[1].wording, second);
        let authors = read(&store, move |tx| agreements::authors(tx, id));
        let authors: Vec<_> = authors
            .into_iter()
            .map(|it| (it.version, it.name, it.at))
            .collect();
        let ines = || Some("Ines Moreau".to_owned());
        assert_eq!(
            authors,
            [
                (versions[0].id, ines(), at(5)),
                (versions[1].id, ines(), at(5))
            ]
        );
        let found = read(&store, move |tx| agreements::find(tx, id)).expect("is there");
        assert_eq!(
            (found.scope, found.until),
            (Scope::Client(desk.acme), Some(at(9)))
        );
    });
}

#[test]
fn a_client_has_one_agreement_at_most() {
    both(|store| {
        let desk = desk(&store);
        for scope in [Scope::Client(desk.acme), Scope::Queue(desk.support)] {
            write(&store, move |tx| {
                agreements::insert(tx, "One", scope, at(0))
            });
            let again = store.write_blocking(move |tx| agreements::insert(tx, "Two", scope, at(0)));
            assert!(matches!(again, Err(StoreError::Unique { .. })), "{scope:?}");
        }
    });
}

#[test]
fn an_agreement_that_ended_can_begin_anew() {
    both(|store| {
        let desk = desk(&store);
        let wording = by_default("UTC").expect("a zone");
        write(&store, move |tx| {
            let id = agreements::insert(tx, "Acme", Scope::Client(desk.acme), at(0))?;
            let version = |from| NewVersion {
                agreement: id,
                from: at(from),
                wording: &wording,
                by: None,
            };
            agreements::add_version(tx, version(0), at(0))?;
            agreements::set_until(tx, id, Some(at(5)))?;
            agreements::reopen(tx, id)?;
            agreements::add_version(tx, version(8), at(8))
        });
        let versions = read(&store, agreements::versions);
        let told: Vec<_> = versions.iter().map(|it| (it.from, it.until)).collect();
        assert_eq!(told, [(at(0), Some(at(5))), (at(8), None)]);
        for left in [1, 0] {
            let last = read(&store, agreements::versions).pop().expect("one").id;
            write(&store, move |tx| agreements::remove_version(tx, last));
            assert_eq!(read(&store, agreements::versions).len(), left);
            assert_eq!(read(&store, agreements::all).len(), left);
        }
    });
}
