//! Queues come back as they were set up, and are found by their addresses.

use kept_domain::ids::QueueId;
use kept_domain::queues::{Duty, Sender, SenderStyle};
use kept_store::queues::{self, QueueSettings};
use kept_store::testing::both;
use kept_store::{StoreError, people, settings as remembered};

use crate::support::{address, at, desk, read, settings, write};

#[test]
fn a_queue_comes_back_as_it_was_set_up() {
    both(|store| {
        let desk = desk(&store);
        let monday = Duty {
            weekday: 1,
            from_minute: 540,
            to_minute: 1020,
        };
        let sales = QueueSettings {
            addresses: vec![address("sales@desk.example"), address("buy@desk.example")],
            members: vec![(desk.ines, vec![monday]), (desk.noor, vec![])],
            sender: Sender {
                style: SenderStyle::Desk,
                name: "Example IT".into(),
            },
            ..settings("Sales", "x@desk.example", desk.noor, desk.noor)
        };
        let id = write(&store, move |tx| {
            let id = queues::insert(tx, &settings("?", "old@desk.example", desk.ines, desk.ines))?;
            queues::update(tx, id, &sales)?;
            Ok(id)
        });
        let all = read(&store, queues::all);
        let [support, sales] = all.as_slice() else {
            panic!("{all:?}")
        };
        assert_eq!((support.id, sales.id), (desk.support, id));
        assert_eq!(
            (sales.name.as_str(), sales.dispatcher),
            ("Sales", desk.noor)
        );
        let addresses = [address("sales@desk.example"), address("buy@desk.example")];
        assert_eq!(sales.addresses, addresses);
        assert_eq!(sales.members[0].duties, [monday]);
        assert_eq!(sales.zone, "Europe/Lisbon");
        assert_eq!(sales.sender.style, SenderStyle::Desk);
        assert_eq!(sales.sender.name, "Example IT");
        assert_eq!(support.sender, Sender::default());
        assert_eq!(
            read(&store, move |tx| queues::signature(tx, id)),
            "The desk"
        );
        assert_eq!(read(&store, |tx| queues::signature(tx, QueueId(4711))), "");
        assert_eq!(read(&store, queues::first), desk.support);
    });
}

#[test]
fn whoever_left_or_never_worked_here_is_on_no_rota() {
    both(|store| {
        let desk = desk(&store);
        write(&store, move |tx| {
            people::set_left(tx, desk.noor, Some(at(1)))
        });
        assert_eq!(read(&store, queues::all)[0].members, []);
    });
}

#[test]
fn queues_are_found_in_the_order_of_the_addresses_each_once() {
    both(|store| {
        let desk = desk(&store);
        let sales = write(&store, move |tx| {
            let two = vec![address("sales@desk.example"), address("buy@desk.example")];
            let sales = QueueSettings {
                addresses: two,
                ..settings("Sales", "x@desk.example", desk.noor, desk.noor)
            };
            queues::insert(tx, &sales)
        });
        let check = |texts: &[&str], expected: &[QueueId]| {
            let wanted: Vec<_> = texts.iter().map(|text| address(text)).collect();
            let found = read(&store, move |tx| queues::of_addresses(tx, &wanted));
            assert_eq!(found, expected, "{texts:?}");
        };
        check(&[], &[]);
        check(&["nobody@desk.example"], &[]);
        check(
            &["buy@desk.example", "support@desk.example"],
            &[sales, desk.support],
        );
        check(
            &["support@desk.example", "buy@desk.example"],
            &[desk.support, sales],
        );
        check(&["buy@desk.example", "sales@desk.example"], &[sales]);
    });
}

#[test]
fn an_address_takes_mail_for_one_queue_only() {
    both(|store| {
        let desk = desk(&store);
        let taken = settings("Sales", "support@desk.example", desk.noor, desk.noor);
        let refused = store.write_blocking(move |tx| queues::insert(tx, &taken));
        assert!(
            matches!(refused, Err(StoreError::Unique { .. })),
            "{refused:?}"
        );
        assert_eq!(read(&store, queues::all).len(), 1);
    });
}

#[test]
fn what_the_desk_remembers_is_set_claimed_taken_and_removed() {
    both(|store| {
        let get = |key| read(&store, move |tx| remembered::get(tx, key));
        assert_eq!(get("a"), None);
        write(&store, |tx| remembered::set(tx, "a", "1"));
        write(&store, |tx| remembered::set(tx, "a", "2"));
        assert!(!write(&store, |tx| remembered::claim(tx, "a", "3")));
        assert!(write(&store, |tx| remembered::claim(tx, "b", "3")));
        assert_eq!((get("a"), get("b")), (Some("2".into()), Some("3".into())));
        assert!(!write(&store, |tx| remembered::take(tx, "a", "1")));
        assert!(write(&store, |tx| remembered::take(tx, "a", "2")));
        assert!(!write(&store, |tx| remembered::take(tx, "a", "2")));
        write(&store, |tx| remembered::remove(tx, "b"));
        assert_eq!((get("a"), get("b")), (None, None));
    });
}
