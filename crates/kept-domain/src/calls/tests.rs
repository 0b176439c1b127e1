//! Calls logged, confirmed, corrected: what becomes of them and of their ticket.

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::event::{Actor, Event, Recorded, Reopening};
use crate::ids::{EventId, MessageId, OutgoingId, PersonId, QueueId, TicketId};
use crate::queues::Chosen;
use crate::tickets::{Kind, Priority, Status, Ticket};
use crate::turn::Turn;

const GRACE: SignedDuration = SignedDuration::from_hours(14 * 24);

fn at(hour: i64) -> Timestamp {
    let start: Timestamp = "2026-11-23T09:00:00Z".parse().expect("a time");
    start + SignedDuration::from_hours(hour)
}

fn called(wanted: Wanted) -> Event {
    Event::Called {
        message: MessageId(1),
        wanted,
        how: How::TheyCalled,
        person: Some(PersonId(9)),
        outgoing: Some(OutgoingId(5)),
    }
}

const CONFIRMED: Event = Event::CallConfirmed {
    message: MessageId(1),
};

fn corrected(wanted: Wanted) -> Event {
    Event::CallCorrected {
        message: MessageId(1),
        wanted,
        correction: MessageId(2),
    }
}

/// A ticket and its history, one line an hour.
fn history(events: &[Event]) -> (Ticket, Vec<Recorded>) {
    let opened = Event::Opened {
        subject: "Printer".into(),
        kind: Kind::Request,
        priority: Priority::Normal,
        queue: QueueId(1),
        requester: Some(PersonId(9)),
        client: None,
        responsible: PersonId(1),
        chosen: Chosen::Opener,
    };
    let lines: Vec<Recorded> = std::iter::once(&opened)
        .chain(events)
        .zip(0_i64..)
        .map(|(event, n)| Recorded {
            id: EventId(n),
            ticket: TicketId(1),
            at: at(n),
            by: Actor::Person(PersonId(1)),
            event: event.clone(),
        })
        .collect();
    let ticket = Ticket::from_history(TicketId(1), &lines).expect("a history");
    (ticket, lines)
}

fn check(events: &[Event], expected: (Status, Turn), answer: Option<Answer>) {
    let (ticket, lines) = history(events);
    assert_eq!((ticket.status, ticket.turn()), expected, "{events:?}");
    let answers: Vec<_> = record(&lines).into_iter().map(|it| it.answer).collect();
    assert_eq!(answers, [answer], "{events:?}");
}

#[test]
fn a_call_stands_as_it_was_last_understood() {
    let ours = (Status::Open, Turn::Desk);
    let said_yes = |hour| Some(Answer::Confirmed { at: at(hour) });
    let said_no = |hour, wanted| {
        let (at, correction) = (at(hour), MessageId(2));
        Some(Answer::Corrected {
            at,
            wanted,
            correction,
        })
    };
    let act = called(Wanted::Act);
    check(std::slice::from_ref(&act), ours, None);
    check(&[act.clone(), CONFIRMED], ours, said_yes(2));
    let meant = corrected(Wanted::Know);
    let expected = said_no(3, Wanted::Know);
    check(&[act.clone(), CONFIRMED, meant.clone()], ours, expected);
    // An old page that is sent once more takes nothing back.
    let expected = said_no(2, Wanted::Know);
    check(&[act, meant, CONFIRMED], ours, expected);
}

/// Somebody has to read it, even when they still want nothing done.
#[test]
fn a_correction_gives_the_turn_to_the_desk() {
    let ask = Event::TurnCorrected {
        to: Turn::Client,
        why: "we asked".into(),
    };
    for wanted in Wanted::ALL {
        let (ticket, _) = history(&[called(Wanted::Know), ask.clone(), corrected(wanted)]);
        assert_eq!(ticket.turn(), Turn::Desk, "{wanted:?}");
    }
}

#[test]
fn to_know_of_something_hands_nobody_the_turn() {
    let ask = Event::TurnCorrected {
        to: Turn::Client,
        why: "we asked".into(),
    };
    let (ticket, _) = history(&[ask, called(Wanted::Know)]);
    assert_eq!(ticket.turn(), Turn::Client);
}

#[test]
fn who_wants_something_wakes_a_ticket_that_had_ended() {
    let reopened = Event::Reopened {
        why: Reopening::ClientWrote,
    };
    let check = |events: &[Event], wanted, wakes: bool| {
        let (ticket, _) = history(events);
        let events = log(&ticket, called(wanted)).expect("it is logged");
        assert_eq!(events.contains(&reopened), wakes, "{wanted:?}");
    };
    let ended = [Event::Resolved, Event::Closed];
    check(&ended, Wanted::Act, true);
    check(&ended, Wanted::Decide, true);
    check(&ended, Wanted::Know, false);
    check(&[], Wanted::Act, false);
}

#[test]
fn an_answer_counts_once_and_a_correction_outdoes_it() {
    let (ticket, lines) = history(&[called(Wanted::Know), CONFIRMED]);
    let call = &record(&lines)[0];
    assert_eq!(confirm(call), Ok(None), "a second click changes nothing");
    let meant = (Wanted::Act, MessageId(2));
    let events = correct(&ticket, call, meant, GRACE, at(9)).expect("it is taken");
    assert_eq!(events, [corrected(Wanted::Act)]);

    let (ticket, lines) = history(&[called(Wanted::Know), corrected(Wanted::Act)]);
    let call = &record(&lines)[0];
    assert_eq!(confirm(call), Err(CannotAnswer::Corrected));
    let again = correct(&ticket, call, meant, GRACE, at(9));
    assert_eq!(again, Err(CannotAnswer::Corrected));
}

#[test]
fn a_correction_wakes_what_was_closed_lately_and_nothing_older() {
    let (ticket, lines) = history(&[called(Wanted::Know), Event::Resolved, Event::Closed]);
    let call = &record(&lines)[0];
    let meant = (Wanted::Act, MessageId(2));
    let lately = correct(&ticket, call, meant, GRACE, at(3) + GRACE).expect("it is taken");
    assert_eq!(lately.len(), 2, "corrected, then reopened");
    let late = correct(&ticket, call, meant, GRACE, at(4) + GRACE);
    assert_eq!(late, Err(CannotAnswer::LongClosed));
}

#[test]
fn a_call_says_something_and_was_before_now() {
    for (words, expected) in [
        ("", Err(CannotAnswer::Nothing)),
        (" \n ", Err(CannotAnswer::Nothing)),
        ("The toner is low", Ok(())),
    ] {
        assert_eq!(check_words(words), expected, "{words:?}");
    }
    let long = "a".repeat(LONGEST_WORDS + 1);
    assert_eq!(check_words(&long), Err(CannotAnswer::TooLong));
    assert_eq!(check_words(&long[1..]), Ok(()));
    assert_eq!(check_time(at(0), at(1)), Ok(()));
    assert_eq!(check_time(at(1), at(0)), Err(CannotAnswer::Future));
    let late = check_time(at(0), at(24 * 31 + 1));
    assert_eq!(late, Err(CannotAnswer::LongAgo));
}
