//! Lengths of time as people write them, and what may be done with an entry.

use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::{
    BadEntry, BadTime, Details, Editor, MOST_ENTRIES, MOST_SECONDS, Moment, Spent, TimeEntry, When,
    WorkType, change, entries, in_words, log, remove, restore, spent_with,
};
use crate::event::{Actor, Event, Recorded};
use crate::ids::{EventId, MessageId, PersonId, TicketId};
use crate::tickets::{Refused, Status, Ticket, samples};
use crate::turn::Turn;

#[test]
fn people_write_lengths_of_time_in_many_ways() {
    let check = |text: &str, says: &str| {
        let read = Spent::parse(text).map(|spent| spent.to_string());
        assert_eq!(read.as_deref(), Ok(says), "{text:?}");
    };
    check("15", "15 min");
    check(" 15m ", "15 min");
    check("15 min", "15 min");
    check("90 min", "1 h 30 min");
    check("90 Minuten", "1 h 30 min");
    check("1h", "1 h");
    check("1h30", "1 h 30 min");
    check("1h 30", "1 h 30 min");
    check("1 h 30 min", "1 h 30 min");
    check("1H 30M", "1 h 30 min");
    check("2 hours 5 minutes 3 seconds", "2 h 5 min 3 s");
    check("2 Std. 5 Min.", "2 h 5 min");
    check("1:30", "1 h 30 min");
    check("0:05", "5 min");
    check("0:00:30", "30 s");
    check("1.5h", "1 h 30 min");
    check("1,5 h", "1 h 30 min");
    check("0.25 h", "15 min");
    check("7.5", "7 min 30 s");
    check("1.3333h", "1 h 20 min");
    check("5m 30", "5 min 30 s");
    check("45s", "45 s");
    check("24h", "24 h");
    check("1440", "24 h");
}

#[test]
fn a_total_can_be_longer_than_a_day_and_nothing() {
    assert_eq!(in_words(0), "0 min");
    assert_eq!(in_words(95_430), "26 h 30 min 30 s");
}

#[test]
fn what_is_no_length_of_time_says_how_to_write_one() {
    let check = |text: &str, problem: &str| {
        let read = Spent::parse(text).map_err(|problem| problem.to_string());
        assert_eq!(read, Err(problem.to_owned()), "{text:?}");
    };
    let unreadable = |text: &str| {
        format!("“{text}” is not a length of time; write it as 15m, 1h 30, 1:30 or 1.5h")
    };
    for text in [
        "soon",
        "-5",
        "15 30",
        "1:90",
        "1:5",
        "1:2:3:4",
        "1.5h 30",
        "30m 1h",
        "1h 1h",
        "1e3",
        "1.",
        ".5",
        "1.23456h",
        "5 parsecs",
        "٣",
        "1::30",
        "1h:30",
        "9999999",
        "h",
    ] {
        check(text, &unreadable(text));
    }
    check("", &BadTime::Nothing.to_string());
    check("  ", &BadTime::Nothing.to_string());
    check("0", &BadTime::TooShort.to_string());
    check("0.0001h", &BadTime::TooShort.to_string());
    check("24h 1s", &BadTime::TooLong.to_string());
    check("999999h", &BadTime::TooLong.to_string());
}

#[test]
fn a_line_begins_with_the_time_and_goes_on_with_what_was_done() {
    let check = |line: &str, spent: &str, rest: &str| {
        let (read, said) = Spent::first_of(line).expect("it begins with a time");
        assert_eq!((read.to_string().as_str(), said), (spent, rest), "{line:?}");
    };
    check("15m new roller", "15 min", "new roller");
    check("15 new roller", "15 min", "new roller");
    check("15", "15 min", "");
    check("1h 30 new roller", "1 h 30 min", "new roller");
    check("1 h 30 min  new roller", "1 h 30 min", "new roller");
    check("1:30 3 printers", "1 h 30 min", "3 printers");
    check("15 3 printers", "15 min", "3 printers");
    check("2 minutes of fame", "2 min", "of fame");
    let refused = |line: &str, problem: BadTime| {
        assert_eq!(Spent::first_of(line), Err(problem), "{line:?}");
    };
    refused("new roller", BadTime::Unreadable("new".into()));
    refused("", BadTime::Nothing);
    refused("25h roller", BadTime::TooLong);
    refused("0 roller", BadTime::TooShort);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_shown_and_what_is_typed_read_as_the_same(seconds in 1..=MOST_SECONDS) {
        let spent = Spent::try_from(seconds).expect("a length");
        prop_assert_eq!(Spent::parse(&spent.to_string()), Ok(spent));
        prop_assert_eq!(Spent::parse(&spent.typed()), Ok(spent));
        let line = format!("{spent} and more");
        prop_assert_eq!(Spent::first_of(&line), Ok((spent, "and more")));
    }

    #[test]
    fn any_text_is_a_length_of_time_or_is_not(text in "[0-9hms:., \\-minStd]{0,24}|.{0,80}") {
        if let Ok(spent) = Spent::parse(&text) {
            prop_assert!((1..=MOST_SECONDS).contains(&spent.seconds()));
            prop_assert_eq!(Spent::parse(&spent.typed()), Ok(spent));
        }
        let _ = Spent::first_of(&text);
    }
}

