//! Recurring dates: `FREQ=MONTHLY;BYDAY=1MO` (RFC 5545 §3.3.10), by days and longer.
//!
//! Written over jiff rather than taken from a library: those bring a second set of time zones. Whatever the rule, the
//! work is bounded; one that never matches is refused.

mod dates;
mod parse;
#[cfg(test)]
mod rfc_tests;
mod series;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::civil::{DateTime, Weekday};

pub use series::Series;

/// How often something recurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    frequency: Frequency,
    interval: u32,
    ends: Ends,
    /// 1 to 12.
    by_month: Vec<i8>,
    /// 1 to 31, or backwards from −1.
    by_month_day: Vec<i8>,
    by_day: Vec<Nth>,
    by_set_pos: Vec<i16>,
    week_start: Weekday,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// A weekday; the nth of the month or year when numbered, from its end when negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Nth {
    nth: Option<i8>,
    day: Weekday,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    Never,
    After(u32),
    /// By the clock of the place.
    At(DateTime),
    AtInstant(Timestamp),
}

/// Why a rule can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRule {
    #[error("a rule begins with how often, such as FREQ=MONTHLY")]
    NoFrequency,
    #[error("“{0}” is too often; what recurs does so by days, weeks, months or years")]
    TooOften(String),
    #[error("“{0}” is not understood in a rule")]
    NotUnderstood(String),
    #[error("“{0}” stands twice in the rule")]
    Twice(String),
    #[error("COUNT and UNTIL can't both end a rule")]
    TwoEnds,
    #[error("“{0}” can't be used with this frequency")]
    WrongFrequency(String),
    #[error("this rule never matches a date")]
    Never,
    #[error("the rule is too long")]
    TooLong,
}
