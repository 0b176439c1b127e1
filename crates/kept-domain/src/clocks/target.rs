//! How much time something may take, as an agreement says it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::count::{Amount, Count};
use crate::hours::Calendar;

/// The longest target, in minutes: ten years around the clock. More is a slip of the finger.
const LONGEST_MINUTES: u32 = 10 * 366 * 24 * 60;
const LONGEST_DAYS: u32 = 10 * 366;

/// Time of the side that owes: first its business days, then its business minutes, then minutes that pass around the clock (S15).
/// Mostly one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Target {
    /// Whole working days: a day counts by the share of its hours that passed, so that two days from Tuesday 10:00 is Thursday 10:00.
    #[serde(skip_serializing_if = "is_zero")]
    pub business_days: u32,
    #[serde(skip_serializing_if = "is_zero")]
    pub business_minutes: u32,
    #[serde(skip_serializing_if = "is_zero")]
    pub real_minutes: u32,
    /// What is added when it begins while the side that owes is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub out_of_hours: Option<OutOfHours>,
}

/// An allowance for what begins out of hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OutOfHours {
    #[serde(skip_serializing_if = "is_zero")]
    pub business_minutes: u32,
    #[serde(skip_serializing_if = "is_zero")]
    pub real_minutes: u32,
}

/// Why a target can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadTarget {
    #[error("a target needs some time; leave it empty when nothing is asked")]
    Nothing,
    #[error("this target is longer than ten years")]
    TooLong,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks it so")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Target {
    pub fn business(minutes: u32) -> Self {
        Self {
            business_minutes: minutes,
            ..Self::default()
        }
    }

    pub fn days(days: u32) -> Self {
        Self {
            business_days: days,
            ..Self::default()
        }
    }

    /// Around the clock.
    pub fn real(minutes: u32) -> Self {
        Self {
            real_minutes: minutes,
            ..Self::default()
        }
    }

    /// The same with minutes around the clock after its business time.
    pub fn then_real(self, minutes: u32) -> Self {
        Self {
            real_minutes: minutes,
            ..self
        }
    }

    pub fn out_of_hours(self, allowance: OutOfHours) -> Self {
        Self {
            out_of_hours: Some(allowance),
            ..self
        }
    }

    /// Refuses what an agreement can't mean; asked when one is saved.
    ///
    /// # Errors
    /// When it is no time at all, or more than ten years.
    pub fn checked(self) -> Result<Self, BadTarget> {
        let more = self.out_of_hours.unwrap_or_default();
        let minutes = [
            self.business_minutes,
            self.real_minutes,
            more.business_minutes,
            more.real_minutes,
        ];
        if self.business_days > LONGEST_DAYS || minutes.iter().any(|it| *it > LONGEST_MINUTES) {
            return Err(BadTarget::TooLong);
        }
        match (self.business_days, self.business_minutes, self.real_minutes) {
            (0, 0, 0) => Err(BadTarget::Nothing),
            _ => Ok(self),
        }
    }

    /// When so much time after `start` is over, by the hours of whoever has to act; `None` when there are none left.
    pub fn after(self, calendar: &Calendar, start: Timestamp) -> Option<Timestamp> {
        let count = Count {
            calendar,
            since: start,
            amount: Amount::of(self, calendar, start),
            used_before: SignedDuration::ZERO,
            pauses: &[],
        };
        count.due()
    }

    /// The business and the real time for what begins while the side that owes is open or not.
    pub fn amounts(self, open: bool) -> (SignedDuration, SignedDuration) {
        let more = self.out_of_hours.filter(|_| !open).unwrap_or_default();
        let minutes =
            |it: u32, more: u32| SignedDuration::from_mins(i64::from(it) + i64::from(more));
        (
            minutes(self.business_minutes, more.business_minutes),
            minutes(self.real_minutes, more.real_minutes),
        )
    }
}

impl std::fmt::Display for Target {
    /// `4 h of business time`, `1 h around the clock`, `2 business days`, `1 h of business time, then 30 min around the clock`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let days = match self.business_days {
            0 => None,
            1 => Some("1 business day".to_owned()),
            days => Some(format!("{days} business days")),
        };
        let parts = [
            days,
            length(self.business_minutes).map(|it| format!("{it} of business time")),
            length(self.real_minutes).map(|it| format!("{it} around the clock")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        f.write_str(match parts.is_empty() {
            true => "at once",
            false => "",
        })?;
        f.write_str(&parts.join(", then "))?;
        match self.out_of_hours.and_then(OutOfHours::words) {
            Some(more) => write!(f, " ({more} more when it begins out of hours)"),
            None => Ok(()),
        }
    }
}

impl OutOfHours {
    fn words(self) -> Option<String> {
        let parts = [
            length(self.business_minutes).map(|it| format!("{it} of business time")),
            length(self.real_minutes).map(|it| format!("{it} around the clock")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" and "))
    }
}

/// `1 h 30 min`; nothing for none.
fn length(minutes: u32) -> Option<String> {
    match (minutes / 60, minutes % 60) {
        (0, 0) => None,
        (0, minutes) => Some(format!("{minutes} min")),
        (hours, 0) => Some(format!("{hours} h")),
        (hours, minutes) => Some(format!("{hours} h {minutes} min")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_read_in_words() {
        let check = |target: Target, words: &str| assert_eq!(target.to_string(), words);
        check(Target::business(240), "4 h of business time");
        check(Target::real(90), "1 h 30 min around the clock");
        check(Target::days(1), "1 business day");
        check(Target::days(3), "3 business days");
        check(
            Target::business(45).then_real(60),
            "45 min of business time, then 1 h around the clock",
        );
        let night = OutOfHours {
            business_minutes: 30,
            real_minutes: 0,
        };
        check(
            Target::real(60).out_of_hours(night),
            "1 h around the clock (30 min of business time more when it begins out of hours)",
        );
    }

    #[test]
    fn a_target_is_stored_as_what_it_says_and_nothing_more() {
        let stored = serde_json::to_string(&Target::business(240)).expect("plain data");
        assert_eq!(stored, r#"{"business_minutes":240}"#);
        let back: Target = serde_json::from_str(&stored).expect("the same");
        assert_eq!(back, Target::business(240));
        assert!(serde_json::from_str::<Target>(r#"{"minutes":3}"#).is_err());
    }

    #[test]
    fn no_time_at_all_and_centuries_are_refused() {
        assert_eq!(Target::default().checked(), Err(BadTarget::Nothing));
        assert_eq!(Target::real(u32::MAX).checked(), Err(BadTarget::TooLong));
        assert_eq!(Target::days(5).checked(), Ok(Target::days(5)));
    }
}