const NOOR: PersonId = PersonId(2);
const JONAS: PersonId = PersonId(3);

fn now() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().expect("a time")
}

fn moment() -> Moment {
    Moment {
        now: now(),
        today: date(2026, 11, 23),
    }
}

fn ticket() -> Ticket {
    let opened = samples::opened_for(NOOR);
    Ticket::opened(TicketId(1), now(), &opened).expect("a ticket")
}

fn details(spent: &str, when: When) -> Details {
    Details {
        when,
        spent: Spent::parse(spent).expect("a length"),
        work_type: WorkType::Work,
        text: None,
    }
}

/// That ended just now.
fn just_now(spent: &str) -> Details {
    let long = Spent::parse(spent).expect("a length").duration();
    details(spent, When::Began(now() - long))
}

fn logged(details: &Details) -> Result<Event, BadEntry> {
    log(&ticket(), 0, (NOOR, None), details, moment())
}

fn of(editor: PersonId) -> Editor {
    Editor {
        person: editor,
        is_admin: false,
    }
}

const ADMIN: Editor = Editor {
    person: JONAS,
    is_admin: true,
};

fn entry() -> TimeEntry {
    TimeEntry {
        number: 4,
        person: NOOR,
        message: None,
        details: just_now("15m"),
        logged_at: now(),
        removed_at: None,
    }
}

fn told(events: Vec<Event>) -> Vec<Recorded> {
    let line = |(n, event)| Recorded {
        id: EventId(n),
        ticket: TicketId(1),
        at: now() + SignedDuration::from_mins(n),
        by: Actor::Person(NOOR),
        event,
    };
    (0..).zip(events).map(line).collect()
}

#[test]
fn work_is_logged_once_it_is_done() {
    assert!(logged(&just_now("15m")).is_ok());
    let began = |minutes| When::Began(now() - SignedDuration::from_mins(minutes));
    assert_eq!(logged(&details("15m", began(14))), Err(BadEntry::ToCome));
    assert_eq!(logged(&details("15m", began(-60))), Err(BadEntry::ToCome));
    assert!(logged(&details("10h", When::On(date(2026, 11, 23)))).is_ok());
    let tomorrow = When::On(date(2026, 11, 24));
    assert_eq!(logged(&details("1m", tomorrow)), Err(BadEntry::ToCome));
    assert!(logged(&details("1m", When::On(date(2024, 1, 1)))).is_ok());
    for ancient in [
        When::On(date(2020, 1, 1)),
        When::On(date(-9999, 1, 1)),
        When::Began(Timestamp::MIN),
    ] {
        assert_eq!(logged(&details("1m", ancient)), Err(BadEntry::TooLongAgo));
    }
    assert_eq!(
        logged(&details("1m", When::Began(Timestamp::MAX))),
        Err(BadEntry::ToCome)
    );
}

#[test]
fn what_was_done_is_one_line_of_words() {
    let said = |text: &str| Details {
        text: Some(text.to_owned()),
        ..just_now("15m")
    };
    let kept = |text: &str| match logged(&said(text)) {
        Ok(Event::TimeLogged { details, .. }) => Ok(details.text),
        Ok(_) => Ok(None),
        Err(problem) => Err(problem),
    };
    assert_eq!(kept(" new\n roller "), Ok(Some("new roller".to_owned())));
    assert_eq!(kept(" "), Ok(None));
    assert_eq!(kept(&"x".repeat(501)), Err(BadEntry::TextTooLong));
}

#[test]
fn time_is_logged_late_but_not_where_nothing_is_told() {
    let mut ended = ticket();
    ended.status = Status::Closed;
    assert!(log(&ended, 0, (NOOR, None), &just_now("1m"), moment()).is_ok());
    let mut merged = ticket();
    merged.merged_into = Some(TicketId(2));
    let refused = log(&merged, 0, (NOOR, None), &just_now("1m"), moment());
    let expected = Refused::Merged(TicketId(1), TicketId(2));
    assert_eq!(refused, Err(BadEntry::Refused(expected)));
    let full = log(
        &ticket(),
        MOST_ENTRIES,
        (NOOR, None),
        &just_now("1m"),
        moment(),
    );
    assert_eq!(full, Err(BadEntry::TooMany));
}

