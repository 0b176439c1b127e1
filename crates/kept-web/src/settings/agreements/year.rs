//! A year of a calendar at a glance: twelve small months, closed and half days marked, and the named days as a list for
//! those who can't see the marks.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use kept_app::domain::hours::{Calendar, DayHours};
use maud::{Markup, html};

/// Monday first.
const WEEKDAYS: [&str; 7] = ["M", "T", "W", "T", "F", "S", "S"];

/// How a day differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// As every week.
    Open,
    /// Closed every week.
    Weekend,
    /// Closed on this date only.
    Off,
    /// Open for less than in other weeks.
    Half,
    /// Open for longer than in other weeks.
    Extra,
}

impl Mark {
    fn of(calendar: &Calendar, day: Date) -> Self {
        let weekday = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs());
        let weekly = seconds(&calendar.week()[weekday]);
        let hours = calendar.hours_on(day);
        match calendar.exceptions().contains_key(&day) {
            false if hours.is_closed() => Mark::Weekend,
            false => Mark::Open,
            true if hours.is_closed() => Mark::Off,
            true if seconds(hours) < weekly => Mark::Half,
            true if seconds(hours) > weekly => Mark::Extra,
            true => Mark::Open,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Mark::Open => "is-open",
            Mark::Weekend => "is-weekend",
            Mark::Off => "is-off",
            Mark::Half => "is-half",
            Mark::Extra => "is-extra",
        }
    }
}

fn seconds(hours: &DayHours) -> u32 {
    hours.spans().iter().map(|span| span.to - span.from).sum()
}

/// The year of one side's calendar; `title` says whose.
pub(super) fn year(calendar: &Calendar, year: i16, title: &str) -> Markup {
    let days = calendar.days();
    let named: Vec<_> = days.iter().filter(|day| day.date.year() == year).collect();
    html! {
        section.year {
            h3 { (title) " " (year) }
            div.months aria-hidden="true" { @for month in 1..=12 { (self::month(calendar, year, month)) } }
            ul.year-key aria-hidden="true" {
                li { span.day.is-off {} "closed that day" } li { span.day.is-half {} "half a day" }
                li { span.day.is-extra {} "open longer" } li { span.day.is-weekend {} "closed every week" }
            }
            @if named.is_empty() { p.says { "No holidays or other exceptions in " (year) "." } } @else {
                details.more { summary { (named.len()) @if named.len() == 1 { " day that differs" } @else { " days that differ" } }
                    ul.year-days { @for day in named { li {
                        time datetime=(day.date) { (day.date.strftime("%a %-d %B")) } " "
                        b { (day.hours) } @if !day.name.is_empty() { " " (day.name) }
                    } } }
                }
            }
        }
    }
}

fn month(calendar: &Calendar, year: i16, month: i8) -> Markup {
    let first = date(year, month, 1);
    let before = first.weekday().to_monday_zero_offset();
    let days: Vec<Date> = (0..i64::from(first.days_in_month()))
        .filter_map(|day| first.checked_add(day.days()).ok())
        .collect();
    html! {
        div.month {
            b { (first.strftime("%B")) }
            div.month-grid {
                @for day in WEEKDAYS { span.weekday { (day) } }
                @for _ in 0..before { span {} }
                @for day in days { (cell(calendar, day)) }
            }
        }
    }
}

fn cell(calendar: &Calendar, day: Date) -> Markup {
    let mark = Mark::of(calendar, day);
    let says = (!matches!(mark, Mark::Open | Mark::Weekend)).then(|| {
        let name = calendar.name_of(day).unwrap_or_default();
        format!("{} {name}", calendar.hours_on(day))
            .trim()
            .to_owned()
    });
    html! { span class={ "day " (mark.class()) } title=[says] { (day.day()) } }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn closed_half_and_longer_days_are_marked() {
        let hours = |text: &str| DayHours::parse(text).expect("hours");
        let week = ["9-17", "9-17", "9-17", "9-17", "9-17", "", ""].map(hours);
        let days = [
            ("2026-12-24", "9-13"),
            ("2026-12-25", ""),
            ("2026-12-26", "9-12"),
            ("2026-12-28", "9-17"),
        ];
        let days = days.map(|(day, text)| (day.parse().expect("a date"), hours(text)));
        let calendar = Calendar::new("UTC", week, BTreeMap::from(days)).expect("a calendar");
        for (day, mark) in [
            (23, Mark::Open),
            (24, Mark::Half),
            (25, Mark::Off),
            (26, Mark::Extra),
            (27, Mark::Weekend),
            (28, Mark::Open),
        ] {
            assert_eq!(Mark::of(&calendar, date(2026, 12, day)), mark, "{day}");
        }
        let page = year(&calendar, 2026, "Our").into_string();
        assert_eq!(page.matches("class=\"month\"").count(), 12);
        assert!(page.contains("title=\"09:00–13:00\">24<"), "{page}");
    }
}
