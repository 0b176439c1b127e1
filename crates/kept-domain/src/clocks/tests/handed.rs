//! Histories in which the ticket changes hands: third parties, offers, silence, calls, agreements, mail that was moved
//! (S2, S3, S6, S9, S16, S19).

use std::sync::Arc;

use super::history::{Desk, check, clock, one, said, terms};
use crate::calls::Wanted;
use crate::clocks::{Outcome, Owed, Target, Terms, Whose, facts, run, turns};
use crate::event::Event;
use crate::ids::{AgreementVersionId, MessageId, PersonId, TicketId};
use crate::tickets::{AndThen, move_out, withdraw};
use crate::turn::Turn;
use crate::waits::Wait;

fn wait_until(hour: i64) -> Wait {
    Wait {
        party: "The maker".into(),
        what: "a spare part".into(),
        tracking: None,
        next: clock(hour),
    }
}

/// Whose turn it was, and for how many hours.
fn told(desk: &Desk, now: i64) -> Vec<(Whose, i64)> {
    let stretches = turns(&desk.facts(&[]), clock(now));
    let told = stretches.iter();
    told.map(|it| (it.whose, it.length(clock(now)).as_hours()))
        .collect()
}

/// Whose turn goes on.
fn goes_on(desk: &Desk) -> Turn {
    let last = turns(&desk.facts(&[]), clock(90)).pop();
    match last.filter(|it| it.to.is_none()).map(|it| it.whose) {
        Some(Whose::Desk) => Turn::Desk,
        Some(Whose::Client | Whose::Parked | Whose::Resolved) => Turn::Client,
        Some(Whose::ThirdParty) => Turn::ThirdParty,
        Some(Whose::Nobody) | None => Turn::Nobody,
    }
}

#[test]
fn s02_what_people_do_moves_the_turn_and_what_programs_do_does_not() {
    let (desk, client, third) = (Turn::Desk, Turn::Client, Turn::ThirdParty);
    let wait = Event::WaitBegan {
        wait: wait_until(90),
    };
    let corrected = Event::TurnCorrected {
        to: client,
        why: "they said so".into(),
    };
    let robot = super::history::mail(20, true, false);
    let thanks = super::history::mail(20, false, true);
    let table: [(&str, Vec<Event>, Turn); 8] = [
        ("a wait", vec![wait.clone()], third),
        (
            "a wait that ended",
            vec![wait.clone(), Event::WaitEnded],
            desk,
        ),
        (
            "a client who writes while others are waited for",
            vec![wait, said(20)],
            desk,
        ),
        ("a correction", vec![corrected.clone()], client),
        (
            "a client after a correction",
            vec![corrected.clone(), said(20)],
            desk,
        ),
        (
            "a program after a correction",
            vec![corrected.clone(), robot],
            client,
        ),
        ("thanks after a correction", vec![corrected, thanks], client),
        ("a closing", vec![Event::Closed], Turn::Nobody),
    ];
    for (what, events, turn) in table {
        let mut story = Desk::asked(1, 0);
        story.reply(10, AndThen::Update);
        events.into_iter().for_each(|event| story.write(event));
        assert_eq!(story.stands().turn(), turn, "{what}");
        assert_eq!(goes_on(&story), turn, "{what}");
    }
}

#[test]
fn s06_a_third_party_counts_to_neither_side_and_an_update_is_owed_by_its_date() {
    let mut desk = Desk::asked(1, 0);
    desk.reply(10, AndThen::Update);
    desk.write(Event::WaitBegan {
        wait: wait_until(12),
    });
    check(
        &desk.owed(&[], 5),
        Owed::NextUpdate,
        Some((Outcome::Owed, Some(12))),
    );
    desk.write(Event::WaitChanged {
        wait: wait_until(20),
    });
    check(
        &desk.owed(&[], 5),
        Owed::NextUpdate,
        Some((Outcome::Owed, Some(20))),
    );
    check(
        &desk.owed(&[], 21),
        Owed::NextUpdate,
        Some((Outcome::Missed, Some(20))),
    );
    desk.hour = 8;
    desk.write(Event::WaitEnded);
    // Without a third party's date it is as often as agreed.
    check(
        &desk.owed(&[], 9),
        Owed::NextUpdate,
        Some((Outcome::Owed, Some(25))),
    );
    let times = told(&desk, 10);
    assert_eq!(
        times,
        [(Whose::Desk, 2), (Whose::ThirdParty, 6), (Whose::Desk, 2)]
    );
}

#[test]
fn s09_an_offer_is_owed_an_answer_until_it_is_over_in_whatever_way() {
    let (from, to) = (PersonId(1), PersonId(2));
    let offered = Event::Delegated {
        from,
        to,
        due: clock(9),
        note: None,
    };
    let declined = Event::DelegationDeclined {
        from,
        to,
        why: "no time".into(),
    };
    let table: [(&str, Event, Outcome); 5] = [
        (
            "accepted",
            Event::DelegationAccepted { from, to },
            Outcome::Met,
        ),
        ("declined", declined, Outcome::Met),
        (
            "taken back",
            Event::DelegationWithdrawn { from, to },
            Outcome::Dropped,
        ),
        ("resolved", Event::Resolved, Outcome::Dropped),
        (
            "assigned to a third",
            Event::Assigned {
                from,
                to: PersonId(3),
            },
            Outcome::Dropped,
        ),
    ];
    for (what, event, outcome) in table {
        let mut desk = Desk::asked(1, 0);
        desk.write(offered.clone());
        check(
            &desk.owed(&[], 3),
            Owed::Acceptance,
            Some((Outcome::Owed, Some(9))),
        );
        desk.write(event);
        let all = desk.owed(&[], 5);
        assert_eq!(
            one(&all, Owed::Acceptance).map(|it| it.outcome()),
            Some(outcome),
            "{what}"
        );
    }
    let mut late = Desk::asked(1, 0);
    late.write(offered);
    check(
        &late.owed(&[], 10),
        Owed::Acceptance,
        Some((Outcome::Missed, Some(9))),
    );
}

