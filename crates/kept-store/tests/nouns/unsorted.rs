//! Mail that waits, is settled once, and can be fetched back when it was discarded.

use kept_domain::ids::{TicketId, UnsortedId};
use kept_domain::intake::Unsorted;
use kept_store::Store;
use kept_store::testing::both;
use kept_store::unsorted::{self, UnsortedMail};

use crate::support::{at, desk, read, write};

fn mail(subject: &str) -> UnsortedMail {
    UnsortedMail {
        id: UnsortedId(0),
        reason: Unsorted::NoSender,
        at: at(0),
        raw_sha256: "ab".repeat(32),
        raw_size_bytes: 412,
        author: String::new(),
        subject: subject.into(),
        excerpt: "Hello\0".into(),
        envelope: "{}".into(),
        settled_at: None,
        settled_as: None,
        ticket: None,
    }
}

fn wait(store: &Store, subject: &str) -> UnsortedId {
    let mail = mail(subject);
    write(store, move |tx| unsorted::insert(tx, &mail))
}

fn settle(store: &Store, id: UnsortedId, how: &'static str, ticket: Option<TicketId>) -> bool {
    write(store, move |tx| {
        let by = kept_domain::ids::PersonId(1);
        unsorted::settle(tx, id, by, at(5), how, ticket)
    })
}

#[test]
fn a_waiting_mail_comes_back_as_it_was_written() {
    both(|store| {
        for reason in [
            Unsorted::NoSender,
            Unsorted::FromOurselves,
            Unsorted::Loop,
            Unsorted::UnknownBounce,
            Unsorted::UnknownAutomatic,
            Unsorted::Unreadable,
            Unsorted::TooLarge,
        ] {
            let waiting = UnsortedMail {
                reason,
                excerpt: "Hello".into(),
                ..mail("Printer")
            };
            let written = waiting.clone();
            let id = write(&store, move |tx| unsorted::insert(tx, &written));
            let found = read(&store, move |tx| unsorted::find(tx, id));
            assert_eq!(found, Some(UnsortedMail { id, ..waiting }));
        }
        let none = read(&store, |tx| unsorted::find(tx, UnsortedId(4711)));
        assert_eq!(none, None);
    });
}

#[test]
fn what_waits_is_listed_newest_first_and_counted() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "x").id;
        let ids = ["a", "b", "c", "d", "e"].map(|subject| wait(&store, subject));
        assert!(settle(&store, ids[3], "ticket", Some(ticket)));
        assert_eq!(read(&store, unsorted::count_waiting), 4);
        let page = |before, limit| {
            let page = read(&store, move |tx| unsorted::waiting(tx, before, limit));
            page.iter().map(|mail| mail.id).collect::<Vec<_>>()
        };
        assert_eq!(page(None, 2), [ids[4], ids[2]]);
        assert_eq!(page(Some(ids[2]), 9), [ids[1], ids[0]]);
        let all = read(&store, move |tx| unsorted::all_after(tx, ids[0], 9));
        let all: Vec<UnsortedId> = all.iter().map(|mail| mail.id).collect();
        assert_eq!(all, ids[1..], "settled or not");
    });
}

#[test]
fn a_mail_is_settled_once_and_only_a_discard_can_be_taken_back() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "x").id;
        let [put, thrown] = ["a", "b"].map(|subject| wait(&store, subject));
        let unsettle = |id| write(&store, move |tx| unsorted::unsettle(tx, id));
        assert!(!unsettle(put));
        assert!(settle(&store, put, "ticket", Some(ticket)));
        assert!(!settle(&store, put, "discarded", None));
        let found = read(&store, move |tx| unsorted::find(tx, put)).expect("it is there");
        let settled = (found.settled_at, found.settled_as.as_deref(), found.ticket);
        assert_eq!(settled, (Some(at(5)), Some("ticket"), Some(ticket)));
        assert!(!unsettle(put));
        assert!(settle(&store, thrown, "discarded", None));
        assert!(unsettle(thrown));
        assert!(!unsettle(thrown));
        assert!(settle(&store, thrown, "ticket", Some(ticket)));
    });
}
