//! Duties: their days, when a client is asked, what forms refuse.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::*;
use crate::clocks::Target;
use crate::ids::{AgreementId, AgreementVersionId, ClientId};

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn at(text: &str) -> Timestamp {
    let wall: jiff::civil::DateTime = text.replace(' ', "T").parse().expect("a time");
    wall.in_tz("Europe/Berlin").expect("a zone").timestamp()
}

fn written(every: &str, from: &str) -> WrittenDuty {
    WrittenDuty {
        what: "Send us the list of users".into(),
        every: every.into(),
        from: from.into(),
        within: "5 d".into(),
        ..WrittenDuty::default()
    }
}

fn by_rule(rule: &str, from: &str) -> WrittenDuty {
    WrittenDuty {
        rule: rule.into(),
        ..written(BY_RULE, from)
    }
}

fn duty(written: &WrittenDuty) -> Duty {
    Duty {
        number: 1,
        ..written.read(0).expect("a duty")
    }
}

/// In force from `from` on; the client works nine to five in Berlin except on the `closed` days.
fn version(from: &str, duties: Vec<Duty>, closed: &[&str]) -> Version {
    let mut wording = by_default("Europe/Berlin").expect("a zone");
    let days: Vec<String> = closed.iter().map(|day| format!("{day} closed")).collect();
    let hours = WrittenHours {
        days: days.join("\n"),
        ..WrittenHours::of(&wording.client)
    };
    wording.client = Arc::new(hours.read("client").expect("hours"));
    wording.duties = duties;
    Version {
        id: AgreementVersionId(1),
        agreement: AgreementId(1),
        number: 1,
        scope: Scope::Client(ClientId(1)),
        name: "Acme".into(),
        from: at(from),
        until: None,
        wording: Arc::new(wording),
    }
}

/// The next times the client is asked, as `2026-12-01 09:00` in Berlin; with the day before it when that is another.
fn asked(versions: &[Version], after: Option<&str>, most: usize) -> Vec<String> {
    let versions: Vec<&Version> = versions.iter().collect();
    let found = askings(&versions, 1, after.map(date), most);
    let said = found.iter().map(|it| {
        let there = it.at.in_tz("Europe/Berlin").expect("a zone");
        let time = there.strftime("%Y-%m-%d %H:%M").to_string();
        match there.date() == it.date {
            true => time,
            false => format!("{} → {time}", it.date),
        }
    });
    said.collect()
}

#[test]
fn a_duty_comes_once_or_again_by_a_name_or_a_rule() {
    let check = |duty: &WrittenDuty, expected: &[&str]| {
        let versions = [version("2026-11-23 08:00", vec![self::duty(duty)], &[])];
        assert_eq!(asked(&versions, None, expected.len()), expected, "{duty:?}");
    };
    check(&written(ONCE, "2027-03-01"), &["2027-03-01 09:00"]);
    check(
        &written("week", "2026-11-24"),
        &["2026-11-24 09:00", "2026-12-01 09:00"],
    );
    check(
        &written("quarter", "2026-11-30"),
        &[
            "2026-11-30 09:00",
            "2027-02-28 → 2027-03-01 09:00",
            "2027-05-30 → 2027-05-31 09:00",
        ],
    );
    check(
        &by_rule("RRULE:freq=monthly;byday=1mo", "2026-11-01"),
        &["2026-12-07 09:00", "2027-01-04 09:00"],
    );
    // Leap days.
    check(
        &written("year", "2028-02-29"),
        &["2028-02-29 09:00", "2029-02-28 09:00"],
    );
}

#[test]
fn every_month_from_the_31st_on_is_every_month_and_a_bare_rule_is_as_the_standard_says() {
    let named = duty(&written("month", "2027-01-31"));
    let days: Vec<String> = named
        .when
        .dates(date("2027-01-01"), date("2027-06-30"), 9)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        days,
        [
            "2027-01-31",
            "2027-02-28",
            "2027-03-31",
            "2027-04-30",
            "2027-05-31",
            "2027-06-30"
        ]
    );
    let bare = duty(&by_rule("FREQ=MONTHLY;BYMONTHDAY=31", "2027-01-31"));
    let days = bare.when.dates(date("2027-01-01"), date("2027-06-30"), 9);
    assert_eq!(
        days,
        [date("2027-01-31"), date("2027-03-31"), date("2027-05-31")]
    );
}

#[test]
fn on_a_holiday_the_client_is_asked_the_next_day_they_work() {
    let new_year = duty(&written("year", "2027-01-01"));
    let versions = [version(
        "2026-11-23 08:00",
        vec![new_year],
        &["2027-01-01", "2027-01-04"],
    )];
    assert_eq!(
        asked(&versions, None, 2),
        [
            "2027-01-01 → 2027-01-05 09:00",
            "2028-01-01 → 2028-01-03 09:00"
        ]
    );
    // A whole weekend is asked for once.
    let daily = duty(&by_rule("FREQ=DAILY", "2026-11-27"));
    let versions = [version("2026-11-23 08:00", vec![daily], &[])];
    assert_eq!(
        asked(&versions, None, 4),
        ["2026-11-27 09:00", "2026-11-30 09:00"]
    );
}

#[test]
fn an_agreement_asks_from_the_day_it_is_in_force() {
    let since_summer = duty(&written("month", "2026-06-15"));
    let versions = [version("2026-11-23 08:00", vec![since_summer], &[])];
    assert_eq!(asked(&versions, None, 1), ["2026-12-15 09:00"]);
    // On that very day too, even when it begins in the afternoon.
    let today = duty(&written(ONCE, "2026-11-23"));
    let versions = [version("2026-11-23 14:30", vec![today.clone()], &[])];
    assert_eq!(asked(&versions, None, 1), ["2026-11-23 14:30"]);
    let versions = [version("2026-11-23 18:30", vec![today], &[])];
    assert_eq!(asked(&versions, None, 1), ["2026-11-23 → 2026-11-24 09:00"]);
}