#[test]
fn s05_a_parked_ticket_still_owes_the_answer_and_any_word_ends_it() {
    let mut desk = Desk::asked(1, 0);
    desk.reply(10, AndThen::Ask);
    desk.hour = 80;
    desk.write(Event::Parked);
    check(
        &desk.owed(&[], 90),
        Owed::Answer,
        Some((Outcome::Missed, Some(73))),
    );
    desk.hour = 100;
    desk.write(said(11));
    let all = desk.owed(&[], 101);
    check(&all, Owed::NextResponse, Some((Outcome::Owed, Some(103))));
    // The desk had used one hour before it asked; the ninety-nine hours of silence are not its own.
    check(&all, Owed::Resolution, Some((Outcome::Owed, Some(147))));
    assert_eq!(
        told(&desk, 101),
        [
            (Whose::Desk, 1),
            (Whose::Client, 79),
            (Whose::Parked, 20),
            (Whose::Desk, 1)
        ]
    );
}

#[test]
fn s05_closed_for_silence_ends_what_was_owed_and_blames_nobody_twice() {
    let mut desk = Desk::asked(1, 0);
    desk.reply(10, AndThen::Ask);
    desk.hour = 80;
    desk.write(Event::Parked);
    desk.write(Event::ClosedUnanswered);
    let all = desk.owed(&[], 200);
    assert!(all.iter().all(|it| !it.is_owed()));
    check(&all, Owed::Resolution, Some((Outcome::Dropped, Some(128))));
    check(&all, Owed::Answer, Some((Outcome::Missed, Some(73))));
}

fn call(wanted: Wanted) -> Event {
    Event::Called {
        message: MessageId(1000),
        wanted,
        how: Default::default(),
        person: Some(PersonId(9)),
        outgoing: None,
    }
}

#[test]
fn s08_a_call_just_to_know_owes_no_resolution_until_it_is_corrected() {
    let mut desk = Desk::opened_by_a_call(1, call(Wanted::Know));
    assert_eq!(one(&desk.owed(&[], 1), Owed::Resolution), None);
    desk.write(Event::CallConfirmed {
        message: MessageId(1000),
    });
    assert_eq!(one(&desk.owed(&[], 5), Owed::Resolution), None);
    desk.hour = 6;
    desk.write(Event::CallCorrected {
        message: MessageId(1000),
        wanted: Wanted::Act,
        correction: MessageId(1001),
    });
    check(
        &desk.owed(&[], 7),
        Owed::Resolution,
        Some((Outcome::Owed, Some(54))),
    );
    assert_eq!(desk.stands().turn(), Turn::Desk);
}

#[test]
fn s08_a_call_that_asks_to_act_begins_the_clocks_when_it_was_made() {
    let desk = Desk::opened_by_a_call(1, call(Wanted::Act));
    check(
        &desk.owed(&[], 1),
        Owed::Resolution,
        Some((Outcome::Owed, Some(48))),
    );
}

#[test]
fn s16_a_version_that_comes_to_hold_counts_from_where_it_was_agreed() {
    let resolution_in = |hours: u32| {
        let resolution = Some(Target::business(hours * 60));
        Arc::new(Terms {
            resolution,
            ..terms().as_ref().clone()
        })
    };
    let due = |from_start: bool| {
        let mut desk = Desk::asked(1, 0);
        desk.reply(10, AndThen::Update);
        desk.hour = 30;
        let version = AgreementVersionId(7);
        desk.write(Event::AgreementChanged {
            version,
            from_start,
        });
        let facts = facts(&desk.lines, &[], |_, bound| match bound {
            Some(AgreementVersionId(7)) => resolution_in(100),
            _ => resolution_in(48),
        });
        let all = run(&facts, clock(31));
        one(&all, Owed::Resolution).and_then(|it| it.due)
    };
    assert_eq!(due(true), Some(clock(100)));
    // Thirty hours are used, however long the new ones are.
    assert_eq!(due(false), Some(clock(100)));
}

#[test]
fn s19_mail_that_was_moved_to_another_ticket_never_was_here() {
    let mut desk = Desk::asked(1, 0);
    desk.reply(10, AndThen::Ask);
    let before = desk.owed(&[], 20);
    desk.hour = 5;
    desk.write(said(11));
    check(
        &desk.owed(&[], 6),
        Owed::NextResponse,
        Some((Outcome::Owed, Some(8))),
    );
    let moved = move_out(&desk.stands(), &desk.lines, &[MessageId(11)], TicketId(2));
    desk.write(moved.expect("allowed"));
    let after = desk.owed(&[], 20);
    assert_eq!(after, before);
    assert_eq!(desk.stands().turn(), Turn::Client);
}

#[test]
fn s07_a_reply_taken_back_takes_its_wait_back() {
    let mut desk = Desk::asked(1, 0);
    let before = desk.owed(&[], 3);
    let events = crate::tickets::reply_and_wait(&desk.stands(), MessageId(10), wait_until(30));
    for event in events.expect("allowed") {
        desk.hour = 1;
        desk.write(event);
    }
    assert_eq!(desk.stands().turn(), Turn::ThirdParty);
    let taken = withdraw(&desk.lines, MessageId(10)).expect("allowed");
    desk.write(taken);
    assert_eq!(desk.owed(&[], 3), before);
}
