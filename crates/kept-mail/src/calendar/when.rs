//! Points in time within calendar objects (RFC 5545 §3.3.4, §3.3.5).
//!
//! What is written is kept beside the instant, which needs a known zone.

use jiff::civil::{Date, DateTime, Time};
use jiff::{Span, Timestamp};
use serde::Serialize;

use super::lines::Line;
use super::zone::Zones;

/// A day, or a time of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct When {
    /// As the organizer's clock shows it; midnight for a whole day.
    pub local: DateTime,
    /// The zone as named: `UTC`, `Europe/Berlin`, `W. Europe Standard Time`; `None` when it is none.
    pub zone: Option<String>,
    /// The instant, when the zone is known.
    pub instant: Option<Timestamp>,
    /// A day rather than a time.
    pub all_day: bool,
}

impl When {
    /// So much later.
    pub fn plus(&self, span: Span) -> Option<Self> {
        let later = |instant: Timestamp| {
            // A day of a duration lasts 24 hours here; the local time keeps its clock.
            let hours = span.get_weeks() as i64 * 168 + i64::from(span.get_days()) * 24;
            let rest = Span::new()
                .try_hours(i64::from(span.get_hours()).checked_add(hours)?)
                .ok()?
                .try_minutes(span.get_minutes())
                .ok()?
                .try_seconds(span.get_seconds())
                .ok()?;
            instant.checked_add(rest).ok()
        };
        Some(Self {
            local: self.local.checked_add(span).ok()?,
            zone: self.zone.clone(),
            instant: self.instant.and_then(later),
            all_day: self.all_day && span.get_hours() == 0 && span.get_minutes() == 0,
        })
    }
}

/// The time of a line such as `DTSTART;TZID=Europe/Berlin:20261102T090000`.
pub fn of(line: &Line, zones: &Zones) -> Option<When> {
    let value = line.value.trim();
    let (value, utc) = match value.strip_suffix(['Z', 'z']) {
        Some(value) => (value, true),
        None => (value, false),
    };
    let local = local(value)?;
    let named = line
        .parameter("TZID")
        .map(|zone| zone.trim_start_matches('/').to_owned());
    let zone = if utc { Some("UTC".to_owned()) } else { named };
    let all_day = value.len() == 8;
    let instant = zone
        .as_deref()
        .filter(|_| !all_day)
        .and_then(|zone| zones.instant(zone, local));
    Some(When {
        local,
        zone,
        instant,
        all_day,
    })
}

/// `20261102` or `20261102T090000`.
pub fn local(value: &str) -> Option<DateTime> {
    let (day, time) = match value.split_once(['T', 't']) {
        Some((day, time)) => (day, time),
        None => (value, "000000"),
    };
    Some(date(day)?.to_datetime(clock(time)?))
}

fn date(text: &str) -> Option<Date> {
    let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
    let small = |from, to| number(from, to).and_then(|number| i8::try_from(number).ok());
    digits.then(|| Date::new(number(0, 4)?, small(4, 6)?, small(6, 8)?).ok())?
}

fn clock(text: &str) -> Option<Time> {
    let digits =
        (text.len() == 6 || text.len() == 4) && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = |from: usize| text.get(from..from + 2).unwrap_or("00").parse::<i8>().ok();
    // A leap second is the last second of its minute.
    digits.then(|| Time::new(number(0)?, number(2)?, number(4)?.min(59), 0).ok())?
}

/// `PT1H30M`, `P1D`, `P2W` (RFC 5545 §3.3.6); none for anything negative.
pub fn duration(text: &str) -> Option<Span> {
    let text = text.trim().trim_start_matches('+').strip_prefix('P')?;
    let mut span = Span::new();
    let mut number = String::new();
    for c in text.chars().filter(|c| *c != 'T') {
        if c.is_ascii_digit() {
            number.push(c);
            continue;
        }
        let count: i64 = number.parse().ok()?;
        number.clear();
        span = match c {
            'W' => span.try_weeks(count),
            'D' => span.try_days(count),
            'H' => span.try_hours(count),
            'M' => span.try_minutes(count),
            'S' => span.try_seconds(count),
            _ => return None,
        }
        .ok()?;
    }
    Some(span)
}
