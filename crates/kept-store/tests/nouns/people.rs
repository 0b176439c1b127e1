//! People: found by any of their addresses; what those at the desk need to sign in.

use kept_domain::ids::PersonId;
use kept_domain::people::Role;
use kept_store::testing::both;
use kept_store::{Store, StoreError, people};

use crate::support::{address, at, desk, meet, read, write};

#[test]
fn a_person_is_found_by_every_address_with_and_without_details() {
    both(|store| {
        let desk = desk(&store);
        write(&store, move |tx| {
            let both = [address("dana@acme.example"), address("fox@home.example")];
            people::set_addresses(tx, desk.dana, &both)?;
            meet(tx, "Lists", "dana+lists@acme.example", None, None)
        });
        let check = |text: &str, expected: Option<&str>| {
            let wanted = address(text);
            let name = read(&store, move |tx| {
                let Some(person) = people::find_by_address(tx, &wanted)? else {
                    return Ok(None);
                };
                Ok(people::find(tx, person)?.map(|person| person.name))
            });
            assert_eq!(name.as_deref(), expected, "{text}");
        };
        check("Dana@ACME.example", Some("Dana Fox"));
        check("fox@home.example", Some("Dana Fox"));
        check("dana+printer@acme.example", Some("Dana Fox"));
        check("dana+lists@acme.example", Some("Lists"));
        check("fox@acme.example", None);
        check("dana@home.example", None);
    });
}

#[test]
fn an_address_belongs_to_one_person_only() {
    both(|store| {
        let desk = desk(&store);
        let refused = store.write_blocking(move |tx| {
            people::add_address(tx, desk.noor, &address("dana@acme.example"), 1)
        });
        assert!(
            matches!(refused, Err(StoreError::Unique { .. })),
            "{refused:?}"
        );
    });
}

#[test]
fn a_card_comes_back_as_it_was_written() {
    both(|store| {
        let desk = desk(&store);
        write(&store, move |tx| {
            let two = [address("z@acme.example"), address("a@acme.example")];
            people::set_addresses(tx, desk.dana, &two)?;
            people::update(tx, desk.dana, "Dana Fox-Lee", None)
        });
        let dana = read(&store, move |tx| people::find(tx, desk.dana)).expect("she is there");
        assert_eq!(
            (dana.name.as_str(), dana.client, dana.role),
            ("Dana Fox-Lee", None, None)
        );
        let first = dana.addresses.first().map(ToString::to_string);
        assert_eq!(
            first.as_deref(),
            Some("z@acme.example"),
            "mail goes to the first"
        );
        let none = read(&store, |tx| people::find(tx, PersonId(4711)));
        assert_eq!(none, None);
        let mut names = read(&store, move |tx| people::names(tx, &[desk.ines, desk.dana]));
        names.sort();
        let expected = [(desk.ines, "Ines Moreau"), (desk.dana, "Dana Fox-Lee")];
        assert_eq!(names, expected.map(|(id, name)| (id, name.to_owned())));
        assert_eq!(read(&store, |tx| people::names(tx, &[])), []);
    });
}

fn password(store: &Store, person: PersonId) -> Option<String> {
    read(store, move |tx| people::password_of(tx, person))
}

#[test]
fn only_those_who_work_here_have_a_password_that_counts() {
    both(|store| {
        let desk = desk(&store);
        for person in [desk.ines, desk.noor, desk.dana] {
            write(&store, move |tx| {
                people::set_password(tx, person, "$argon2id$")
            });
        }
        assert!(password(&store, desk.ines).is_some());
        assert_eq!(password(&store, desk.dana), None);
        assert!(read(&store, people::an_admin_exists));
        write(&store, move |tx| {
            people::set_left(tx, desk.ines, Some(at(1)))
        });
        assert_eq!(password(&store, desk.ines), None);
        assert!(!read(&store, people::an_admin_exists));
        write(&store, move |tx| people::set_left(tx, desk.ines, None));
        assert!(password(&store, desk.ines).is_some());
        write(&store, move |tx| people::set_role(tx, desk.noor, None));
        assert_eq!(password(&store, desk.noor), None);
    });
}

#[test]
fn the_first_admin_is_the_oldest() {
    both(|store| {
        assert_eq!(read(&store, people::first_admin), None);
        let desk = desk(&store);
        write(&store, move |tx| {
            people::set_role(tx, desk.noor, Some(Role::Admin))
        });
        assert_eq!(read(&store, people::first_admin), Some(desk.ines));
    });
}

#[test]
fn people_are_listed_by_part_of_a_name_or_address_and_never_by_a_pattern() {
    both(|store| {
        let desk = desk(&store);
        write(&store, |tx| {
            meet(tx, "100%_Bo", "bo@home.example", None, None)?;
            meet(tx, "Zoë Ångström", "zoe@acme.example", None, None)
        });
        let check = |text: &'static str, expected: &[&str]| {
            let found = read(&store, move |tx| {
                people::list(tx, text, None, PersonId(0), 50)
            });
            let names: Vec<&str> = found.iter().map(|p| p.name.as_str()).collect();
            assert_eq!(names, expected, "{text:?} on {:?}", store.database());
        };
        check(
            "",
            &[
                "Ines Moreau",
                "Noor Haddad",
                "Dana Fox",
                "100%_Bo",
                "Zoë Ångström",
            ],
        );
        check("fox", &["Dana Fox"]);
        check("ACME", &["Dana Fox", "Zoë Ångström"]);
        check("%", &["100%_Bo"]);
        check("_", &["100%_Bo"]);
        check("'", &[]);
        check("ångström", &["Zoë Ångström"]);
        let after = read(&store, move |tx| people::list(tx, "", None, desk.dana, 1));
        assert_eq!(after[0].name, "100%_Bo");
        let of_acme = read(&store, move |tx| people::of_client(tx, desk.acme, 50));
        assert_eq!(of_acme.len(), 1);
        assert_eq!(of_acme[0].client, Some((desk.acme, "Acme".to_owned())));
    });
}

#[test]
fn agents_are_listed_by_name_also_those_who_left() {
    both(|store| {
        let desk = desk(&store);
        write(&store, move |tx| {
            people::set_left(tx, desk.ines, Some(at(1)))?;
            meet(
                tx,
                "anna",
                "anna@desk.example",
                None,
                Some(Role::Dispatcher),
            )
        });
        let agents = read(&store, people::agents);
        let names: Vec<(&str, bool)> = agents
            .iter()
            .map(|a| (a.name.as_str(), a.has_left))
            .collect();
        let expected = [
            ("anna", false),
            ("Ines Moreau", true),
            ("Noor Haddad", false),
        ];
        assert_eq!(names, expected);
        assert_eq!(agents[1].address, "ines@desk.example");
    });
}
