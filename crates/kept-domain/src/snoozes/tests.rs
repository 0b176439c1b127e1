//! Snoozing, as sentences.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Asleep, BadSnooze, Later, Until, Why, asleep, snooze, wakes_at, woken_by};
use crate::event::{Actor, Event, Recorded};
use crate::ids::{EventId, MessageId, PersonId, TicketId};
use crate::intake::Reason;
use crate::tickets::{AndThen, Refused, Standing, Status, Ticket, samples};
use crate::turn::Turn;

const INES: PersonId = PersonId(1);
const NOOR: PersonId = PersonId(2);

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// On Monday 23 November 2026 in Lisbon, which is on UTC then.
fn monday(clock: &str) -> Timestamp {
    time(&format!("2026-11-23T{clock}:00Z"))
}

fn later(now: &str, later: Later, expected: &str) {
    let zone = TimeZone::get("Europe/Lisbon").expect("a zone");
    assert_eq!(
        later.instant(time(now), &zone),
        time(expected),
        "{later:?} from {now}"
    );
}

#[test]
fn later_is_what_people_mean_by_it() {
    use Later::{At, InTwoHours, Monday, Tomorrow};
    later("2026-11-23T13:00:00Z", InTwoHours, "2026-11-23T15:00:00Z");
    later("2026-11-23T13:00:00Z", Tomorrow, "2026-11-24T09:00:00Z");
    later("2026-11-23T13:00:00Z", Monday, "2026-11-30T09:00:00Z");
    later("2026-11-29T20:00:00Z", Monday, "2026-11-30T09:00:00Z");
    // In summer nine o'clock is an hour earlier, and the night belongs to the zone's day.
    later("2026-07-06T23:30:00Z", Tomorrow, "2026-07-08T08:00:00Z");
    // The night the clocks go forward: 01:30 does not exist, and it is not earlier than asked.
    let gap = At(jiff::civil::date(2027, 3, 28).at(1, 30, 0, 0));
    later("2026-11-23T13:00:00Z", gap, "2027-03-28T01:30:00Z");
}

fn wakes(until: Until, due: Option<&str>, expected: Option<(&str, Why)>) {
    let found = wakes_at(until, due.map(monday), monday("09:00"));
    let expected = expected.map(|(clock, why)| (monday(clock), why));
    assert_eq!(found, expected, "{until:?}, due {due:?}");
}

#[test]
fn it_is_back_at_its_time_or_before_something_is_due() {
    let four = Until::Time(monday("16:00"));
    wakes(four, None, Some(("16:00", Why::TimeCame)));
    wakes(four, Some("18:00"), Some(("16:00", Why::TimeCame)));
    wakes(four, Some("16:30"), Some(("15:30", Why::DueSoon)));
    wakes(four, Some("12:00"), Some(("11:00", Why::DueSoon)));
    // Little time is halved, and none is none.
    wakes(four, Some("10:00"), Some(("09:30", Why::DueSoon)));
    wakes(four, Some("08:00"), Some(("08:00", Why::DueSoon)));
    wakes(Until::ClientWrites, None, None);
    wakes(
        Until::ClientWrites,
        Some("12:00"),
        Some(("11:00", Why::DueSoon)),
    );
    wakes(
        Until::AnythingHappens,
        Some("12:00"),
        Some(("11:00", Why::DueSoon)),
    );
}

fn came(automatic: bool, thanks: bool) -> Event {
    Event::MessageReceived {
        message: MessageId(7),
        from: Some(PersonId(9)),
        automatic,
        thanks,
        reason: Reason::NewThread,
    }
}

fn replied() -> Event {
    Event::Replied {
        message: MessageId(7),
        then: AndThen::Update,
    }
}

