//! Runs the mail corpus, where it is at hand, and prints how much of what it expects is met.
//!
//! The corpus is other people's test mail under their own licences and is no part of this repository:
//! it is looked for in `KEPT_CORPUS`, then in `../shared/corpus` beside the repository.
//! Without it the tests say so and pass; the floor (no panic, nothing lost) has its own tests here.

#![allow(
    clippy::print_stdout,
    reason = "the share met is what this test is run for"
)]

mod corpus {
    pub mod bounces;
    pub mod calendars;
    pub mod cases;
    pub mod compare;
    pub mod forwards;
    pub mod texts;
    pub mod tnefs;
}

use corpus::cases::{self, Case};
use corpus::{bounces, calendars, compare, forwards, tnefs};
use kept_mail::{Kind, inspect, parse};

/// Prints the share met and the failures, and holds the line at `at_least` percent.
fn report(what: &str, results: &[(String, Vec<String>)], at_least: usize) {
    let met = results.iter().filter(|(_, wrong)| wrong.is_empty()).count();
    println!("{what}: {met} of {} met", results.len());
    for (name, wrong) in results.iter().filter(|(_, wrong)| !wrong.is_empty()) {
        println!("  {name}\n    {}", wrong.join("\n    "));
    }
    assert!(
        met * 100 >= results.len() * at_least,
        "{what}: {met} of {}, {at_least} % expected",
        results.len()
    );
}

fn run(
    purposes: &[&str],
    check: impl Fn(&Case) -> Option<Vec<String>>,
) -> Option<Vec<(String, Vec<String>)>> {
    let cases = cases::of(purposes)?;
    Some(
        cases
            .iter()
            .filter_map(|case| Some((case.name(), check(case)?)))
            .collect(),
    )
}

#[test]
fn headers_bodies_and_attachments() {
    let Some(results) = run(&["parse", "charsets", "broken"], |case| {
        let mut expected = case.expected.clone()?;
        let seen = serde_json::to_value(inspect(&case.raw)).expect("an inspection is plain data");
        if case.tags.iter().any(|tag| tag == "uuencode") {
            compare::forget_uuencoded(&mut expected);
        }
        Some(compare::parse(&expected, &seen))
    }) else {
        return;
    };
    report("parse, charsets, broken", &results, 97);
}

#[test]
fn replies() {
    let Some(results) = run(&["replies"], |case| {
        compare::reply(case.expected.as_ref()?, &case.raw)
    }) else {
        return;
    };
    report("replies", &results, 95);
}

#[test]
fn machines_get_no_answer() {
    let Some(results) = run(&["autoreplies"], |case| {
        let mail = parse(&case.raw);
        let expected = case
            .expected
            .as_ref()
            .and_then(|expected| expected["kind"].as_str())
            .unwrap_or("autoreply");
        let as_expected = match &mail.kind {
            Kind::MailingList { .. } => expected == "mailing_list" || expected == "automated",
            Kind::Report { .. } => expected == "machine_report",
            Kind::Person => false,
            _ => true,
        };
        Some(if as_expected {
            vec![]
        } else {
            vec![format!("expected {expected}, got {:?}", mail.kind)]
        })
    }) else {
        return;
    };
    report("autoreplies", &results, 100);
}

#[test]
fn delivery_reports() {
    let Some(results) = run(&["bounces"], |case| {
        let seen = inspect(&case.raw);
        let expected = case.expected.as_ref()?;
        Some(bounces::differences(
            expected,
            &seen.mail.kind,
            seen.bounce.as_ref(),
        ))
    }) else {
        return;
    };
    report("bounces", &results, 96);
}

/// The origin's words for reasons are finer than a desk needs, so the line is lower.
#[test]
fn reasons_of_delivery_reports() {
    let Some(results) = run(&["bounces"], |case| {
        let seen = inspect(&case.raw);
        Some(bounces::reasons(
            case.expected.as_ref()?,
            seen.bounce.as_ref(),
        ))
    }) else {
        return;
    };
    report("reasons of bounces", &results, 80);
}

#[test]
fn forwarded_mail() {
    let Some(results) = run(&["forwarded"], |case| {
        let text = String::from_utf8_lossy(&case.raw).replace("\r\n", "\n");
        let subject = case.inputs["subject"].as_str();
        Some(forwards::differences(
            case.expected.as_ref()?,
            &text,
            subject,
        ))
    }) else {
        return;
    };
    report("forwarded", &results, 97);
}

#[test]
fn files_wrapped_by_outlook() {
    let Some(results) = run(&["tnef"], |case| {
        assert!(tnefs::says_something(&case.raw), "{}", case.name());
        Some(tnefs::differences(case.expected.as_ref()?, &case.raw))
    }) else {
        return;
    };
    report("tnef", &results, 95);
}

#[test]
fn calendar_objects() {
    let Some(results) = run(&["calendar"], |case| {
        let expected = case.expected.as_ref()?;
        if expected["input_is"].is_null() {
            let seen = serde_json::to_value(inspect(&case.raw)).expect("plain data");
            return Some(compare::parse(expected, &seen));
        }
        Some(calendars::differences(expected, &case.raw))
    }) else {
        return;
    };
    report("calendar", &results, 95);
}

#[test]
fn nothing_of_any_mail_is_lost() {
    let purposes = cases::PURPOSES;
    let Some(results) = run(&purposes, |case| {
        let mail = parse(&case.raw);
        let joined: String = mail
            .body
            .segments
            .iter()
            .map(|segment| segment.text.as_str())
            .collect();
        let whole = joined == mail.text;
        Some(if whole {
            vec![]
        } else {
            vec!["the segments are not the text".to_owned()]
        })
    }) else {
        return;
    };
    report("every file", &results, 100);
}
