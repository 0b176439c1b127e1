//! How often a duty comes again: by a rule (RFC 5545), mostly one that has a name people know.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::hours::recurrence::{BadRule, Rule};

/// A rule and how it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Repeating {
    text: String,
    rule: Rule,
}

/// The rules with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    Week,
    Month,
    Quarter,
    Year,
}

impl Repeating {
    /// # Errors
    /// When it is no rule.
    pub fn parse(text: &str) -> Result<Self, BadRule> {
        let rule = text.parse()?;
        let text = text.trim();
        let text = text.strip_prefix("RRULE:").unwrap_or(text);
        Ok(Self {
            text: text.to_ascii_uppercase(),
            rule,
        })
    }

    pub fn rule(&self) -> &Rule {
        &self.rule
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its name, when it is one of those from this day on.
    pub fn named(&self, from: Date) -> Option<Every> {
        Every::ALL
            .into_iter()
            .find(|every| every.rule(from) == self.text)
    }
}

impl Every {
    pub const ALL: [Every; 4] = [Every::Week, Every::Month, Every::Quarter, Every::Year];

    /// Its name in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Every::Week => "week",
            Every::Month => "month",
            Every::Quarter => "quarter",
            Every::Year => "year",
        }
    }

    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }

    /// As a rule from a day on. A month without that day has its last one instead: what begins on the 31st comes every
    /// month, which `FREQ=MONTHLY` alone would not mean.
    pub fn rule(self, from: Date) -> String {
        match self {
            Every::Week => "FREQ=WEEKLY".to_owned(),
            Every::Month => format!("FREQ=MONTHLY{}", or_the_last(from.day())),
            Every::Quarter => format!("FREQ=MONTHLY;INTERVAL=3{}", or_the_last(from.day())),
            Every::Year if (from.month(), from.day()) == (2, 29) => {
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1".to_owned()
            }
            Every::Year => "FREQ=YEARLY".to_owned(),
        }
    }
}

/// The part of a rule that picks this day of a month, or the last before it.
fn or_the_last(day: i8) -> String {
    match day {
        31 => ";BYMONTHDAY=-1".to_owned(),
        29 | 30 => {
            let days: Vec<String> = (28..=day).map(|day| day.to_string()).collect();
            format!(";BYMONTHDAY={};BYSETPOS=-1", days.join(","))
        }
        _ => String::new(),
    }
}

impl TryFrom<String> for Repeating {
    type Error = BadRule;

    fn try_from(text: String) -> Result<Self, BadRule> {
        Self::parse(&text)
    }
}

impl From<Repeating> for String {
    fn from(it: Repeating) -> Self {
        it.text
    }
}
