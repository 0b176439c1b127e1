//! Recurring tickets: as they were written, by their time, and each date once.

use std::collections::BTreeSet;

use jiff::civil::{date, time};
use kept_domain::recurring::Recurrence;
use kept_domain::templates::Template;
use kept_domain::tickets::{Kind, Priority};
use kept_store::recurrences::{self, Run};
use kept_store::templates;
use kept_store::testing::both;

use crate::support::{at, desk, read, write};

#[test]
fn what_recurs_is_found_by_its_time_and_takes_each_date_once() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "Backups").id;
        let template = Template {
            name: "Backups".into(),
            subject: "Backups".into(),
            text: String::new(),
            queue: None,
            kind: Kind::Request,
            priority: Priority::Normal,
            tags: BTreeSet::new(),
            steps: vec![],
        };
        let template = write(&store, move |tx| templates::insert(tx, &template));
        let one = Recurrence {
            name: "Daily".into(),
            template,
            client: Some(desk.acme),
            queue: None,
            rule: "FREQ=DAILY".into(),
            first: date(2026, 11, 23),
            time: time(8, 30, 0, 0),
            zone: "Europe/Lisbon".into(),
        };
        let new = one.clone();
        let id = write(&store, move |tx| {
            recurrences::insert(tx, &new, Some(at(60)))
        });
        let find = || read(&store, move |tx| recurrences::find(tx, id)).expect("is there");
        assert_eq!(
            (find().recurrence, find().next),
            (one.clone(), Some(at(60)))
        );
        let due = |minute| read(&store, move |tx| recurrences::due(tx, at(minute), 10));
        assert_eq!((due(59), due(60)), (vec![], vec![id]));
        assert_eq!(read(&store, recurrences::next_time), Some(at(60)));
        let changed = Recurrence {
            client: None,
            queue: Some(desk.support),
            ..one
        };
        let written = changed.clone();
        write(&store, move |tx| {
            recurrences::update(tx, id, &written, Some(at(90)))
        });
        assert_eq!(find().recurrence, changed);
        let day = date(2026, 11, 23);
        let begin = || write(&store, move |tx| recurrences::begin(tx, id, day, at(61)));
        assert_eq!((begin(), begin()), (true, false));
        write(&store, move |tx| {
            recurrences::set_ticket(tx, id, day, ticket)
        });
        let run = Run {
            date: day,
            ticket: Some(ticket),
        };
        assert_eq!(read(&store, move |tx| recurrences::runs(tx, id, 5)), [run]);
        write(&store, move |tx| {
            recurrences::set_paused(tx, id, true, None)
        });
        assert!(find().is_paused && due(999).is_empty());
        write(&store, move |tx| {
            recurrences::set_next(tx, id, Some(at(95)))
        });
        assert_eq!(due(95), [id]);
        write(&store, move |tx| {
            recurrences::set_removed(tx, id, Some(at(96)), None)
        });
        assert!(read(&store, recurrences::all).is_empty());
        assert_eq!((find().removed_at, find().next), (Some(at(96)), None));
    });
}
