//! Promises and what only looks like them, a sentence a line.

mod english;
mod german;
mod mixed;
mod never;
mod places;
mod properties;
mod typed;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Firm, read};
use crate::hours::{Calendar, DayHours, Span};

/// Monday to Friday 9–17 in Berlin; the week is that of Monday, 23 November 2026. 25 December is a holiday.
pub(super) fn desk() -> Calendar {
    calendar("Europe/Berlin", "09:00", "17:00")
}

pub(super) fn calendar(zone: &str, from: &str, to: &str) -> Calendar {
    let open = DayHours::new(vec![Span::parse(from, to).expect("hours")]).expect("hours");
    let week = std::array::from_fn(|n| {
        if n < 5 {
            open.clone()
        } else {
            DayHours::closed()
        }
    });
    let christmas: Date = "2026-12-25".parse().expect("a date");
    let exceptions = BTreeMap::from([(christmas, DayHours::closed())]);
    Calendar::new(zone, week, exceptions).expect("a calendar")
}

/// `Mon 16:30`: in the week of 23 November 2026.
pub(super) fn written(text: &str, calendar: &Calendar) -> Timestamp {
    let (day, time) = text.split_once(' ').expect("day and time");
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let day = days.iter().position(|name| *name == day).expect("a day");
    let wall = format!("2026-11-{}T{time}:00", 23 + day);
    let wall: jiff::civil::DateTime = wall.parse().expect("a time");
    calendar.zone().to_timestamp(wall).expect("an instant")
}

/// The dues that were found: `Tue 17:00`, a week or more ahead `Fri 4 Dec 17:00`, `~` before one that is vague.
pub(super) fn dues(calendar: &Calendar, at: &str, text: &str) -> String {
    let written = written(at, calendar);
    let today = written.to_zoned(calendar.zone().clone()).date();
    let shown = read(text, written, calendar).into_iter().map(|found| {
        assert!(found.due > written, "{text:?} is due before it was written");
        let due = found.due.to_zoned(calendar.zone().clone());
        let days = (due.date() - today).get_days();
        let form = match (days < 7, due.year() == today.year()) {
            (true, _) => "%a %H:%M",
            (false, true) => "%a %-d %b %H:%M",
            (false, false) => "%a %-d %b %Y %H:%M",
        };
        let vague = if found.firm == Firm::Vague { "~" } else { "" };
        format!("{vague}{}", due.strftime(form))
    });
    let shown: Vec<String> = shown.collect();
    if shown.is_empty() {
        "none".to_owned()
    } else {
        shown.join(", ")
    }
}

/// Every row: `when it was written | text | when it is due`. All that differ are told at once.
pub(super) fn check(rows: &[&str]) {
    check_with(&desk(), rows);
}

pub(super) fn check_with(calendar: &Calendar, rows: &[&str]) {
    let wrong = rows.iter().filter_map(|row| {
        let [at, text, expected] = row.splitn(3, " | ").collect::<Vec<_>>()[..] else {
            panic!("{row:?} has no three parts");
        };
        let found = dues(calendar, at, text);
        (found != expected).then(|| format!("{at} {text:?}: {found}, expected {expected}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        rows.len(),
        wrong.join("\n")
    );
}
