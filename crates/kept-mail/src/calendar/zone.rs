//! Which instant a local time is: by the name of its zone, or by the definition the object brings along
//! (RFC 5545 §3.6.5).
//!
//! Known names come first: definitions in mail are often cut short. The table of zones is part of the
//! program; nothing is read from disk.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::{Offset, TimeZoneDatabase};

use super::lines::Line;
use super::when;

static KNOWN: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// Zones defined in one object, and changes of one zone, that are read.
const MAX_RULES: usize = 500;

/// What Windows calls the zones people live in (CLDR `windowsZones`).
const WINDOWS: [(&str, &str); 40] = [
    ("w. europe standard time", "Europe/Berlin"),
    ("central europe standard time", "Europe/Budapest"),
    ("central european standard time", "Europe/Warsaw"),
    ("romance standard time", "Europe/Paris"),
    ("gmt standard time", "Europe/London"),
    ("greenwich standard time", "Atlantic/Reykjavik"),
    ("fle standard time", "Europe/Kiev"),
    ("gtb standard time", "Europe/Bucharest"),
    ("e. europe standard time", "Europe/Chisinau"),
    ("russian standard time", "Europe/Moscow"),
    ("turkey standard time", "Europe/Istanbul"),
    ("israel standard time", "Asia/Jerusalem"),
    ("egypt standard time", "Africa/Cairo"),
    ("south africa standard time", "Africa/Johannesburg"),
    ("w. central africa standard time", "Africa/Lagos"),
    ("e. africa standard time", "Africa/Nairobi"),
    ("arab standard time", "Asia/Riyadh"),
    ("arabian standard time", "Asia/Dubai"),
    ("pakistan standard time", "Asia/Karachi"),
    ("india standard time", "Asia/Kolkata"),
    ("se asia standard time", "Asia/Bangkok"),
    ("china standard time", "Asia/Shanghai"),
    ("singapore standard time", "Asia/Singapore"),
    ("taipei standard time", "Asia/Taipei"),
    ("tokyo standard time", "Asia/Tokyo"),
    ("korea standard time", "Asia/Seoul"),
    ("aus eastern standard time", "Australia/Sydney"),
    ("e. australia standard time", "Australia/Brisbane"),
    ("w. australia standard time", "Australia/Perth"),
    ("new zealand standard time", "Pacific/Auckland"),
    ("eastern standard time", "America/New_York"),
    ("central standard time", "America/Chicago"),
    ("mountain standard time", "America/Denver"),
    ("us mountain standard time", "America/Phoenix"),
    ("pacific standard time", "America/Los_Angeles"),
    ("alaskan standard time", "America/Anchorage"),
    ("hawaiian standard time", "Pacific/Honolulu"),
    ("atlantic standard time", "America/Halifax"),
    ("e. south america standard time", "America/Sao_Paulo"),
    ("argentina standard time", "America/Buenos_Aires"),
];

/// The zones an object defines.
#[derive(Default)]
pub struct Zones {
    defined: HashMap<String, Vec<Rule>>,
}

/// From when on which offset holds, perhaps again each year.
struct Rule {
    from: DateTime,
    offset: Offset,
    yearly: Option<Yearly>,
}

/// The last Sunday of October: `(month, which, weekday)`, counted from the end when negative.
#[derive(Clone, Copy)]
struct Yearly {
    month: i8,
    which: i8,
    weekday: Weekday,
}

impl Zones {
    /// The definitions within these lines.
    pub fn of(lines: &[Line]) -> Self {
        let mut zones = Self::default();
        let (mut name, mut rule) = (None, None);
        for line in lines {
            match line.name.as_str() {
                "BEGIN" if line.is("BEGIN", "VTIMEZONE") => name = None,
                "TZID" => name = Some(line.value.trim().to_owned()),
                "BEGIN" => rule = is_rule(line).then(Draft::default),
                "END" if is_rule(line) => zones.add(name.as_deref(), rule.take()),
                _ => {
                    if let Some(rule) = &mut rule {
                        rule.note(line);
                    }
                }
            }
        }
        zones
    }

    fn add(&mut self, name: Option<&str>, draft: Option<Draft>) {
        let rule = draft.and_then(Draft::finished);
        if let (Some(name), Some(rule)) = (name, rule)
            && self.defined.len() < MAX_RULES
        {
            let rules = self.defined.entry(name.to_owned()).or_default();
            if rules.len() < MAX_RULES {
                rules.push(rule);
            }
        }
    }

