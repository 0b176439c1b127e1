//! Compares what the corpus expects of delivery reports with what was read.

use kept_mail::Kind;
use kept_mail::bounce::{Bounce, RecipientReport, ReportKind};
use serde_json::Value;

/// What differs in kind, recipients and whether each address is dead.
pub fn differences(expected: &Value, kind: &Kind, bounce: Option<&Bounce>) -> Vec<String> {
    let is_report = matches!(kind, Kind::Bounce { .. } | Kind::Report { .. });
    if expected["kind"] == "not_bounce" {
        return if is_report {
            vec![format!("not a bounce: {kind:?}")]
        } else {
            vec![]
        };
    }
    let Some(bounce) = bounce else {
        return vec![format!("kind: expected a bounce, got {kind:?}")];
    };
    let mut wrong = Vec::new();
    let wanted = expected["reports"].as_array().into_iter().flatten();
    for want in wanted.clone() {
        wrong.extend(report(want, &bounce.reports));
    }
    if let Some(recipients) = expected["recipients"].as_array() {
        let missing = recipients
            .iter()
            .filter_map(Value::as_str)
            .filter(|want| find(want, &bounce.reports).is_none());
        wrong.extend(missing.map(|want| format!("recipient {want} is missing")));
    }
    let hidden = wanted.clone().any(|want| {
        want["recipient"]
            .as_str()
            .is_some_and(|name| name.ends_with(".invalid"))
    });
    if wanted.count() > 0
        && !hidden
        && expected["report_count"]
            .as_u64()
            .is_some_and(|count| count != bounce.reports.len() as u64)
    {
        wrong.push(format!(
            "expected {}, got {} reports",
            expected["report_count"],
            bounce.reports.len()
        ));
    }
    let class = class_of(bounce);
    if let Some(want) = expected["class"].as_str().filter(|want| *want != class) {
        wrong.push(format!("class: expected {want}, got {class}"));
    }
    if !wrong.is_empty() {
        wrong.push(format!("got {:?}", bounce.reports));
    }
    wrong
}

fn class_of(bounce: &Bounce) -> &'static str {
    let hard = bounce.reports.iter().filter(|report| report.hard).count();
    match bounce.kind {
        ReportKind::Complaint => "complaint",
        ReportKind::Delivered => "delivered",
        _ if hard == 0 => "soft",
        _ if hard == bounce.reports.len() => "hard",
        _ => "mixed",
    }
}

fn find<'a>(want: &str, reports: &'a [RecipientReport]) -> Option<&'a RecipientReport> {
    reports.iter().find(|report| {
        let named = |address: &str| address.eq_ignore_ascii_case(want);
        named(&report.recipient) || report.original_recipient.as_deref().is_some_and(named)
    })
}

fn report(want: &Value, reports: &[RecipientReport]) -> Option<String> {
    let recipient = want["recipient"].as_str()?;
    // The origin's placeholder for a complaint that hides who complained.
    if recipient.ends_with(".invalid") {
        return None;
    }
    let Some(seen) = find(recipient, reports) else {
        return Some(format!("recipient {recipient} is missing"));
    };
    let hard = want["hard"].as_bool()?;
    (hard != seen.hard).then(|| {
        format!(
            "hard: expected {hard}: {} {}",
            want["reason"], want["status"]
        )
    })
}

/// Whether each reason is the one the origin names; a hint, since its words are one library's.
pub fn reasons(expected: &Value, bounce: Option<&Bounce>) -> Vec<String> {
    let reports = bounce
        .map(|bounce| bounce.reports.as_slice())
        .unwrap_or_default();
    let wanted = expected["reports"].as_array().into_iter().flatten();
    wanted
        .filter_map(|want| {
            let reason = want["reason"].as_str()?;
            let seen = find(want["recipient"].as_str()?, reports)?;
            let got = serde_json::to_value(seen.reason).ok()?;
            (got != reason)
                .then(|| format!("{reason} got {got} {:?} {}", seen.status, seen.diagnostic))
        })
        .collect()
}
