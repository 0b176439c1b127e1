//! Private links are found by what they are for and by nothing but their hash.

use kept_domain::ids::PrivateLinkId;
use kept_domain::private_links::{Link, Purpose};
use kept_store::private_links;
use kept_store::testing::both;

use crate::support::{at, desk, read, write};

fn link(purpose: Purpose, about: i64) -> Link {
    Link {
        id: PrivateLinkId(0),
        purpose,
        about,
        made_by: None,
        made_at: at(0),
        until: None,
        used_at: None,
        withdrawn_at: None,
    }
}

#[test]
fn a_link_is_found_by_its_own_purpose_only() {
    both(|store| {
        let noor = desk(&store).noor;
        let new = Link {
            made_by: Some(noor),
            until: Some(at(60)),
            ..link(Purpose::Scorecard, 7)
        };
        let stored = new.clone();
        let id = write(&store, move |tx| private_links::insert(tx, "aa", &stored));
        let find = |purpose, token| read(&store, move |tx| private_links::find(tx, purpose, token));
        assert_eq!(find(Purpose::Scorecard, "aa"), Some(Link { id, ..new }));
        assert_eq!(find(Purpose::Call, "aa"), None);
        assert_eq!(find(Purpose::Scorecard, "ab"), None);
    });
}

#[test]
fn those_about_one_thing_stand_in_the_order_in_which_they_were_made() {
    both(|store| {
        let made = write(&store, |tx| {
            let first = private_links::insert(tx, "a", &link(Purpose::Calendar, 1))?;
            private_links::insert(tx, "b", &link(Purpose::Calendar, 2))?;
            private_links::insert(tx, "c", &link(Purpose::Call, 1))?;
            let last = private_links::insert(tx, "d", &link(Purpose::Calendar, 1))?;
            Ok([first, last])
        });
        let found = read(&store, |tx| private_links::of(tx, Purpose::Calendar, 1));
        assert_eq!(found.iter().map(|it| it.id).collect::<Vec<_>>(), made);
    });
}

#[test]
fn a_link_is_used_again_and_again_and_withdrawn_once() {
    both(|store| {
        let id = write(&store, |tx| {
            private_links::insert(tx, "a", &link(Purpose::Call, 1))
        });
        write(&store, move |tx| private_links::set_used(tx, id, at(5)));
        write(&store, move |tx| private_links::set_used(tx, id, at(65)));
        assert!(write(&store, move |tx| private_links::withdraw(
            tx,
            id,
            at(70)
        )));
        assert!(!write(&store, move |tx| private_links::withdraw(
            tx,
            id,
            at(80)
        )));
        let found = read(&store, |tx| private_links::of(tx, Purpose::Call, 1));
        let times = (found[0].used_at, found[0].withdrawn_at);
        assert_eq!(times, (Some(at(65)), Some(at(70))));
    });
}

/// Two links that one token opens would open the wrong one some day.
#[test]
fn a_token_is_taken_once() {
    both(|store| {
        write(&store, |tx| {
            private_links::insert(tx, "a", &link(Purpose::Call, 1))
        });
        let again =
            store.write_blocking(|tx| private_links::insert(tx, "a", &link(Purpose::Call, 2)));
        assert!(again.is_err());
    });
}
