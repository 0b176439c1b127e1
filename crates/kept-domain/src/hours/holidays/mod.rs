//! Holidays from an iCalendar file (RFC 5545): which dates are closed, wholly or for some hours, and why.
//!
//! Bytes in, dates out. Recurring events are written out over the range that is asked for; everything has a limit.

mod event;
mod lines;
mod offer;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Calendar, Day, DayHours, Span};
use event::{Event, What};
pub use offer::{Brings, Offered, offered};

pub const MOST_BYTES: usize = 2 * 1024 * 1024;
const MOST_EVENTS: usize = 5000;
const MOST_DAYS: usize = 5000;
const MOST_YEARS: i16 = 20;

/// A date that is not worked as usual.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holiday {
    pub date: Date,
    /// As the file says it; empty when it does not.
    pub name: String,
    /// When it is closed; `None` all day.
    pub closed: Option<Closed>,
}

/// From and to, in seconds after midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Closed {
    pub from: u32,
    pub to: u32,
}

/// Why a file was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadHolidays {
    #[error("the file is larger than 2 MB; holidays need less")]
    TooLarge,
    #[error("this is no iCalendar file; it should begin with BEGIN:VCALENDAR")]
    NotACalendar,
    #[error("there are more than 5000 events in the file")]
    TooManyEvents,
    #[error(
        "the events fill more than 5000 days of these years; this looks like somebody's appointments"
    )]
    TooManyDays,
    #[error("holidays are read for 20 years at most")]
    TooLong,
    #[error("line {line}: {what}")]
    Line { line: usize, what: What },
}

/// The holidays of the file from `from` to `to`, both included, in order, by the clock of `zone`.
///
/// # Errors
/// When the file is too large or no iCalendar, or a line of an event can't be read.
pub fn holidays(
    file: &[u8],
    from: Date,
    to: Date,
    zone: &TimeZone,
) -> Result<Vec<Holiday>, BadHolidays> {
    if file.len() > MOST_BYTES {
        return Err(BadHolidays::TooLarge);
    }
    if to.year() - from.year() > MOST_YEARS {
        return Err(BadHolidays::TooLong);
    }
    let text = String::from_utf8_lossy(file);
    let events = event::events(&lines::lines(&text)?, zone)?;
    if events.len() > MOST_EVENTS {
        return Err(BadHolidays::TooManyEvents);
    }
    let mut found = Vec::new();
    for event in &events {
        found.extend(event.holidays(from, to, &replaced(event, &events), MOST_DAYS)?);
        if found.len() > MOST_DAYS {
            return Err(BadHolidays::TooManyDays);
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// The dates of a recurring event for which the file has another of the same name (RECURRENCE-ID).
fn replaced(event: &Event, all: &[Event]) -> BTreeSet<Date> {
    if !event.recurs() || event.uid.is_empty() {
        return BTreeSet::new();
    }
    let same = all.iter().filter(|other| other.uid == event.uid);
    same.filter_map(|other| other.instead_of).collect()
}

/// The holidays as dated exceptions of `calendar`'s weekly hours, a day a date.
pub fn as_days(holidays: &[Holiday], calendar: &Calendar) -> Vec<Day> {
    let mut days: BTreeMap<Date, Day> = BTreeMap::new();
    for holiday in holidays {
        let date = holiday.date;
        let usual = || Day {
            date,
            hours: calendar.weekly_hours(date).clone(),
            name: holiday.name.clone(),
        };
        let day = days.entry(date).or_insert_with(usual);
        day.hours = holiday.left_of(&day.hours);
        if !day.name.contains(&holiday.name) {
            day.name = format!("{}, {}", day.name, holiday.name);
        }
    }
    days.into_values().collect()
}

impl Holiday {
    /// What is left of a day's usual hours.
    pub fn left_of(&self, hours: &DayHours) -> DayHours {
        let Some(closed) = self.closed else {
            return DayHours::closed();
        };
        let open = hours.spans().iter().flat_map(|span| {
            let before = Span {
                from: span.from,
                to: span.to.min(closed.from),
            };
            let after = Span {
                from: span.from.max(closed.to),
                to: span.to,
            };
            [before, after]
                .into_iter()
                .filter(|part| part.from < part.to)
        });
        DayHours::new(open.collect()).unwrap_or_default()
    }
}