    /// The instant of a local time; where a clock shows a time twice, the first.
    pub fn instant(&self, zone: &str, local: DateTime) -> Option<Timestamp> {
        known(zone, local).or_else(|| {
            let rules = self.defined.get(zone)?;
            offset_at(rules, local)?.to_timestamp(local).ok()
        })
    }
}

fn known(zone: &str, local: DateTime) -> Option<Timestamp> {
    let windows = zone.to_lowercase();
    let windows = WINDOWS.iter().find(|(name, _)| *name == windows);
    let name = windows.map_or(zone, |(_, name)| name);
    let zone = KNOWN.get(name).ok()?;
    Some(local.to_zoned(zone).ok()?.timestamp())
}

fn is_rule(line: &Line) -> bool {
    let value = line.value.trim();
    value.eq_ignore_ascii_case("STANDARD") || value.eq_ignore_ascii_case("DAYLIGHT")
}

/// The offset of the change that came last before `local`; before all of them, the first one's.
fn offset_at(rules: &[Rule], local: DateTime) -> Option<Offset> {
    let last = rules
        .iter()
        .filter_map(|rule| Some((rule.last_before(local)?, rule.offset)))
        .max_by_key(|(from, _)| *from);
    let first = || {
        rules
            .iter()
            .min_by_key(|rule| rule.from)
            .map(|rule| rule.offset)
    };
    last.map(|(_, offset)| offset).or_else(first)
}

impl Rule {
    fn last_before(&self, local: DateTime) -> Option<DateTime> {
        let Some(yearly) = self.yearly else {
            return (self.from <= local).then_some(self.from);
        };
        let years = [local.year(), local.year() - 1];
        let changes = years
            .into_iter()
            .filter_map(|year| yearly.in_year(year))
            .map(|date| date.to_datetime(self.from.time()));
        changes
            .filter(|change| *change <= local && *change >= self.from)
            .max()
    }
}

impl Yearly {
    fn in_year(self, year: i16) -> Option<Date> {
        let month = Date::new(year, self.month, 1).ok()?;
        month.nth_weekday_of_month(self.which, self.weekday).ok()
    }

    /// `FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10`.
    fn of(rule: &str) -> Option<Self> {
        let part = |name: &str| {
            let parts = rule.split(';').filter_map(|part| part.split_once('='));
            parts
                .into_iter()
                .find(|(known, _)| known.trim().eq_ignore_ascii_case(name))
                .map(|(_, value)| value.trim())
        };
        let day = part("BYDAY")?;
        let (which, weekday) = day.split_at_checked(day.len().checked_sub(2)?)?;
        Some(Self {
            month: part("BYMONTH")?.parse().ok()?,
            which: which.trim_start_matches('+').parse().ok()?,
            weekday: weekday_of(weekday)?,
        })
    }
}

fn weekday_of(name: &str) -> Option<Weekday> {
    Some(match name.to_ascii_uppercase().as_str() {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}

/// A rule while its lines are read.
#[derive(Default)]
struct Draft {
    from: Option<DateTime>,
    offset: Option<Offset>,
    yearly: Option<Yearly>,
}

impl Draft {
    fn note(&mut self, line: &Line) {
        match line.name.as_str() {
            "DTSTART" => self.from = when::local(line.value.trim()),
            "TZOFFSETTO" => self.offset = offset(line.value.trim()),
            "RRULE" => self.yearly = Yearly::of(&line.value),
            _ => {}
        }
    }

    fn finished(self) -> Option<Rule> {
        Some(Rule {
            from: self.from?,
            offset: self.offset?,
            yearly: self.yearly,
        })
    }
}

/// `+0100`, `-0330`, `+013000`.
fn offset(text: &str) -> Option<Offset> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits = text.trim_start_matches(['+', '-']);
    let number = |from: usize| {
        digits
            .get(from..from + 2)
            .map_or(Some(0), |pair| pair.parse::<i32>().ok())
    };
    let seconds = number(0)? * 3_600 + number(2)? * 60 + number(4)?;
    Offset::from_seconds(sign * seconds).ok()
}