#[test]
fn what_happens_brings_it_back_for_whom_it_should() {
    let time = Until::Time(monday("16:00"));
    let (client, anything) = (Until::ClientWrites, Until::AnythingHappens);
    let to = |to| Event::Assigned { from: INES, to };
    let by = Actor::Person;
    for (until, actor, event, expected) in [
        (
            time,
            by(PersonId(9)),
            came(false, false),
            Some(Why::ClientWrote),
        ),
        (
            client,
            by(PersonId(9)),
            came(false, false),
            Some(Why::ClientWrote),
        ),
        (client, by(PersonId(9)), came(true, false), None),
        (client, by(PersonId(9)), came(false, true), None),
        (
            anything,
            by(PersonId(9)),
            came(true, false),
            Some(Why::SomethingHappened),
        ),
        (time, by(NOOR), replied(), None),
        (client, by(NOOR), replied(), None),
        (anything, by(NOOR), replied(), Some(Why::SomethingHappened)),
        (anything, by(INES), replied(), None),
        (
            anything,
            Actor::Kept,
            Event::Notified { person: INES },
            None,
        ),
        (anything, by(NOOR), Event::Snoozed { until: time }, None),
        (time, by(NOOR), to(INES), Some(Why::GivenToThem)),
        (time, by(INES), to(INES), None),
        (time, by(NOOR), to(NOOR), None),
    ] {
        let found = woken_by(until, INES, actor, &event);
        assert_eq!(found, expected, "{until:?}: {event:?} by {actor:?}");
    }
}

fn ticket() -> Ticket {
    let opened = samples::opened_for(INES);
    Ticket::opened(TicketId(1), monday("08:00"), &opened).expect("a ticket")
}

#[test]
fn only_an_open_ticket_is_put_off_and_only_to_a_time_to_come() {
    let now = monday("09:00");
    let until = Until::Time(monday("16:00"));
    let open = ticket();
    assert_eq!(
        snooze(&open, until, now),
        Ok(vec![Event::Snoozed { until }])
    );
    assert_eq!(snooze(&open, Until::Time(now), now), Err(BadSnooze::Past));
    let far = Until::Time(time("2028-01-01T00:00:00Z"));
    assert_eq!(snooze(&open, far, now), Err(BadSnooze::TooFar));
    let mut ended = ticket();
    ended.apply(now, &Event::Closed);
    let refused = BadSnooze::Refused(Refused::AlreadyEnded(TicketId(1)));
    assert_eq!(snooze(&ended, until, now), Err(refused));
}

/// Who sleeps after a history of (clock, actor, event).
fn sleeps(lines: &[(&str, Actor, Event)]) -> Vec<Asleep> {
    let lines = lines.iter().enumerate();
    let history = lines.map(|(place, (clock, by, event))| Recorded {
        id: EventId(place as i64),
        ticket: TicketId(1),
        at: monday(clock),
        by: *by,
        event: event.clone(),
    });
    asleep(&history.collect::<Vec<_>>())
}

#[test]
fn an_end_that_is_taken_back_puts_off_again_whom_it_let_go() {
    let [ines, noor] = [INES, NOOR].map(Actor::Person);
    let until = |until| Event::Snoozed { until };
    let four = Until::Time(monday("16:00"));
    let back = |ended: &str| Event::EndingTakenBack {
        ended_at: monday(ended),
        left: Standing {
            status: Status::Open,
            turn: Turn::Client,
            turn_since: monday("08:00"),
            resolved_at: None,
            closed_at: None,
            wait: None,
            delegation: None,
        },
    };
    let sleeper = |person, until, clock| Asleep {
        person,
        until,
        since: monday(clock),
    };
    let put_off = ("09:00", ines, until(four));
    let ended = ("10:00", noor, Event::Resolved);
    let again = ("11:00", noor, back("10:00"));
    let hers = [sleeper(INES, four, "09:00")];
    assert_eq!(sleeps(std::slice::from_ref(&put_off)), hers);
    assert_eq!(sleeps(&[put_off.clone(), ended.clone()]), []);
    assert_eq!(
        sleeps(&[put_off.clone(), ended.clone(), again.clone()]),
        hers
    );
    let late = ("16:00", noor, back("10:00"));
    assert_eq!(sleeps(&[put_off.clone(), ended.clone(), late]), []);
    let wrote = ("10:30", Actor::Person(PersonId(9)), came(false, false));
    let woken = [put_off.clone(), ended.clone(), wrote, again.clone()];
    assert_eq!(sleeps(&woken), []);
    let anything = ("09:30", noor, until(Until::AnythingHappens));
    let both = [
        put_off.clone(),
        anything.clone(),
        ("10:00", ines, Event::Resolved),
        ("11:00", ines, back("10:00")),
    ];
    let [one, other] = [hers[0], sleeper(NOOR, Until::AnythingHappens, "09:30")];
    assert_eq!(sleeps(&both), [one, other], "the end and its undo are none");
    let (person, why) = (INES, Why::ByHand);
    let by_hand = ("09:40", ines, Event::Woken { person, why });
    assert_eq!(sleeps(&[put_off, anything, by_hand, ended, again]), [other]);
}
