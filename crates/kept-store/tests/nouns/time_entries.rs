//! Time entries: as events leave them, and as a ticket shows them with those told on it.

use jiff::civil::date;
use kept_domain::event::Event;
use kept_domain::ids::{MessageId, PersonId, TicketId};
use kept_domain::tickets::Status;
use kept_domain::time_entries::{Details, Spent, When, WorkType};
use kept_domain::turn::Turn;
use kept_store::testing::both;
use kept_store::{Store, time_entries};

use crate::support::{at, desk, happen, read, write};

fn details(spent: &str) -> Details {
    Details {
        when: When::Began(at(0)),
        spent: Spent::parse(spent).expect("a length"),
        work_type: WorkType::Work,
        text: None,
    }
}

fn follow(store: &Store, ticket: TicketId, minute: i64, event: Event) {
    write(store, move |tx| {
        time_entries::follow(tx, ticket, at(minute), &event)
    });
}

fn logged(person: PersonId, entry: u32, spent: &str, message: Option<MessageId>) -> Event {
    Event::TimeLogged {
        entry,
        person,
        message,
        details: details(spent),
    }
}

/// `#1.2 Noor Haddad 15 min` of `3 s in 1`.
fn told(store: &Store, ticket: TicketId, skip: usize, limit: usize) -> (String, Vec<String>) {
    let sheet = read(store, move |tx| {
        time_entries::sheet(tx, ticket, skip, limit)
    });
    let line = |it: &time_entries::Listed| {
        let (number, spent) = (it.entry.number, it.entry.details.spent);
        format!("#{}.{number} {} {spent}", it.ticket, it.name)
    };
    let figures = format!("{} s in {}", sheet.total_seconds, sheet.many);
    (figures, sheet.listed.iter().map(line).collect())
}

#[test]
fn a_ticket_shows_its_time_and_that_of_those_told_on_it() {
    both(|store| {
        let desk = desk(&store);
        let one = desk.open(&store, 0, "One").id;
        let two = desk.open(&store, 1, "Two").id;
        assert_eq!(told(&store, one, 0, 9), ("0 s in 0".to_owned(), vec![]));
        follow(&store, one, 1, logged(desk.noor, 1, "15m", None));
        follow(&store, one, 2, logged(desk.ines, 2, "30s", None));
        follow(&store, two, 3, logged(desk.noor, 1, "1h", None));
        let all = ["#1.2 Ines Moreau 30 s", "#1.1 Noor Haddad 15 min"];
        let all: Vec<String> = all.map(str::to_owned).into();
        let figures = "930 s in 2".to_owned();
        assert_eq!(told(&store, one, 0, 9), (figures.clone(), all.clone()));
        assert_eq!(told(&store, one, 1, 1), (figures, all[1..].to_vec()));
        happen(&store, two, 5, Event::MergedInto { ticket: one });
        let (figures, lines) = told(&store, one, 0, 1);
        assert_eq!(figures, "4530 s in 3");
        assert_eq!(lines, ["#2.1 Noor Haddad 1 h"]);
        // By itself it still tells its own.
        assert_eq!(told(&store, two, 0, 9).0, "3600 s in 1");
        happen(&store, two, 6, Event::MergeUndone { ticket: one });
        assert_eq!(told(&store, one, 0, 9).0, "930 s in 2");
    });
}

#[test]
fn what_is_put_right_or_taken_off_leaves_its_number() {
    both(|store| {
        let desk = desk(&store);
        let one = desk.open(&store, 0, "One").id;
        let last = |store: &Store| read(store, move |tx| time_entries::last_number(tx, one));
        assert_eq!(last(&store), 0);
        follow(&store, one, 1, logged(desk.noor, 1, "15m", None));
        let to = Details {
            when: When::On(date(2026, 11, 20)),
            spent: Spent::parse("20m").expect("a length"),
            work_type: WorkType::Travel,
            text: Some("to Lyon".into()),
        };
        let changed = Event::TimeChanged {
            entry: 1,
            from: details("15m"),
            to: to.clone(),
            why: None,
        };
        follow(&store, one, 2, changed);
        let found = read(&store, move |tx| time_entries::find(tx, one, 1)).expect("is there");
        assert_eq!((found.details, found.logged_at), (to.clone(), at(1)));
        let removed = Event::TimeRemoved {
            entry: 1,
            spent: to.spent,
            why: None,
        };
        follow(&store, one, 3, removed);
        assert_eq!(told(&store, one, 0, 9), ("0 s in 0".to_owned(), vec![]));
        assert_eq!(last(&store), 1);
        let restored = Event::TimeRestored {
            entry: 1,
            spent: to.spent,
        };
        follow(&store, one, 4, restored);
        assert_eq!(told(&store, one, 0, 9).0, "1200 s in 1");
        write(&store, move |tx| time_entries::forget(tx, one));
        assert_eq!(read(&store, move |tx| time_entries::all_of(tx, one)), []);
    });
}

#[test]
fn time_that_came_with_a_message_goes_with_it() {
    both(|store| {
        let desk = desk(&store);
        let one = desk.open(&store, 0, "One").id;
        let (said, other) = (MessageId(7), MessageId(8));
        follow(&store, one, 1, logged(desk.noor, 1, "15m", Some(said)));
        follow(&store, one, 1, logged(desk.noor, 2, "5m", Some(other)));
        let with = move |store: &Store, ids: Vec<MessageId>| {
            let found = read(store, move |tx| time_entries::with_messages(tx, one, &ids));
            found.iter().map(|it| it.number).collect::<Vec<_>>()
        };
        assert_eq!(with(&store, vec![said, MessageId(9)]), [1]);
        assert_eq!(with(&store, vec![]), [0; 0]);
        let withdrawn = Event::Withdrawn {
            message: said,
            status: Status::New,
            turn: Turn::Desk,
            resolved_at: None,
            closed_at: None,
            wait: None,
            delegation: None,
        };
        follow(&store, one, 2, withdrawn);
        assert_eq!(with(&store, vec![said, other]), [2]);
        assert_eq!(told(&store, one, 0, 9).0, "300 s in 1");
    });
}