#[test]
fn it_moves_no_turn_and_reopens_nothing() {
    for status in [
        Status::New,
        Status::Waiting,
        Status::Parked,
        Status::Resolved,
        Status::Closed,
    ] {
        let mut before = ticket();
        (before.status, before.base_turn) = (status, Turn::Client);
        let mut after = before.clone();
        let logged = logged(&just_now("15m")).expect("it is logged");
        after.apply(now(), &logged);
        after.apply(
            now(),
            &change(&entry(), of(NOOR), &just_now("20m"), "", moment())
                .expect("changed")
                .expect("an event"),
        );
        after.apply(now(), &remove(&entry(), of(NOOR), "").expect("removed"));
        assert_eq!(after, before, "{status:?}");
    }
}

#[test]
fn an_agent_changes_their_own_time_and_an_admin_says_why() {
    let to = just_now("20m");
    let by = |editor, why: &str| change(&entry(), editor, &to, why, moment());
    assert!(matches!(
        by(of(NOOR), ""),
        Ok(Some(Event::TimeChanged { why: None, .. }))
    ));
    assert_eq!(by(of(JONAS), "typo"), Err(BadEntry::NotYours));
    assert_eq!(by(ADMIN, " "), Err(BadEntry::NoReason));
    assert_eq!(by(ADMIN, &"x".repeat(301)), Err(BadEntry::WhyTooLong));
    let changed = by(ADMIN, "typo").expect("changed");
    let expected = Event::TimeChanged {
        entry: 4,
        from: just_now("15m"),
        to: to.clone(),
        why: Some("typo".into()),
    };
    assert_eq!(changed, Some(expected));
    let same = change(&entry(), of(NOOR), &just_now("15m"), "", moment());
    assert_eq!(same, Ok(None));
    assert_eq!(remove(&entry(), of(JONAS), "why"), Err(BadEntry::NotYours));
    assert_eq!(remove(&entry(), ADMIN, ""), Err(BadEntry::NoReason));
    let gone = TimeEntry {
        removed_at: Some(now()),
        ..entry()
    };
    assert_eq!(remove(&gone, of(NOOR), ""), Err(BadEntry::Gone));
    assert_eq!(
        change(&gone, of(NOOR), &to, "", moment()),
        Err(BadEntry::Gone)
    );
    assert_eq!(restore(&entry(), of(NOOR)), Err(BadEntry::Gone));
    assert_eq!(restore(&gone, of(JONAS)), Err(BadEntry::NotYours));
    assert!(restore(&gone, of(NOOR)).is_ok());
}

fn standing(history: &[Recorded]) -> Vec<(u32, String)> {
    let all = entries(history).into_iter();
    let standing = all.filter(|it| it.removed_at.is_none());
    standing
        .map(|it| (it.number, it.details.spent.to_string()))
        .collect()
}

#[test]
fn the_history_tells_what_stands() {
    let with = |entry, spent, message| Event::TimeLogged {
        entry,
        person: NOOR,
        message,
        details: just_now(spent),
    };
    let removed = Event::TimeRemoved {
        entry: 1,
        spent: just_now("15m").spent,
        why: None,
    };
    let mut events = vec![
        with(1, "15m", None),
        with(2, "10m", Some(MessageId(7))),
        Event::TimeChanged {
            entry: 2,
            from: just_now("10m"),
            to: just_now("12m"),
            why: None,
        },
        removed,
    ];
    assert_eq!(standing(&told(events.clone())), [(2, "12 min".to_owned())]);
    events.push(Event::TimeRestored {
        entry: 1,
        spent: just_now("15m").spent,
    });
    let both = [(1, "15 min".to_owned()), (2, "12 min".to_owned())];
    assert_eq!(standing(&told(events.clone())), both);
    // What came with a message goes with it.
    events.push(Event::Withdrawn {
        message: MessageId(7),
        status: Status::New,
        turn: Turn::Desk,
        resolved_at: None,
        closed_at: None,
        wait: None,
        delegation: None,
    });
    let history = told(events);
    assert_eq!(standing(&history), [(1, "15 min".to_owned())]);
    let spent = spent_with(&history, MessageId(7));
    assert_eq!(spent.map(|it| it.to_string()).as_deref(), Some("12 min"));
}
