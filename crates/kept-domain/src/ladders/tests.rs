//! The ladders as stories: what is planned next, and when.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::*;
use crate::agreements::by_default;
use crate::clocks::{self, Fact, Owed, Standing, What};
use crate::event::{Actor, Event, Recorded};
use crate::ids::{EventId, PersonId, TicketId};
use crate::tickets::{Kind, Priority};

/// `23 10:30` is 10:30 on that day of November 2026; the 23rd is a Monday.
fn at(text: &str) -> Timestamp {
    let wall: DateTime = format!("2026-11-{}", text.replace(' ', "T"))
        .parse()
        .expect("a time");
    wall.to_zoned(TimeZone::UTC).expect("UTC").timestamp()
}

fn fact(when: &str, line: i64, what: What) -> Fact {
    Fact {
        at: at(when),
        line: EventId(line),
        what,
    }
}

fn taken(lines: &[(&str, Event)]) -> Taken {
    let history: Vec<Recorded> = lines
        .iter()
        .map(|(when, event)| Recorded {
            id: EventId(100),
            ticket: TicketId(1),
            at: at(when),
            by: Actor::Kept,
            event: event.clone(),
        })
        .collect();
    Taken::of(&history)
}

/// A normal incident that the client opened on Monday at ten, under the default agreement: four hours to answer, nine to five.
fn story(more: Vec<Fact>, steps: &[(&str, Event)], now: &str) -> Vec<String> {
    let wording = by_default("UTC").expect("a zone");
    let (terms, _) = wording.terms(Priority::Normal, Kind::Incident);
    let terms = What::Terms {
        terms: Arc::new(terms),
        from: clocks::CountFrom::Start,
    };
    let mut facts = vec![
        fact("23 10:00", 1, What::Opened { by: Side::Client }),
        fact("23 10:00", 1, terms),
        fact("23 10:00", 1, What::Standing(Standing::Open)),
    ];
    facts.extend(more);
    let obligations = clocks::run(&facts, at(now));
    let planned = plan(&wording, &obligations, &taken(steps));
    let zoned = |at: Timestamp| at.to_zoned(TimeZone::UTC).strftime("%d %H:%M").to_string();
    planned
        .iter()
        .map(|it| format!("{} {}", zoned(it.at), said(it.step)))
        .collect()
}

fn said(step: Step) -> String {
    match step {
        Step::Warn { owed, .. } => format!("warn {}", owed.as_str()),
        Step::Miss { owed, .. } => format!("miss {}", owed.as_str()),
        Step::Escalate { owed, .. } => format!("escalate {}", owed.as_str()),
        Step::Remind { step, .. } => format!("remind {step}"),
        Step::Park => "park".into(),
        Step::CloseUnanswered => "close unanswered".into(),
        Step::CloseUnconfirmed => "close unconfirmed".into(),
    }
}

#[test]
fn s18_the_desk_is_warned_told_and_told_higher_up() {
    let planned = story(vec![], &[], "23 10:00");
    let first: Vec<&String> = planned
        .iter()
        .filter(|it| it.contains("first-response"))
        .collect();
    assert_eq!(
        first,
        [
            "23 13:00 warn first-response",
            "23 14:00 miss first-response",
            "23 16:00 escalate first-response"
        ]
    );
}

#[test]
fn s18_a_step_that_was_taken_is_not_planned_again() {
    let (owed, run) = (Owed::FirstResponse, 0);
    let to = PersonId(1);
    let due = at("23 14:00");
    let steps = [
        ("23 13:00", Event::Warned { owed, run, to }),
        ("23 14:00", Event::Missed { owed, run, due }),
        (
            "23 16:00",
            Event::Escalated {
                owed,
                run,
                step: 1,
                to,
            },
        ),
    ];
    let planned = story(vec![], &steps, "23 16:01");
    assert!(
        !planned.iter().any(|it| it.contains("first-response")),
        "{planned:?}"
    );
}

fn asked() -> Vec<Fact> {
    vec![
        fact("23 11:00", 2, What::DeskSaid),
        fact("23 11:00", 2, What::Standing(Standing::WithClient)),
    ]
}

fn reminded(step: u32) -> Event {
    Event::Reminded {
        owed: Owed::Answer,
        run: 0,
        step,
        outgoing: None,
    }
}

#[test]
fn s18_a_silent_client_is_reminded_twice_then_parked_then_closed() {
    let check = |steps: &[(&str, Event)], now: &str, expected: &str| {
        let planned = story(asked(), steps, now);
        let silence: Vec<&String> = planned.iter().filter(|it| !it.contains("miss")).collect();
        assert_eq!(silence, [expected], "{steps:?}");
    };
    check(&[], "23 11:00", "25 11:00 remind 0");
    check(
        &[("25 11:00", reminded(0))],
        "25 11:00",
        "27 11:00 remind 1",
    );
    let both = [("25 11:00", reminded(0)), ("27 11:00", reminded(1))];
    // Seven working days after Monday the 23rd.
    check(&both, "27 11:00", "02 11:00 park");
    let mut parked = both.to_vec();
    parked.push(("30 12:00", Event::Parked));
    check(&parked, "30 12:00", "21 11:00 close unanswered");
}

