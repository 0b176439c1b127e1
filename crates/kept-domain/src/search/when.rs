//! Times in a search, absolute and relative: `2026-10-01`, `2026-10`, `today`, `last-week`, `>2026-10-01`,
//! `2026-10-01..2026-10-31`, `<7d`. It says from when until when; it reads no clock.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan as _, Zoned};

use crate::messages::text_form;

/// What of a ticket has a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    Opened,
    /// When something last happened.
    Changed,
    Resolved,
    Closed,
    /// What is due next, by either side. Lengths of time look ahead from now.
    Due,
    /// Since when it is the turn of whoever has it.
    Turned,
}

text_form!(Moment {
    Moment::Opened => "opened",
    Moment::Changed => "changed",
    Moment::Resolved => "resolved",
    Moment::Closed => "closed",
    Moment::Due => "due",
    Moment::Turned => "turned",
});

/// A stretch of time as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    In(Period),
    /// Before it begins.
    Before(Period),
    /// Not after its end.
    UpTo(Period),
    /// Not before it begins.
    From(Period),
    /// After its end.
    After(Period),
    /// From the beginning of the first to the end of the second.
    Between(Period, Period),
    /// Less than so long ago, or away.
    Within(Length),
    /// Longer ago, or further away.
    Beyond(Length),
}

/// Whole days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    Day(Date),
    /// The month of this day, which is its first.
    Month(Date),
    Year(i16),
    /// The one of today moved on by so many: -1 is the last.
    This(Unit, i8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Day,
    /// From Monday on.
    Week,
    Month,
    Year,
}

/// `7d`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    number: i32,
    unit: &'static str,
}

/// From the first millisecond on, until before the second; open where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    pub from_ms: Option<i64>,
    pub until_ms: Option<i64>,
}

impl Bounds {
    pub fn hold(&self, at: Timestamp) -> bool {
        let at = at.as_millisecond();
        self.from_ms.is_none_or(|from| from <= at) && self.until_ms.is_none_or(|until| at < until)
    }
}

/// Words for periods, in the order in which they are offered.
pub(super) const PERIODS: [(&str, Unit, i8); 12] = [
    ("today", Unit::Day, 0),
    ("yesterday", Unit::Day, -1),
    ("tomorrow", Unit::Day, 1),
    ("this-week", Unit::Week, 0),
    ("last-week", Unit::Week, -1),
    ("next-week", Unit::Week, 1),
    ("this-month", Unit::Month, 0),
    ("last-month", Unit::Month, -1),
    ("next-month", Unit::Month, 1),
    ("this-year", Unit::Year, 0),
    ("last-year", Unit::Year, -1),
    ("next-year", Unit::Year, 1),
];
const LENGTHS: [&str; 6] = ["min", "h", "d", "w", "mo", "y"];
/// Nobody looks further.
const LONGEST: i32 = 9_999;

impl When {
    /// `None` when it is none.
    pub(super) fn read(text: &str) -> Option<When> {
        let text = text.to_lowercase();
        if let Some((first, last)) = text.split_once("..") {
            return Some(When::Between(Period::read(first)?, Period::read(last)?));
        }
        if let Some(rest) = text.strip_prefix("<=") {
            return Period::read(rest).map(When::UpTo);
        }
        if let Some(rest) = text.strip_prefix(">=") {
            return Period::read(rest).map(When::From);
        }
        if let Some(rest) = text.strip_prefix('<') {
            let length = Length::read(rest).map(When::Within);
            return length.or_else(|| Period::read(rest).map(When::Before));
        }
        if let Some(rest) = text.strip_prefix('>') {
            let length = Length::read(rest).map(When::Beyond);
            return length.or_else(|| Period::read(rest).map(When::After));
        }
        let length = Length::read(&text).map(When::Within);
        length.or_else(|| Period::read(&text).map(When::In))
    }

    /// From when until when, for somebody who asks at `now` and lives in `zone`.
    pub fn bounds(&self, moment: Moment, now: Timestamp, zone: &TimeZone) -> Bounds {
        let now = now.to_zoned(zone.clone());
        let between = |from, until| Bounds {
            from_ms: from,
            until_ms: until,
        };
        let ahead = moment == Moment::Due;
        match self {
            When::In(it) => between(Some(it.begins(&now)), Some(it.ends(&now))),
            When::Before(it) => between(None, Some(it.begins(&now))),
            When::UpTo(it) => between(None, Some(it.ends(&now))),
            When::From(it) => between(Some(it.begins(&now)), None),
            When::After(it) => between(Some(it.ends(&now)), None),
            When::Between(first, last) => between(Some(first.begins(&now)), Some(last.ends(&now))),
            When::Within(length) if ahead => between(None, Some(length.after(&now))),
            When::Beyond(length) if ahead => between(Some(length.after(&now)), None),
            When::Within(length) => between(Some(length.before(&now)), None),
            When::Beyond(length) => between(None, Some(length.before(&now))),
        }
    }
}

