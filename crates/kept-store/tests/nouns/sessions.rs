//! Sessions run until they expire or somebody ends them; links work once.

use kept_domain::ids::PersonId;
use kept_domain::people::Role;
use kept_store::testing::both;
use kept_store::{Store, people, sessions};

use crate::support::{at, desk, read, write};

fn begin(store: &Store, token: &'static str, person: PersonId, until: i64) {
    write(store, move |tx| {
        sessions::insert(tx, token, person, at(0), at(until))
    });
}

fn viewer(store: &Store, token: &'static str, minute: i64) -> Option<(String, Role)> {
    let viewer = read(store, move |tx| sessions::viewer(tx, token, at(minute)));
    viewer.map(|viewer| (viewer.name, viewer.role))
}

#[test]
fn a_session_runs_until_it_expires() {
    both(|store| {
        let desk = desk(&store);
        begin(&store, "a", desk.noor, 60);
        let noor = Some(("Noor Haddad".to_owned(), Role::Agent));
        assert_eq!(viewer(&store, "a", 0), noor);
        assert_eq!(viewer(&store, "a", 59), noor);
        assert_eq!(viewer(&store, "a", 60), None);
        assert_eq!(viewer(&store, "b", 0), None);
    });
}

#[test]
fn whoever_left_or_lost_their_role_is_not_let_in() {
    both(|store| {
        let desk = desk(&store);
        begin(&store, "i", desk.ines, 60);
        begin(&store, "n", desk.noor, 60);
        begin(&store, "d", desk.dana, 60);
        write(&store, move |tx| {
            people::set_left(tx, desk.ines, Some(at(1)))?;
            people::set_role(tx, desk.noor, None)
        });
        for token in ["i", "n", "d"] {
            assert_eq!(viewer(&store, token, 2), None, "{token}");
        }
    });
}

#[test]
fn signing_out_ends_one_session_or_all_of_somebodys() {
    both(|store| {
        let desk = desk(&store);
        begin(&store, "1", desk.noor, 60);
        begin(&store, "2", desk.noor, 60);
        begin(&store, "3", desk.noor, 60);
        begin(&store, "4", desk.ines, 60);
        write(&store, |tx| sessions::delete(tx, "1"));
        let runs = |token| viewer(&store, token, 0).is_some();
        assert_eq!(["1", "2", "3", "4"].map(runs), [false, true, true, true]);
        write(&store, move |tx| sessions::delete_all_of(tx, desk.noor));
        assert_eq!(["2", "3", "4"].map(runs), [false, false, true]);
    });
}

#[test]
fn expired_sessions_and_links_are_forgotten() {
    both(|store| {
        let desk = desk(&store);
        begin(&store, "old", desk.noor, 10);
        begin(&store, "new", desk.noor, 60);
        write(&store, move |tx| {
            sessions::insert_link(tx, "link", desk.noor, at(10))
        });
        assert_eq!(write(&store, |tx| sessions::delete_expired(tx, at(10))), 1);
        assert!(viewer(&store, "new", 10).is_some());
        assert_eq!(
            write(&store, |tx| sessions::take_link(tx, "link", at(0))),
            None
        );
    });
}

#[test]
fn a_link_works_once_and_not_when_it_is_too_old() {
    both(|store| {
        let desk = desk(&store);
        let link = |token: &'static str| {
            write(&store, move |tx| {
                sessions::insert_link(tx, token, desk.noor, at(10))
            });
        };
        let take = |token: &'static str, minute| {
            write(&store, move |tx| sessions::take_link(tx, token, at(minute)))
        };
        link("a");
        link("b");
        assert_eq!(take("a", 9), Some(desk.noor));
        assert_eq!(take("a", 9), None);
        assert_eq!(take("b", 10), None);
        assert_eq!(take("c", 0), None);
    });
}
