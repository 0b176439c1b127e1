//! An end that is taken back leaves nothing behind: what was owed is owed by the same time, and the strip shows no detour.

use super::history::{Desk, clock};
use crate::clocks::{Owed, Side, Target, turns};
use crate::event::{Actor, Event};
use crate::ids::{DutyRunId, MessageId, OutgoingId, PersonId, PromiseId};
use crate::promises;
use crate::tickets::{AndThen, close, resolve, take_end_back};
use crate::waits::Wait;

const ME: Actor = Actor::Person(PersonId(1));

fn given() -> Vec<Event> {
    let promised = |promise, side| Event::Promised {
        promise: PromiseId(promise),
        side,
        promiser: PersonId(1),
        what: "send the quote".into(),
        due: clock(30 + promise),
        message: None,
    };
    let asked = Event::DutyAsked {
        run: DutyRunId(1),
        date: "2026-11-23".parse().expect("a day"),
        what: "the hours".into(),
        within: Target::business(24 * 60),
        instead_of: None,
        message: None,
        outgoing: Some(OutgoingId(4)),
    };
    let wait = Wait {
        party: "Contoso".into(),
        what: "a part".into(),
        tracking: None,
        next: clock(40),
    };
    let offered = Event::Delegated {
        from: PersonId(1),
        to: PersonId(2),
        due: clock(20),
        note: None,
    };
    vec![
        promised(1, Side::Desk),
        promised(2, Side::Client),
        asked,
        Event::WaitBegan { wait },
        offered,
    ]
}

/// The desk with what somebody gave the ticket, up to so many of them.
fn desk(with: usize) -> Desk {
    let mut desk = Desk::asked(1, 0);
    for event in given().into_iter().take(with) {
        desk.write(event);
    }
    desk.hour = 10;
    desk
}

fn take_back(desk: &mut Desk) {
    let events = take_end_back(&desk.stands(), &desk.lines, ME, None).expect("allowed");
    events.into_iter().for_each(|event| desk.write(event));
}

fn same(back: &Desk, never: &Desk, what: &str) {
    for now in [16, 35, 60] {
        let (owed, as_ever) = (back.owed(&[], now), never.owed(&[], now));
        let told = |all: &[crate::clocks::Obligation]| format!("{all:#?}");
        assert_eq!(told(&owed), told(&as_ever), "{what}, at {now}");
        let (ours, theirs) = (back.facts(&[]), never.facts(&[]));
        assert_eq!(
            turns(&ours, clock(now)),
            turns(&theirs, clock(now)),
            "{what}"
        );
    }
    assert_eq!(
        promises::record(&back.lines),
        promises::record(&never.lines),
        "{what}"
    );
}

#[test]
fn s20_an_end_taken_back_leaves_what_was_owed_as_it_was() {
    for with in 0..=given().len() {
        for closes in [false, true] {
            let (mut back, never) = (desk(with), desk(with));
            let before = never.stands();
            let end = match closes {
                true => close(&before),
                false => resolve(&before),
            };
            for event in end.expect("allowed") {
                back.hour = 12;
                back.write(event);
            }
            assert_ne!(
                turns(&back.facts(&[]), clock(14)),
                turns(&never.facts(&[]), clock(14))
            );
            back.hour = 15;
            take_back(&mut back);
            same(&back, &never, &format!("{with} given, closed: {closes}"));
            assert_eq!(back.stands().turn_since, before.turn_since);
        }
    }
}

#[test]
fn s20_a_reply_that_resolved_answers_though_its_end_is_taken_back() {
    for with in 0..=given().len() {
        let (mut back, mut never) = (desk(with), desk(with));
        back.reply(7, AndThen::Resolve);
        never.reply(7, AndThen::Update);
        back.hour = 15;
        take_back(&mut back);
        same(&back, &never, &format!("{with} given"));
        let answered = back
            .owed(&[], 16)
            .iter()
            .any(|it| it.owed == Owed::FirstResponse && it.end.is_some());
        assert!(answered, "{with} given");
        assert!(back.lines.iter().any(|line| matches!(
            line.event,
            Event::Replied {
                message: MessageId(7),
                then: AndThen::Resolve
            }
        )));
    }
}
