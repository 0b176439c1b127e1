//! One question to a calendar.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use kept_domain::hours::{BadSum, Calendar, DayHours, Span};
use serde_json::{Value, json};

use crate::Asked;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

pub fn answer(line: &Value) -> Vec<Asked> {
    let expected = line.get("reference").unwrap_or(&line["expected"]).clone();
    let asked = match read(line) {
        Ok(calendar) => ask(&calendar, line),
        Err(error) => Some(json!({ "error": error })),
    };
    let id = line["id"].as_str().unwrap_or("?").to_owned();
    let asked = asked.map(|got| Asked {
        met: same(&expected, &got),
        argued: None,
        id,
        expected,
        got,
    });
    asked.into_iter().collect()
}

/// The calendar of a line.
///
/// # Errors
/// The corpus' word for what is wrong with it.
pub fn read(line: &Value) -> Result<Calendar, &'static str> {
    let zone = line["zone"].as_str().ok_or("bad_calendar")?;
    let mut week: [DayHours; 7] = std::array::from_fn(|_| DayHours::closed());
    for (hours, day) in week.iter_mut().zip(DAYS) {
        *hours = day_hours(&line["weekly"][day])?;
    }
    let mut exceptions = BTreeMap::new();
    for one in line["exceptions"].as_array().into_iter().flatten() {
        let date = one["date"]
            .as_str()
            .and_then(|date| date.parse().ok())
            .ok_or("bad_calendar")?;
        exceptions.insert(date, day_hours(&one["intervals"])?);
    }
    Calendar::new(zone, week, exceptions).map_err(|error| match error {
        kept_domain::hours::BadCalendar::NeverOpen => "never_open",
        kept_domain::hours::BadCalendar::Zone(_) => "bad_calendar",
    })
}

fn day_hours(intervals: &Value) -> Result<DayHours, &'static str> {
    let intervals = intervals.as_array().into_iter().flatten();
    let spans = intervals.map(|pair| {
        let text = |at: usize| pair[at].as_str().unwrap_or_default();
        Span::parse(text(0), text(1)).map_err(|_| "bad_calendar")
    });
    let spans = spans.collect::<Result<Vec<_>, _>>()?;
    DayHours::new(spans).map_err(|_| "bad_calendar")
}

fn ask(calendar: &Calendar, line: &Value) -> Option<Value> {
    let start = instant(&line["start"])?;
    let shown = |at: Option<Timestamp>| at.map_or(Value::Null, |at| json!(at.to_string()));
    let sum = |sum: Result<Timestamp, BadSum>| match sum {
        Ok(at) => json!(at.to_string()),
        Err(BadSum::Negative) => json!({"error": "invalid_amount"}),
        Err(BadSum::NeverOpen) => json!({"error": "never_open"}),
    };
    Some(match line["op"].as_str()? {
        "add" => sum(calendar.add(start, amount(line)?)),
        "subtract" => sum(calendar.subtract(start, amount(line)?)),
        "between" => json!(
            calendar
                .between(start, instant(&line["end"])?)
                .as_secs_f64()
        ),
        "is_open" => json!(calendar.is_open(start)),
        "next_open" => shown(calendar.next_open(start)),
        "next_close" => shown(calendar.next_close(start)),
        _ => return None,
    })
}

/// An instant of the corpus.
pub fn instant(text: &Value) -> Option<Timestamp> {
    text.as_str()?.parse().ok()
}

fn amount(line: &Value) -> Option<SignedDuration> {
    let seconds = match line["minutes"].as_f64() {
        Some(minutes) => minutes * 60.0,
        None => line["seconds"].as_f64()?,
    };
    SignedDuration::try_from_secs_f64(seconds).ok()
}

/// Instants as instants, numbers as numbers.
pub fn same(expected: &Value, got: &Value) -> bool {
    match (instant(expected), instant(got)) {
        (Some(one), Some(other)) => one == other,
        _ => match (expected.as_f64(), got.as_f64()) {
            (Some(one), Some(other)) => (one - other).abs() < 0.001,
            _ => expected == got,
        },
    }
}
