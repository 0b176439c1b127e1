//! A length of time, as people write it and read it.

use std::fmt;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// The longest that one entry can be: a day.
pub const MOST_SECONDS: u32 = 24 * 60 * 60;
/// Characters of a length of time; all that can be read has fewer.
const LONGEST: usize = 60;
/// Digits before the point, and after it.
const MOST_DIGITS: usize = 6;
const MOST_DECIMALS: usize = 4;

/// From one second to a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Spent(u32);

/// Why a text is no length of time that can be logged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadTime {
    #[error("Write how long it took, such as 15m, 1h 30 or 1:30")]
    Nothing,
    #[error("“{0}” is not a length of time; write it as 15m, 1h 30, 1:30 or 1.5h")]
    Unreadable(String),
    #[error("Write at least one second")]
    TooShort,
    #[error("That is more than a day; log each day by itself")]
    TooLong,
}

impl TryFrom<u32> for Spent {
    type Error = BadTime;

    fn try_from(seconds: u32) -> Result<Self, BadTime> {
        match seconds {
            0 => Err(BadTime::TooShort),
            1..=MOST_SECONDS => Ok(Self(seconds)),
            _ => Err(BadTime::TooLong),
        }
    }
}

impl From<Spent> for u32 {
    fn from(spent: Spent) -> Self {
        spent.0
    }
}

impl Spent {
    pub fn seconds(self) -> u32 {
        self.0
    }

    pub fn duration(self) -> SignedDuration {
        SignedDuration::from_secs(i64::from(self.0))
    }

    /// Reads `15`, `15m`, `1h 30`, `1:30`, `1.5h`, `90 min`, `2 Std. 5 Min.`: a bare number is minutes, and after hours or
    /// minutes the next smaller unit. Decimals are taken to the nearest second.
    ///
    /// # Errors
    /// When it says no length of time, or one that is not between a second and a day.
    pub fn parse(text: &str) -> Result<Self, BadTime> {
        let text = text.trim();
        if text.is_empty() {
            return Err(BadTime::Nothing);
        }
        let seconds = match read(text) {
            Some(seconds) => seconds,
            None => {
                let shown: String = text.chars().take(LONGEST).collect();
                return Err(BadTime::Unreadable(shown));
            }
        };
        Self::try_from(u32::try_from(seconds).unwrap_or(u32::MAX))
    }

    /// The length of time that a line begins with, and what is said after it: `1h 30 new roller`. As much of the beginning
    /// as can be read is the time.
    ///
    /// # Errors
    /// As [`Spent::parse`], for what stands before the first space.
    pub fn first_of(line: &str) -> Result<(Self, &str), BadTime> {
        let line = line.trim();
        let spaces = line.match_indices(char::is_whitespace).map(|(at, _)| at);
        let ends: Vec<usize> = spaces.take(MOST_WORDS).chain([line.len()]).collect();
        let found = ends.iter().rev().find_map(|end| {
            let seconds = read(line[..*end].trim_end())?;
            Some((seconds, line[*end..].trim_start()))
        });
        match found {
            Some((seconds, rest)) => {
                let spent = Self::try_from(u32::try_from(seconds).unwrap_or(u32::MAX))?;
                Ok((spent, rest))
            }
            None => Self::parse(line.split_whitespace().next().unwrap_or_default())
                .map(|spent| (spent, "")),
        }
    }

    /// As somebody would type it: `1h 30m`.
    pub fn typed(self) -> String {
        written(i64::from(self.0), ["h", "m", "s"], "")
    }
}

/// Any number of seconds, such as a total: `26 h 30 min`.
pub fn in_words(seconds: i64) -> String {
    match seconds {
        ..=0 => "0 min".to_owned(),
        seconds => written(seconds, ["h", "min", "s"], " "),
    }
}

fn written(seconds: i64, units: [&str; 3], between: &str) -> String {
    let amounts = [seconds / 3600, seconds / 60 % 60, seconds % 60];
    let parts = amounts.into_iter().zip(units);
    let parts = parts.filter(|(amount, _)| *amount > 0);
    let parts: Vec<String> = parts
        .map(|(amount, unit)| format!("{amount}{between}{unit}"))
        .collect();
    parts.join(" ")
}