#[test]
fn after_an_outage_the_steps_still_come_one_by_one() {
    // Nothing ran for a week: the first reminder is due at once, the second a working day later.
    let planned = story(asked(), &[("27 16:00", reminded(0))], "27 16:00");
    assert!(
        planned.contains(&"30 16:00 remind 1".to_owned()),
        "{planned:?}"
    );
}

#[test]
fn s18_any_word_of_the_client_ends_the_ladder() {
    let mut facts = asked();
    facts.push(fact("24 09:00", 3, What::ClientSaid));
    facts.push(fact("24 09:00", 3, What::Standing(Standing::Open)));
    let planned = story(facts, &[], "24 09:00");
    assert!(
        !planned.iter().any(|it| it.contains("remind")),
        "{planned:?}"
    );
}

#[test]
fn what_nobody_confirms_is_closed_when_the_time_for_it_is_over() {
    let facts = vec![
        fact("23 11:00", 2, What::DeskSaid),
        fact("23 11:00", 2, What::Standing(Standing::Resolved)),
    ];
    let planned = story(facts, &[], "23 11:00");
    assert_eq!(
        planned,
        ["30 11:00 miss confirmation", "30 11:00 close unconfirmed"]
    );
}

#[test]
fn s12_what_was_told_before_it_was_resolved_is_not_told_again_after() {
    let desk = |when: &str, line, what| fact(when, line, what);
    let reopened = vec![
        desk("27 10:00", 2, What::DeskSaid),
        desk("27 10:00", 2, What::Standing(Standing::Resolved)),
        desk("27 11:00", 3, What::ClientSaid),
        desk("27 11:00", 3, What::Standing(Standing::Open)),
    ];
    let (owed, run) = (Owed::Resolution, 0);
    let told = [
        (
            "25 12:00",
            Event::Warned {
                owed,
                run,
                to: PersonId(1),
            },
        ),
        (
            "26 10:00",
            Event::Missed {
                owed,
                run,
                due: at("26 10:00"),
            },
        ),
        (
            "26 12:00",
            Event::Escalated {
                owed,
                run,
                step: 1,
                to: PersonId(1),
            },
        ),
    ];
    let of_resolution = |planned: Vec<String>| -> Vec<String> {
        planned
            .into_iter()
            .filter(|it| it.contains("resolution"))
            .collect()
    };
    assert_eq!(
        of_resolution(story(reopened.clone(), &told, "27 12:00")),
        Vec::<String>::new()
    );
    let untold = of_resolution(story(reopened, &[], "27 12:00"));
    assert_eq!(untold.len(), 2, "{untold:?}");
}

/// The client was asked for a duty on Monday at ten: five of their days, until Monday the 30th at ten.
fn asked_for_a_duty() -> Vec<Fact> {
    let key = clocks::Key::Duty(crate::ids::DutyRunId(1));
    let asks = What::DueWithin {
        key,
        owed: Owed::Duty,
        side: Side::Client,
        target: clocks::Target::days(5),
    };
    vec![
        fact("23 10:00", 2, asks),
        fact("23 10:00", 2, What::Standing(Standing::WithClient)),
    ]
}

#[test]
fn a_duty_is_reminded_of_before_its_time_is_over_and_parked_long_after() {
    let client = |steps: &[(&str, Event)], now: &str| -> Vec<String> {
        let all = story(asked_for_a_duty(), steps, now);
        let desk = |it: &String| it.contains("warn") || it.contains("response");
        all.into_iter().filter(|it| !desk(it)).collect()
    };
    assert_eq!(
        client(&[], "23 11:00"),
        ["26 16:00 remind 0", "30 10:00 miss duty"]
    );
    let remind = |step| Event::Reminded {
        owed: Owed::Duty,
        run: 0,
        step,
        outgoing: None,
    };
    let soon = ("26 16:00", remind(0));
    let missed = Event::Missed {
        owed: Owed::Duty,
        run: 0,
        due: at("30 10:00"),
    };
    let late = ("30 10:01", missed);
    // The next reminder is in December: two days after the time is over.
    assert_eq!(
        client(&[soon.clone(), late], "30 11:00"),
        ["02 10:00 remind 1"]
    );
}

#[test]
fn while_the_desk_looks_at_what_came_no_client_is_reminded() {
    let mut facts = asked_for_a_duty();
    facts.push(fact("24 10:00", 3, What::ClientSaid));
    facts.push(fact("24 10:00", 3, What::Standing(Standing::Open)));
    let planned = story(facts, &[], "24 12:00");
    assert!(
        !planned
            .iter()
            .any(|it| it.contains("duty") || it.contains("remind")),
        "{planned:?}"
    );
}