#[test]
fn a_new_version_goes_on_where_the_one_before_stopped() {
    let first = duty(&written("month", "2026-12-01"));
    let tenth = duty(&written("month", "2026-12-10"));
    let before = version("2026-11-23 08:00", vec![first], &[]);
    let after = version("2027-01-05 12:00", vec![tenth], &[]);
    let expected = [
        "2026-12-01 09:00",
        "2027-01-01 09:00",
        "2027-01-10 → 2027-01-11 09:00",
        "2027-02-10 09:00",
    ];
    assert_eq!(asked(&[before.clone(), after], None, 4), expected);
    // Taken out, or over: nothing more is asked for, also not what a holiday had put off.
    let gone = version("2027-01-02 00:00", vec![], &[]);
    assert_eq!(
        asked(&[before.clone(), gone], Some("2026-12-01"), 3),
        ["2027-01-01 09:00"]
    );
    let put_off = version(
        "2026-11-23 08:00",
        before.wording.duties.clone(),
        &["2027-01-01"],
    );
    let gone = version("2027-01-02 00:00", vec![], &[]);
    assert_eq!(
        asked(&[put_off.clone(), gone], Some("2026-12-01"), 3),
        [""; 0]
    );
    let over = Version {
        until: Some(at("2026-12-01 08:00")),
        ..put_off
    };
    assert_eq!(asked(&[over], None, 3), [""; 0]);
}

#[test]
fn what_was_asked_for_is_not_asked_for_again() {
    let monthly = duty(&written("month", "2026-12-01"));
    let versions = [version("2026-11-23 08:00", vec![monthly], &[])];
    assert_eq!(
        asked(&versions, Some("2026-12-01"), 1),
        ["2027-01-01 09:00"]
    );
    let once = duty(&written(ONCE, "2026-12-01"));
    let versions = [version("2026-11-23 08:00", vec![once], &[])];
    assert_eq!(asked(&versions, Some("2026-12-01"), 1), [""; 0]);
}

#[test]
fn what_is_typed_comes_back_as_it_was() {
    for typed in [
        written(ONCE, "2027-03-01"),
        written("month", "2027-01-31"),
        written("quarter", "2027-01-30"),
        WrittenDuty {
            text: "Name, address and when they began.".into(),
            who: "7".into(),
            queue: "2".into(),
            number: "3".into(),
            ..by_rule("FREQ=MONTHLY;BYDAY=1MO", "2027-01-01")
        },
    ] {
        let read = typed.read(0).expect("a duty");
        let number = read.number.to_string();
        assert_eq!(WrittenDuty::of(&read), WrittenDuty { number, ..typed });
        let stored = serde_json::to_string(&read).expect("plain data");
        assert_eq!(
            serde_json::from_str::<Duty>(&stored).expect("the same"),
            read
        );
    }
}

#[test]
fn what_cannot_be_meant_is_said_beside_its_field() {
    let check = |typed: WrittenDuty, field: &str, problem: &str| {
        let wrong = typed.read(2).expect_err(problem);
        let found: Vec<(&str, &str)> = wrong
            .iter()
            .map(|it| (it.field.as_str(), it.problem.as_str()))
            .collect();
        assert_eq!(found, [(field, problem)], "{typed:?}");
    };
    let good = written("month", "2027-01-01");
    check(
        WrittenDuty {
            what: String::new(),
            ..good.clone()
        },
        "duty-2-what",
        "write what they are to do",
    );
    check(
        written("month", "1.1.2027"),
        "duty-2-from",
        "write the day like 2026-12-24",
    );
    check(
        by_rule("FREQ=HOURLY", "2027-01-01"),
        "duty-2-rule",
        "“HOURLY” is too often; what recurs does so by days, weeks, months or years",
    );
    check(
        by_rule("FREQ=YEARLY;UNTIL=20260101", "2027-01-01"),
        "duty-2-from",
        "this never comes; look at the first day and the rule",
    );
    check(
        WrittenDuty {
            within: String::new(),
            ..good.clone()
        },
        "duty-2-within",
        "write how long, like 30 min, 4 h or 2 d",
    );
    check(
        WrittenDuty {
            who: "Dana".into(),
            ..good
        },
        "duty-2-who",
        "choose one from the list",
    );
}

#[test]
fn a_wording_of_before_has_no_duties_and_reads_as_it_was() {
    let wording = by_default("UTC").expect("a zone");
    let stored = serde_json::to_string(&wording).expect("plain data");
    assert!(!stored.contains("duties"), "{stored}");
    let back: Wording = serde_json::from_str(&stored).expect("the same");
    assert_eq!(back, wording);
}

#[test]
fn duties_stand_among_the_clauses() {
    let mut wording = by_default("UTC").expect("a zone");
    wording.duties = vec![
        duty(&written("month", "2026-12-01")),
        Duty {
            what: "Name a contact".into(),
            within: Target::days(1),
            ..duty(&written(ONCE, "2027-03-01"))
        },
    ];
    let says: Vec<String> = wording
        .clauses(|_| String::new())
        .into_iter()
        .filter(|clause| clause.topic == Topic::Duties)
        .map(|clause| format!("{}: {}", clause.about, clause.says))
        .collect();
    assert_eq!(
        says,
        [
            "Send us the list of users: Every month from 1 December 2026 on we ask you for it; you do it within 5 of your working days.",
            "Name a contact: Once, on 1 March 2027 we ask you for it; you do it within one of your working days."
        ]
    );
}