/// Words that a time at the beginning of a line can have: three numbers and their units.
const MOST_WORDS: usize = 6;

/// `1 h 30 min`.
impl fmt::Display for Spent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&in_words(i64::from(self.0)))
    }
}

/// Seconds; `None` when it says no length of time.
fn read(text: &str) -> Option<u64> {
    if text.is_empty() || text.chars().count() > LONGEST {
        return None;
    }
    if text.contains(':') {
        return clock(text);
    }
    let mut left = text;
    let (mut seconds, mut before) = (0, None);
    while !left.is_empty() {
        let (amount, rest) = number(left)?;
        let (unit, rest) = unit(rest.trim_start())?;
        let unit = match (unit, before) {
            (Some(unit), _) => unit,
            (None, None) => Unit::Minute,
            (None, Some(Unit::Hour)) => Unit::Minute,
            (None, Some(Unit::Minute)) => Unit::Second,
            (None, Some(Unit::Second)) => return None,
        };
        // Each unit once, the large before the small, and a part of one only at the end.
        if before.is_some_and(|before| before >= unit) || (amount.decimals > 0 && !rest.is_empty())
        {
            return None;
        }
        // A number without a unit ends it, so that "15 30" is nothing.
        seconds += amount.of(unit);
        (left, before) = (rest, Some(unit));
    }
    Some(seconds)
}

/// `1:30` and `1:30:05`.
fn clock(text: &str) -> Option<u64> {
    let mut parts = text.split(':');
    let hours = digits(parts.next()?, 1..=3)?;
    let minutes = digits(parts.next()?, 2..=2).filter(|it| *it < 60)?;
    let seconds = match parts.next() {
        Some(part) => digits(part, 2..=2).filter(|it| *it < 60)?,
        None => 0,
    };
    parts.next().is_none().then_some(())?;
    Some(hours * 3600 + minutes * 60 + seconds)
}

fn digits(text: &str, long: std::ops::RangeInclusive<usize>) -> Option<u64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    (plain && long.contains(&text.len())).then_some(())?;
    text.parse().ok()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Hour,
    Minute,
    Second,
}

/// A number with its decimals: 1.25 is 125 with two.
#[derive(Debug, Clone, Copy)]
struct Amount {
    digits: u64,
    decimals: u32,
}

impl Amount {
    /// To the nearest second.
    fn of(self, unit: Unit) -> u64 {
        let seconds = match unit {
            Unit::Hour => 3600,
            Unit::Minute => 60,
            Unit::Second => 1,
        };
        let whole = 10_u64.pow(self.decimals);
        (self.digits * seconds * 2 + whole) / (whole * 2)
    }
}

fn number(text: &str) -> Option<(Amount, &str)> {
    let (before, rest) = leading(text, |it| it.is_ascii_digit());
    (1..=MOST_DIGITS).contains(&before.len()).then_some(())?;
    let (after, rest) = match rest.strip_prefix(['.', ',']) {
        Some(rest) => {
            let (after, rest) = leading(rest, |it| it.is_ascii_digit());
            (1..=MOST_DECIMALS).contains(&after.len()).then_some(())?;
            (after, rest)
        }
        None => ("", rest),
    };
    let amount = Amount {
        digits: format!("{before}{after}").parse().ok()?,
        decimals: u32::try_from(after.len()).ok()?,
    };
    Some((amount, rest))
}

/// The unit that a text begins with, and what comes after it; no unit at the end of the text only.
fn unit(text: &str) -> Option<(Option<Unit>, &str)> {
    if text.is_empty() {
        return Some((None, text));
    }
    let (word, rest) = leading(text, char::is_alphabetic);
    let unit = match &*word.to_lowercase() {
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" => Unit::Hour,
        "m" | "min" | "mins" | "minute" | "minutes" | "minuten" => Unit::Minute,
        "s" | "sec" | "secs" | "second" | "seconds" | "sek" | "sekunde" | "sekunden" => {
            Unit::Second
        }
        _ => return None,
    };
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    Some((Some(unit), rest.trim_start()))
}

fn leading(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|it: char| !belongs(it)).unwrap_or(text.len());
    text.split_at(end)
}
