//! When a dashboard is mailed: every day, every week, every month, at a time on somebody's clock.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

use crate::messages::text_form;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Every {
    /// From Monday to Friday.
    Workday,
    /// On Mondays.
    Week,
    /// On the first.
    Month,
}

text_form!(Every {
    Every::Workday => "workday",
    Every::Week => "week",
    Every::Month => "month",
});

impl Every {
    pub const ALL: [Every; 3] = [Every::Workday, Every::Week, Every::Month];

    pub fn words(self) -> &'static str {
        match self {
            Every::Workday => "Monday to Friday",
            Every::Week => "every Monday",
            Every::Month => "on the first of each month",
        }
    }

    fn is(self, day: Date) -> bool {
        match self {
            Every::Workday => !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
            Every::Week => day.weekday() == Weekday::Monday,
            Every::Month => day.day() == 1,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    pub every: Every,
    pub time: Time,
    /// An IANA name, such as `Europe/Lisbon`.
    pub zone: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadSchedule {
    #[error("There is no time zone “{0}”; write one like Europe/Lisbon")]
    Zone(String),
}

/// Days until the next one at most.
const LONGEST_WAIT_DAYS: usize = 32;

impl Schedule {
    /// # Errors
    /// When there is no such zone.
    pub fn checked(mut self) -> Result<Schedule, BadSchedule> {
        self.zone = self.zone.trim().to_owned();
        match TimeZone::get(&self.zone) {
            Ok(_) => Ok(self),
            Err(_) => Err(BadSchedule::Zone(self.zone)),
        }
    }

    /// The first moment after `now`. A time the clocks leave out comes as much later; one they have twice comes once.
    pub fn next_after(&self, now: Timestamp) -> Option<Timestamp> {
        let zone = TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC);
        let today = now.to_zoned(zone.clone()).date();
        let days = today.series(1.day()).take(LONGEST_WAIT_DAYS);
        let moments = days.filter(|day| self.every.is(*day)).filter_map(|day| {
            let there = day.to_datetime(self.time).to_zoned(zone.clone());
            there.ok().map(|there| there.timestamp())
        });
        moments.into_iter().find(|at| *at > now)
    }

    /// `every Monday at 07:30 (Europe/Lisbon)`
    pub fn words(&self) -> String {
        let time = self.time.strftime("%H:%M");
        format!("{} at {time} ({})", self.every.words(), self.zone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(every: Every, time: &str, now: &str, expected: &str) {
        let schedule = Schedule {
            every,
            time: time.parse().expect("a time"),
            zone: " Europe/Lisbon".into(),
        };
        let schedule = schedule.checked().expect("a zone");
        let next = schedule.next_after(now.parse().expect("a time"));
        assert_eq!(
            next.map(|at| at.to_string()).as_deref(),
            Some(expected),
            "{every:?} {now}"
        );
    }

    #[test]
    fn it_comes_at_the_same_time_on_the_wall_all_year() {
        // Friday morning, then Friday after it: Monday.
        check(
            Every::Workday,
            "07:30",
            "2026-11-20T07:00:00Z",
            "2026-11-20T07:30:00Z",
        );
        check(
            Every::Workday,
            "07:30",
            "2026-11-20T07:30:00Z",
            "2026-11-23T07:30:00Z",
        );
        check(
            Every::Week,
            "07:30",
            "2026-07-01T00:00:00Z",
            "2026-07-06T06:30:00Z",
        );
        check(
            Every::Month,
            "07:30",
            "2026-11-01T07:30:00Z",
            "2026-12-01T07:30:00Z",
        );
        check(
            Every::Month,
            "01:30",
            "2026-03-01T12:00:00Z",
            "2026-04-01T00:30:00Z",
        );
    }

    #[test]
    fn a_zone_must_be_one() {
        let bad = Schedule {
            every: Every::Week,
            time: Time::midnight(),
            zone: "Lisbon".into(),
        };
        assert!(bad.checked().is_err());
    }
}