impl Period {
    fn read(text: &str) -> Option<Period> {
        let named = PERIODS.iter().find(|(name, ..)| *name == text);
        if let Some((_, unit, shift)) = named {
            return Some(Period::This(*unit, *shift));
        }
        let digits = |c: char| c.is_ascii_digit();
        match text.split('-').map(str::len).collect::<Vec<_>>()[..] {
            [4] if text.chars().all(digits) => text.parse().ok().map(Period::Year),
            [4, 2] => format!("{text}-01").parse().ok().map(Period::Month),
            [4, 2, 2] => text.parse().ok().map(Period::Day),
            _ => None,
        }
    }

    fn first_day(self, today: Date) -> Option<Date> {
        match self {
            Period::Day(day) | Period::Month(day) => Some(day),
            Period::Year(year) => Date::new(year, 1, 1).ok(),
            Period::This(unit, shift) => {
                let begins = match unit {
                    Unit::Day => today,
                    Unit::Week => {
                        let passed = i64::from(today.weekday().to_monday_zero_offset());
                        today.checked_sub(passed.days()).ok()?
                    }
                    Unit::Month => today.first_of_month(),
                    Unit::Year => today.first_of_year(),
                };
                begins.checked_add(times(unit, i64::from(shift))).ok()
            }
        }
    }

    fn begins(self, now: &Zoned) -> i64 {
        begins_ms(self.first_day(now.date()), now.time_zone())
    }

    fn ends(self, now: &Zoned) -> i64 {
        let unit = match self {
            Period::Day(_) => Unit::Day,
            Period::Month(_) => Unit::Month,
            Period::Year(_) => Unit::Year,
            Period::This(unit, _) => unit,
        };
        let first = self.first_day(now.date());
        let next = first.and_then(|day| day.checked_add(times(unit, 1)).ok());
        begins_ms(next, now.time_zone())
    }
}

fn times(unit: Unit, many: i64) -> Span {
    match unit {
        Unit::Day => many.days(),
        Unit::Week => many.weeks(),
        Unit::Month => many.months(),
        Unit::Year => many.years(),
    }
}

/// A day beyond all calendars never comes.
fn begins_ms(day: Option<Date>, zone: &TimeZone) -> i64 {
    let begins = day.and_then(|day| day.to_zoned(zone.clone()).ok());
    begins.map_or(i64::MAX, |zoned| zoned.timestamp().as_millisecond())
}

impl Length {
    fn read(text: &str) -> Option<Length> {
        let digits = text.find(|c: char| !c.is_ascii_digit())?;
        let (number, unit) = text.split_at(digits);
        let unit = LENGTHS.into_iter().find(|known| *known == unit)?;
        let number = number.parse().ok().filter(|n| *n <= LONGEST)?;
        Some(Length { number, unit })
    }

    fn span(self) -> Span {
        let n = self.number;
        match self.unit {
            "min" => n.minutes(),
            "h" => n.hours(),
            "w" => n.weeks(),
            "mo" => n.months(),
            "y" => n.years(),
            _ => n.days(),
        }
    }

    fn before(self, now: &Zoned) -> i64 {
        let then = now.checked_sub(self.span());
        then.map_or(i64::MIN, |at| at.timestamp().as_millisecond())
    }

    fn after(self, now: &Zoned) -> i64 {
        let then = now.checked_add(self.span());
        then.map_or(i64::MAX, |at| at.timestamp().as_millisecond())
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::In(it) => write!(f, "{it}"),
            When::Before(it) => write!(f, "<{it}"),
            When::UpTo(it) => write!(f, "<={it}"),
            When::From(it) => write!(f, ">={it}"),
            When::After(it) => write!(f, ">{it}"),
            When::Between(first, last) => write!(f, "{first}..{last}"),
            When::Within(length) => write!(f, "<{length}"),
            When::Beyond(length) => write!(f, ">{length}"),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Day(day) => write!(f, "{day}"),
            Period::Month(day) => write!(f, "{:04}-{:02}", day.year(), day.month()),
            Period::Year(year) => write!(f, "{year:04}"),
            Period::This(unit, shift) => {
                let named = PERIODS.iter().find(|(_, of, by)| (of, by) == (unit, shift));
                f.write_str(named.map_or("today", |(name, ..)| name))
            }
        }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.number, self.unit)
    }
}
