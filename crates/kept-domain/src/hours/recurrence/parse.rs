//! Reading a rule from its text.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};

use super::{BadRule, Ends, Frequency, Nth, Rule};

const MOST_BYTES: usize = 1000;
const MOST_INTERVAL: u32 = 1000;
const MOST_COUNT: u32 = 10_000;

impl FromStr for Rule {
    type Err = BadRule;

    /// From `FREQ=MONTHLY;BYDAY=1MO`, with or without `RRULE:` in front.
    fn from_str(text: &str) -> Result<Self, BadRule> {
        let text = text.trim();
        if text.len() > MOST_BYTES {
            return Err(BadRule::TooLong);
        }
        let text = text
            .strip_prefix("RRULE:")
            .unwrap_or(text)
            .to_ascii_uppercase();
        let parts: Vec<&str> = text.split(';').filter(|part| !part.is_empty()).collect();
        let mut rule = Self {
            frequency: frequency(&parts)?,
            interval: 1,
            ends: Ends::Never,
            by_month: Vec::new(),
            by_month_day: Vec::new(),
            by_day: Vec::new(),
            by_set_pos: Vec::new(),
            week_start: Weekday::Monday,
        };
        let mut seen: Vec<&str> = Vec::new();
        for part in parts {
            let (name, value) = part.split_once('=').ok_or_else(|| not(part))?;
            if seen.contains(&name) {
                return Err(BadRule::Twice(name.to_owned()));
            }
            seen.push(name);
            rule.take(name, value, part)?;
        }
        rule.fits()
    }
}

fn not(part: &str) -> BadRule {
    BadRule::NotUnderstood(part.to_owned())
}

fn frequency(parts: &[&str]) -> Result<Frequency, BadRule> {
    let value = parts
        .iter()
        .find_map(|part| part.strip_prefix("FREQ="))
        .ok_or(BadRule::NoFrequency)?;
    match value {
        "DAILY" => Ok(Frequency::Daily),
        "WEEKLY" => Ok(Frequency::Weekly),
        "MONTHLY" => Ok(Frequency::Monthly),
        "YEARLY" => Ok(Frequency::Yearly),
        "SECONDLY" | "MINUTELY" | "HOURLY" => Err(BadRule::TooOften(value.to_owned())),
        _ => Err(not(value)),
    }
}

impl Rule {
    fn take(&mut self, name: &str, value: &str, part: &str) -> Result<(), BadRule> {
        match name {
            "FREQ" => {}
            "INTERVAL" => {
                self.interval = number(value, 1..=MOST_INTERVAL).ok_or_else(|| not(part))?
            }
            "COUNT" => self.end(Ends::After(
                number(value, 1..=MOST_COUNT).ok_or_else(|| not(part))?,
            ))?,
            "UNTIL" => self.end(until(value).ok_or_else(|| not(part))?)?,
            "BYMONTH" => {
                self.by_month = list(value, |text| number(text, 1..=12)).ok_or_else(|| not(part))?
            }
            "BYMONTHDAY" => {
                self.by_month_day = list(value, |text| signed(text, 31)).ok_or_else(|| not(part))?
            }
            "BYSETPOS" => {
                self.by_set_pos = list(value, |text| signed(text, 366)).ok_or_else(|| not(part))?
            }
            "BYDAY" => self.by_day = list(value, nth).ok_or_else(|| not(part))?,
            "WKST" => self.week_start = weekday(value).ok_or_else(|| not(part))?,
            "BYHOUR" | "BYMINUTE" | "BYSECOND" => return Err(BadRule::TooOften(part.to_owned())),
            _ => return Err(not(part)),
        }
        Ok(())
    }

    fn end(&mut self, ends: Ends) -> Result<(), BadRule> {
        if self.ends != Ends::Never {
            return Err(BadRule::TwoEnds);
        }
        self.ends = ends;
        Ok(())
    }

    /// What RFC 5545 forbids to stand together.
    fn fits(self) -> Result<Self, BadRule> {
        let numbered = self.by_day.iter().any(|day| day.nth.is_some());
        let by_weeks = matches!(self.frequency, Frequency::Daily | Frequency::Weekly);
        let wrong = match () {
            () if numbered && by_weeks => Some("BYDAY"),
            () if !self.by_month_day.is_empty() && self.frequency == Frequency::Weekly => {
                Some("BYMONTHDAY")
            }
            () if !self.by_set_pos.is_empty() && self.frequency == Frequency::Daily => {
                Some("BYSETPOS")
            }
            () => None,
        };
        match wrong {
            Some(name) => Err(BadRule::WrongFrequency(name.to_owned())),
            None => Ok(self),
        }
    }
}

fn number<T: FromStr + PartialOrd>(text: &str, within: std::ops::RangeInclusive<T>) -> Option<T> {
    text.parse().ok().filter(|value| within.contains(value))
}

/// Not zero, and no further from it than `most`.
fn signed<T: FromStr + Into<i64> + Copy>(text: &str, most: i64) -> Option<T> {
    text.parse()
        .ok()
        .filter(|value: &T| (1..=most).contains(&(*value).into().abs()))
}

/// A list without repetitions.
fn list<T: PartialEq>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let mut found = Vec::new();
    for part in text.split(',') {
        let value = read(part)?;
        if !found.contains(&value) {
            found.push(value);
        }
    }
    Some(found)
}

fn nth(text: &str) -> Option<Nth> {
    let (number, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let nth = match number {
        "" => None,
        number => Some(signed(number, 53)?),
    };
    Some(Nth {
        nth,
        day: weekday(day)?,
    })
}

fn weekday(text: &str) -> Option<Weekday> {
    Some(match text {
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

/// A date alone includes its whole day.
fn until(text: &str) -> Option<Ends> {
    if let Ok(date) = Date::strptime("%Y%m%d", text) {
        return Some(Ends::At(date.at(23, 59, 59, 0)));
    }
    let local = |text| DateTime::strptime("%Y%m%dT%H%M%S", text).ok();
    match text.strip_suffix('Z') {
        Some(text) => local(text)?
            .to_zoned(jiff::tz::TimeZone::UTC)
            .ok()
            .map(|zoned| Ends::AtInstant(zoned.timestamp())),
        None => local(text).map(Ends::At),
    }
}

impl Ends {
    /// Whether a rule is over for good at an occurrence: its wall-clock time and its instant.
    pub(super) fn is_past(self, wall: DateTime, at: Timestamp) -> bool {
        match self {
            Self::At(end) => wall > end,
            Self::AtInstant(end) => at > end,
            Self::Never | Self::After(_) => false,
        }
    }
}
