//! Agreements as people read and type them.

use super::*;
use crate::clocks::Target;
use crate::ids::PersonId;

fn wording() -> Wording {
    by_default("Europe/Lisbon").expect("a zone")
}

fn name(_: PersonId) -> String {
    "Ines Moreau".to_owned()
}

fn says(wording: &Wording, topic: &str, about: &str) -> String {
    let clauses = wording.clauses(name);
    let found = clauses
        .iter()
        .find(|it| it.topic.words() == topic && it.about == about);
    found.map(|it| it.says.clone()).unwrap_or_default()
}

#[test]
fn both_sides_can_read_what_they_owe() {
    let mut wording = wording();
    wording.rows[0].targets.first_response = Target::real(30);
    wording.escalation = Some(Escalation {
        after: Target::business(60),
        to: Some(PersonId(3)),
    });
    let check = |topic: &str, about: &str, expected: &str| {
        assert_eq!(says(&wording, topic, about), expected, "{topic} {about}");
    };
    check(
        "Urgent tickets",
        "First response",
        "We answer within 30 min around the clock.",
    );
    check(
        "Urgent tickets",
        "Resolution",
        "We resolve it within 4 h of our business time.",
    );
    check(
        "Everything else",
        "Next update",
        "You hear from us at least every 16 h of our business time while it is open.",
    );
    check(
        "Everything else",
        "Answer",
        "You answer our questions within 2 of your working days.",
    );
    check(
        "Hours",
        "Ours",
        "We work Mon–Fri 09:00–17:00, by the clock of Europe/Lisbon.",
    );
    check(
        "Also agreed",
        "When we stay late",
        "When we are late, our dispatcher is told at once, and Ines Moreau after 1 h of our business time more.",
    );
    check(
        "Also agreed",
        "Silence",
        "When you are silent, we remind you after 2 of your working days and after 4 of your working days; we put the ticket aside after 7 of your working days; we close it after 20 of your working days. Any word of yours wakes it.",
    );
}

#[test]
fn what_changed_between_two_versions_is_told_and_nothing_else() {
    let before = wording();
    let mut written = Written::of(&before);
    written.rest[0] = "1 d".into();
    written.desk.days = "2026-12-25 closed Christmas".into();
    written.rows.pop();
    let after = written.read().expect("a wording");
    let found = differences(&before.clauses(name), &after.clauses(name));
    let told: Vec<(&str, &str, bool, bool)> = found
        .iter()
        .map(|it| {
            (
                it.topic.words(),
                it.about.as_str(),
                it.before.is_some(),
                it.after.is_some(),
            )
        })
        .collect();
    let mut expected = vec![
        ("Everything else", "First response", true, true),
        ("Our days", "2026-12-25", false, true),
    ];
    expected.extend(ASKED.map(|owed| ("Low-priority tickets", about(owed), true, false)));
    assert_eq!(told, expected);
    assert!(differences(&before.clauses(name), &before.clauses(name)).is_empty());
}

#[test]
fn what_is_typed_is_what_is_shown_again() {
    let mut written = Written::of(&wording());
    written.desk.week[0] = "09:00–12:30, 13:30–17:00".into();
    written.client.zone = "Europe/Berlin".into();
    written.client.days =
        "2026-12-24 09:00–13:00 Heiligabend\n2026-12-25 closed Weihnachten".into();
    written.rows[0].kind = "incident".into();
    written.rows[0].targets[0] = "15 min around the clock".into();
    written.escalate_to = "3".into();
    written.close_after = String::new();
    let read = written.read().expect("a wording");
    assert_eq!(Written::of(&read), written);
    let stored = serde_json::to_string(&read).expect("plain data");
    let back: Wording = serde_json::from_str(&stored).expect("the same");
    assert_eq!(Written::of(&back), written);
}

#[test]
fn an_empty_row_is_left_out_and_an_empty_target_is_as_for_everything_else() {
    let mut written = Written::of(&wording());
    written.rows = vec![
        WrittenRow::default(),
        WrittenRow {
            priority: "urgent".into(),
            targets: ["10 min", "", "", "", "", ""].map(str::to_owned),
            ..WrittenRow::default()
        },
        WrittenRow::default(),
    ];
    let read = written.read().expect("a wording");
    assert_eq!(read.rows.len(), 2);
    assert_eq!(read.rows[0].targets.first_response, Target::business(10));
    assert_eq!(
        read.rows[0].targets.resolution,
        read.rows[1].targets.resolution
    );
}

#[test]
fn every_field_that_is_wrong_says_so_at_once() {
    let check = |change: &dyn Fn(&mut Written), expected: &[(&str, &str)]| {
        let mut written = Written::of(&wording());
        change(&mut written);
        let wrong = written.read().expect_err("wrong");
        let found: Vec<(&str, &str)> = wrong
            .iter()
            .map(|it| {
                (
                    it.field.as_str(),
                    it.problem
                        .split(['(', ';'])
                        .next()
                        .unwrap_or_default()
                        .trim(),
                )
            })
            .collect();
        assert_eq!(found, expected);
    };
    check(
        &|it| {
            it.desk.zone = "Lisbon".into();
            it.client.week[4] = "nine".into();
            it.client.days = "tomorrow".into();
            it.rows[1].targets[3] = "soon".into();
            it.rest[4] = String::new();
            it.warn_percent = "often".into();
            it.reminders = "2 d, x".into();
            it.park_after = "3".into();
            it.escalate_after = "1 x".into();
        },
        &[
            ("desk-zone", "“Lisbon” is not a time zone"),
            ("client-fri", "“nine” is not a stretch of time"),
            ("client-days", "line 1: “tomorrow” is not a date"),
            ("rest-answer", "write how long, like 30 min, 4 h or 2 d"),
            ("row-1-resolution", "“soon”"),
            ("escalate-after", "“x”"),
            ("reminders", "“x”"),
            ("park-after", "3 of what"),
            ("warn-percent", "warn between 1 and 99 percent"),
        ],
    );
    check(
        &|it| it.desk.week = Default::default(),
        &[("desk-mon", "this calendar never opens")],
    );
    check(
        &|it| it.rows[0].priority = String::new(),
        &[("row-0-priority", "choose a priority or a kind")],
    );
    check(
        &|it| it.rows[0].priority = "very".into(),
        &[("row-0-priority", "choose one from the list")],
    );
    check(
        &|it| it.rows.push(it.rows[0].clone()),
        &[(
            "row-3-priority",
            "row 4 is never reached: an earlier one fits all it fits",
        )],
    );
    check(
        &|it| it.park_after = "1 d".into(),
        &[(
            "reminders",
            "silence: each step must come after the one before it",
        )],
    );
    check(
        &|it| it.park_after = String::new(),
        &[(
            "park-after",
            "silence: a ticket is closed only after it was parked",
        )],
    );
    check(
        &|it| it.warn_percent = "100".into(),
        &[("warn-percent", "warn between 1 and 99 percent")],
    );
}

#[test]
fn days_taken_over_replace_what_the_list_says_of_their_dates() {
    let hours = WrittenHours {
        days: "2026-12-25 closed Christmas\n2026-12-24 09:00–12:00".into(),
        ..WrittenHours::default()
    };
    let more = crate::hours::read_days("2027-01-01 closed New Year\n2026-12-24 closed Eve");
    let taken = hours.with_days(&more.expect("days")).expect("a list");
    let lines: Vec<&str> = taken.days.lines().collect();
    assert_eq!(
        lines,
        [
            "2026-12-24 closed Eve",
            "2026-12-25 closed Christmas",
            "2027-01-01 closed New Year"
        ]
    );
}
