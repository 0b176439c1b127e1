//! A duty: what a client does by the agreement, once on a date or again and again, and how long it may take once we ask.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::Repeating;
use crate::clocks::{BadTarget, Target};
use crate::hours::recurrence::Series;
use crate::ids::{PersonId, QueueId};

/// More nobody does, and a form has to hold them.
pub const MOST_DUTIES: usize = 20;
/// Characters of what is to be done: it becomes the subject of a ticket.
pub const LONGEST_DUTY: usize = 120;
/// Characters of what the mail says about it.
pub const LONGEST_DUTY_TEXT: usize = 2000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Tells it apart within its agreement, through all versions; 0 until it is written down. Never given twice.
    pub number: i64,
    /// In a few words: `Send us the list of users`.
    pub what: String,
    /// More about it, for whoever is asked. Markdown; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    pub when: When,
    /// Of the client's time, from when we ask.
    pub within: Target,
    /// Whom we ask; `None`: whoever of the client has been with us the longest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<PersonId>,
    /// Which queue asks; `None`: the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<QueueId>,
}

/// Its days, by the client's own clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum When {
    Once { on: Date },
    Again { from: Date, rule: Repeating },
}

/// Why a duty can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadDuty {
    #[error("write what they are to do")]
    Nothing,
    #[error("write it in at most {LONGEST_DUTY} letters; there is room for more below")]
    TooLong,
    #[error("write at most {LONGEST_DUTY_TEXT} letters")]
    TextTooLong,
    #[error("this never comes; look at the first day and the rule")]
    Never,
    #[error(transparent)]
    Within(BadTarget),
}

impl Duty {
    /// # Errors
    /// When it can't be meant.
    pub fn check(&self) -> Result<(), BadDuty> {
        if self.what.trim().is_empty() {
            return Err(BadDuty::Nothing);
        }
        if self.what.chars().count() > LONGEST_DUTY {
            return Err(BadDuty::TooLong);
        }
        if self.text.chars().count() > LONGEST_DUTY_TEXT {
            return Err(BadDuty::TextTooLong);
        }
        self.within.checked().map_err(BadDuty::Within)?;
        let first = self.when.dates(self.when.begins(), Date::MAX, 1);
        match first.is_empty() {
            true => Err(BadDuty::Never),
            false => Ok(()),
        }
    }
}

impl When {
    /// The first day it can be.
    pub fn begins(&self) -> Date {
        match self {
            When::Once { on } => *on,
            When::Again { from, .. } => *from,
        }
    }

    /// Its days from `from` to `to`, both included, in order, at most `most`.
    pub fn dates(&self, from: Date, to: Date, most: usize) -> Vec<Date> {
        match self {
            When::Once { on } => Some(*on)
                .into_iter()
                .filter(|on| from <= *on && *on <= to)
                .take(most)
                .collect(),
            When::Again { from: first, rule } => {
                let start = DateTime::from_parts(*first, jiff::civil::Time::midnight());
                // Days have no zone: which day it is says the client's clock.
                let series = Series::new(rule.rule().clone(), start, TimeZone::UTC);
                let found = series.map(|it| it.dates_within(from, to, most));
                found.unwrap_or_default()
            }
        }
    }
}
