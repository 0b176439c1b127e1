//! A calendar: weekly hours, dated exceptions, and the zone whose clock they follow.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::DayHours;
use super::day::Span;

/// When somebody works. Always opens at some time: one that never does is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Plain", into = "Plain")]
pub struct Calendar {
    zone: TimeZone,
    zone_name: String,
    /// Monday first.
    week: [DayHours; 7],
    exceptions: BTreeMap<Date, DayHours>,
    /// What the days of the exceptions are called. For people to read; no sum looks at it.
    names: BTreeMap<Date, String>,
}

/// Why a calendar can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadCalendar {
    #[error("“{0}” is not a time zone; write one like Europe/Berlin")]
    Zone(String),
    #[error("this calendar never opens; give it hours on at least one day")]
    NeverOpen,
}

/// As it is stored.
#[derive(Serialize, Deserialize)]
struct Plain {
    zone: String,
    week: [DayHours; 7],
    exceptions: BTreeMap<Date, DayHours>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    names: BTreeMap<Date, String>,
}

impl Calendar {
    /// `zone` is an IANA name, `week` begins on Monday; an exception replaces the hours of its date.
    ///
    /// # Errors
    /// When the zone is unknown or there is no open time at all.
    pub fn new(
        zone: &str,
        week: [DayHours; 7],
        exceptions: BTreeMap<Date, DayHours>,
    ) -> Result<Self, BadCalendar> {
        let found = TimeZone::get(zone).map_err(|_| BadCalendar::Zone(zone.to_owned()))?;
        let opens = |hours: &DayHours| !hours.is_closed();
        if !week.iter().any(opens) && !exceptions.values().any(opens) {
            return Err(BadCalendar::NeverOpen);
        }
        Ok(Self {
            zone: found,
            zone_name: zone.to_owned(),
            week,
            exceptions,
            names: BTreeMap::new(),
        })
    }

    /// The same with what its exceptional days are called; names of other days are left out.
    pub fn named(self, names: BTreeMap<Date, String>) -> Self {
        let known =
            |date: &Date, name: &String| !name.is_empty() && self.exceptions.contains_key(date);
        let names = names.into_iter().filter(|(date, name)| known(date, name));
        Self {
            names: names.collect(),
            ..self
        }
    }

    /// Open at every instant, in UTC.
    pub fn around_the_clock() -> Self {
        Self {
            zone: TimeZone::UTC,
            zone_name: "UTC".to_owned(),
            week: std::array::from_fn(|_| DayHours::around_the_clock()),
            exceptions: BTreeMap::new(),
            names: BTreeMap::new(),
        }
    }

    /// The zone's IANA name, to be shown beside every time that follows from this calendar.
    pub fn zone_name(&self) -> &str {
        &self.zone_name
    }

    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    pub fn week(&self) -> &[DayHours; 7] {
        &self.week
    }

    pub fn exceptions(&self) -> &BTreeMap<Date, DayHours> {
        &self.exceptions
    }

    /// What an exceptional day is called.
    pub fn name_of(&self, date: Date) -> Option<&str> {
        self.names.get(&date).map(String::as_str)
    }

    /// The hours of a date.
    pub fn hours_on(&self, date: Date) -> &DayHours {
        self.exceptions
            .get(&date)
            .unwrap_or_else(|| self.weekly_hours(date))
    }

    /// The hours of a date's weekday, whatever the exceptions.
    pub fn weekly_hours(&self, date: Date) -> &DayHours {
        &self.week[index(date.weekday())]
    }

    /// The date at an instant, by this calendar's clock.
    pub(super) fn date_at(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }

    /// The open stretches of a date as instants, in order and apart.
    ///
    /// A wall-clock time that does not exist counts with the offset before the jump, one that comes twice is the first
    /// (RFC 5545 §3.3.5); a stretch that so ends before it begins is empty.
    pub(super) fn stretches_on(&self, date: Date) -> Vec<(Timestamp, Timestamp)> {
        let mut found: Vec<(Timestamp, Timestamp)> = Vec::new();
        for span in self.hours_on(date).spans() {
            let Some((from, to)) = self.instants(date, *span) else {
                continue;
            };
            match found.last_mut() {
                Some((_, end)) if from <= *end => *end = to.max(*end),
                _ => found.push((from, to)),
            }
        }
        found
    }

    /// When the first hours of a date begin; `None` when it is closed.
    pub fn opens_on(&self, date: Date) -> Option<Timestamp> {
        self.stretches_on(date).first().map(|(from, _)| *from)
    }

    /// When the last hours of a date end; `None` when it is closed.
    pub fn closes_on(&self, date: Date) -> Option<Timestamp> {
        self.stretches_on(date).last().map(|(_, to)| *to)
    }

    fn instants(&self, date: Date, span: Span) -> Option<(Timestamp, Timestamp)> {
        let (from, to) = (self.instant(date, span.from)?, self.instant(date, span.to)?);
        (from < to).then_some((from, to))
    }

    fn instant(&self, date: Date, seconds: u32) -> Option<Timestamp> {
        let midnight = date.at(0, 0, 0, 0);
        let wall = midnight.checked_add(i64::from(seconds).seconds()).ok()?;
        let known = self.zone.to_ambiguous_timestamp(wall);
        known.compatible().ok()
    }

    /// The last date with an exception that opens; nothing opens after it when the week is closed.
    pub(super) fn last_exception(&self) -> Option<Date> {
        let open = self
            .exceptions
            .iter()
            .filter(|(_, hours)| !hours.is_closed());
        open.map(|(date, _)| *date).next_back()
    }

    pub(super) fn first_exception(&self) -> Option<Date> {
        let mut open = self
            .exceptions
            .iter()
            .filter(|(_, hours)| !hours.is_closed());
        open.next().map(|(date, _)| *date)
    }

    /// Whether it opens every week, so that no amount of time is ever too much for it.
    pub fn has_weekly_hours(&self) -> bool {
        self.week.iter().any(|hours| !hours.is_closed())
    }
}

fn index(day: Weekday) -> usize {
    usize::from(day.to_monday_zero_offset().unsigned_abs())
}

impl TryFrom<Plain> for Calendar {
    type Error = BadCalendar;

    fn try_from(plain: Plain) -> Result<Self, BadCalendar> {
        let calendar = Self::new(&plain.zone, plain.week, plain.exceptions)?;
        Ok(calendar.named(plain.names))
    }
}

impl From<Calendar> for Plain {
    fn from(calendar: Calendar) -> Self {
        Self {
            zone: calendar.zone_name,
            week: calendar.week,
            exceptions: calendar.exceptions,
            names: calendar.names,
        }
    }
}
