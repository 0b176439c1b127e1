//! Assets: found, listed, related, and beside tickets.

use kept_domain::assets::{Draft, Relation};
use kept_domain::event::Event;
use kept_domain::ids::AssetId;
use kept_store::assets::{self, Asked, Standing};
use kept_store::lists::{self, List, Whose};
use kept_store::testing::both;
use kept_store::{Store, StoreError};

use crate::support::{Desk, at, desk, read, write};

fn laptop(desk: &Desk, name: &str, identifier: &str) -> Draft {
    Draft {
        name: name.into(),
        kind: "Laptop".into(),
        identifier: identifier.into(),
        client: Some(desk.acme),
        owner: Some(desk.dana),
        warranty_until: "2027-01-31".parse().ok(),
        ..Draft::default()
    }
}

fn add(store: &Store, draft: Draft) -> AssetId {
    write(store, move |tx| assets::insert(tx, &draft, at(0)))
}

fn asked(text: &str, standing: Standing) -> Asked {
    Asked {
        text: text.into(),
        client: None,
        owner: None,
        standing,
    }
}

fn names(store: &Store, asked: Asked) -> Vec<String> {
    let found = read(store, move |tx| assets::list(tx, &asked, None, 50));
    found.into_iter().map(|it| it.asset.is.name).collect()
}

#[test]
fn an_asset_is_kept_as_it_was_written_and_a_client_has_an_identifier_once() {
    both(|store| {
        let desk = desk(&store);
        let first = add(&store, laptop(&desk, "Front desk", "SN-1 a"));
        let found = read(&store, move |tx| assets::find(tx, first)).expect("it is there");
        assert_eq!(found.is, laptop(&desk, "Front desk", "SN-1 a"));
        let by = move |client, text: &'static str| {
            read(&store, move |tx| {
                assets::find_by_identifier(tx, client, text)
            })
        };
        assert_eq!(by(Some(desk.acme), "sn-1A"), Some(first));
        assert_eq!(by(None, "sn-1A"), None);
        assert_eq!(by(Some(desk.acme), " "), None);
    });
    both(|store| {
        let desk = desk(&store);
        add(&store, laptop(&desk, "One", "SN-1"));
        add(&store, laptop(&desk, "Two", ""));
        add(&store, laptop(&desk, "Three", ""));
        let again = laptop(&desk, "Four", "sn-1");
        let refused = store.write_blocking(move |tx| assets::insert(tx, &again, at(0)));
        assert!(
            matches!(refused, Err(StoreError::Unique { .. })),
            "{refused:?}"
        );
    });
}

#[test]
fn lists_are_by_name_and_show_what_ends_soon_or_is_retired() {
    both(|store| {
        let desk = desk(&store);
        let printer = Draft {
            name: "printer 100%".into(),
            service: "Printing".into(),
            ..Draft::default()
        };
        add(&store, laptop(&desk, "Zoe’s", "SN-2"));
        let old = add(&store, laptop(&desk, "Anna’s", "SN-3"));
        add(&store, printer);
        write(&store, move |tx| assets::set_retired(tx, old, Some(at(5))));
        assert_eq!(
            names(&store, asked("", Standing::InUse)),
            ["printer 100%", "Zoe’s"]
        );
        assert_eq!(names(&store, asked("", Standing::Retired)), ["Anna’s"]);
        for (text, expected) in [
            ("sn-2", vec!["Zoe’s"]),
            ("fox", vec!["Zoe’s"]),
            ("%", vec!["printer 100%"]),
            ("printing", vec!["printer 100%"]),
            ("_", vec![]),
        ] {
            assert_eq!(
                names(&store, asked(text, Standing::InUse)),
                expected,
                "{text}"
            );
        }
        let ends = |from: &str, to: &str| {
            let days = [from, to].map(|day| day.parse().expect("a day"));
            names(&store, asked("", Standing::WarrantyEnds(days[0], days[1])))
        };
        assert_eq!(ends("2027-01-31", "2027-03-01"), ["Zoe’s"]);
        assert_eq!(ends("2027-02-01", "2027-03-01"), [""; 0]);
        let all = asked("", Standing::InUse);
        let next = read(&store, move |tx| {
            assets::list(tx, &all, Some(("printer 100%", AssetId(99))), 50)
        });
        assert_eq!(next.len(), 1);
        let known = read(&store, |tx| {
            Ok((assets::kinds(tx, 9)?, assets::services(tx, 9)?))
        });
        assert_eq!(
            known,
            (vec!["Laptop".to_owned()], vec!["Printing".to_owned()])
        );
    });
}

#[test]
fn relations_are_seen_from_both_ends() {
    both(|store| {
        let desk = desk(&store);
        let one = add(&store, laptop(&desk, "Server", "1"));
        let two = add(&store, laptop(&desk, "Switch", "2"));
        let relate = |holds| {
            write(&store, move |tx| match holds {
                true => assets::relate(tx, one, Relation::DependsOn, two),
                false => assets::unrelate(tx, one, Relation::DependsOn, two),
            })
        };
        assert!(relate(true));
        assert!(!relate(true), "it is there already");
        let seen = |id| {
            let all = read(&store, move |tx| assets::relations(tx, id));
            let all = all.into_iter();
            all.map(|it| (it.name, it.is_back)).collect::<Vec<_>>()
        };
        assert_eq!(seen(one), [("Switch".to_owned(), false)]);
        assert_eq!(seen(two), [("Server".to_owned(), true)]);
        assert!(relate(false));
        assert!(seen(two).is_empty());
    });
}

#[test]
fn a_ticket_is_about_things_and_a_thing_has_its_tickets() {
    both(|store| {
        let desk = desk(&store);
        let asset = add(&store, laptop(&desk, "Server", "1"));
        let ticket = desk.open(&store, 0, "It hums").id;
        let linked = Event::AssetLinked {
            asset,
            name: "Server".into(),
        };
        write(&store, move |tx| {
            assets::follow(tx, ticket, &linked)?;
            assets::follow(tx, ticket, &linked)
        });
        let about = read(&store, move |tx| assets::of_ticket(tx, ticket));
        assert_eq!(about.len(), 1);
        assert_eq!(about[0].open_tickets, 1);
        assert_eq!(about[0].owner.as_deref(), Some("Dana Fox"));
        let whose = List::OpenOf(Whose::Asset(asset));
        let tickets = read(&store, move |tx| lists::page(tx, whose, None, 9));
        assert_eq!(tickets[0].id, ticket);
        write(&store, move |tx| assets::forget(tx, ticket));
        let about = read(&store, move |tx| assets::ids_of_ticket(tx, ticket));
        assert!(about.is_empty());
    });
}
