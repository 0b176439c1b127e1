//! Tickets that recur: which template, for whom, and on which days at what time.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::hours::recurrence::{BadRule, Rule, Series};
use crate::ids::{ClientId, QueueId, TemplateId};

pub const LONGEST_NAME: usize = 80;
/// So many of the dates that passed while nobody looked are made up for, the latest of them.
const MOST_MADE_UP: usize = 10;
/// Dates looked at when many have passed.
const MOST_LOOKED_AT: usize = 2_000;

/// A kind of ticket that comes again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurrence {
    pub name: String,
    pub template: TemplateId,
    pub client: Option<ClientId>,
    /// `None`: as the template says.
    pub queue: Option<QueueId>,
    /// RFC 5545, such as `FREQ=MONTHLY;BYDAY=1MO`.
    pub rule: String,
    /// The first day it can be.
    pub first: Date,
    pub time: Time,
    /// IANA name of the zone of day and time.
    pub zone: String,
}

/// Why it can't recur like that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRecurrence {
    #[error("Give it a name, so that people find it")]
    NoName,
    #[error("A name has at most {LONGEST_NAME} characters")]
    LongName,
    #[error("“{0}” is no time zone")]
    Zone(String),
    #[error(transparent)]
    Rule(#[from] BadRule),
}

/// One that is to be opened now, and when the next comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    pub at: Timestamp,
    /// The day it is for.
    pub date: Date,
    pub next: Option<Timestamp>,
}

impl Recurrence {
    /// # Errors
    /// When it has no name, or its rule no date.
    pub fn checked(self) -> Result<Self, BadRecurrence> {
        let name = self.name.trim().to_owned();
        let rule = self.rule.trim().to_ascii_uppercase();
        let rule = rule.strip_prefix("RRULE:").unwrap_or(&rule).to_owned();
        let kept = Self { name, rule, ..self };
        match () {
            () if kept.name.is_empty() => return Err(BadRecurrence::NoName),
            () if kept.name.chars().count() > LONGEST_NAME => return Err(BadRecurrence::LongName),
            () => kept.series()?,
        };
        Ok(kept)
    }

    /// The next times after a moment, at most `most`; none when it has ended or can't be read.
    pub fn next_after(&self, after: Timestamp, most: usize) -> Vec<Timestamp> {
        let series = self.series();
        series.map_or_else(|_| vec![], |series| series.next_after(after, most))
    }

    /// What is to be opened by `now`, when it was planned for `planned`; one at a time, the earliest first.
    pub fn due(&self, planned: Timestamp, now: Timestamp) -> Option<Due> {
        let before = planned - SignedDuration::from_millis(1);
        let mut passed = self.next_after(before, MOST_LOOKED_AT);
        passed.retain(|at| *at <= now);
        let at = *passed.get(passed.len().saturating_sub(MOST_MADE_UP))?;
        Some(Due {
            at,
            date: at.to_zoned(self.time_zone().ok()?).date(),
            next: self.next_after(at, 1).pop(),
        })
    }

    fn series(&self) -> Result<Series, BadRecurrence> {
        let rule: Rule = self.rule.parse()?;
        let start = self.first.to_datetime(self.time);
        Ok(Series::new(rule, start, self.time_zone()?)?)
    }

    fn time_zone(&self) -> Result<TimeZone, BadRecurrence> {
        TimeZone::get(&self.zone).map_err(|_| BadRecurrence::Zone(self.zone.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recurrence(rule: &str) -> Recurrence {
        Recurrence {
            name: "Test the restore".into(),
            template: TemplateId(1),
            client: None,
            queue: None,
            rule: rule.into(),
            first: jiff::civil::date(2026, 10, 23),
            time: jiff::civil::time(8, 0, 0, 0),
            zone: "Europe/Lisbon".into(),
        }
    }

    fn time(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn it_comes_at_the_same_hour_on_both_sides_of_a_clock_change() {
        let weekly = recurrence(" rrule:freq=weekly ").checked().expect("recurs");
        assert_eq!(weekly.rule, "FREQ=WEEKLY");
        let next = weekly.next_after(time("2026-10-22T00:00:00Z"), 3);
        let expected = [
            "2026-10-23T07:00:00Z",
            "2026-10-30T08:00:00Z",
            "2026-11-06T08:00:00Z",
        ];
        assert_eq!(next, expected.map(time));
    }

    #[test]
    fn what_passed_is_made_up_for_one_by_one_and_not_without_end() {
        let daily = recurrence("FREQ=DAILY").checked().expect("recurs");
        let planned = time("2026-11-23T08:00:00Z");
        assert_eq!(daily.due(planned, time("2026-11-23T07:59:59Z")), None);
        let due = daily.due(planned, planned).expect("is due");
        assert_eq!(
            (due.at, due.date),
            (planned, jiff::civil::date(2026, 11, 23))
        );
        assert_eq!(due.next, Some(time("2026-11-24T08:00:00Z")));
        let two_later = daily.due(planned, time("2026-11-25T09:00:00Z"));
        assert_eq!(two_later.expect("is due").at, planned);
        // After a month without anybody, the last ten.
        let long = daily
            .due(planned, time("2026-12-23T09:00:00Z"))
            .expect("is due");
        assert_eq!(long.date, jiff::civil::date(2026, 12, 14));
    }

    #[test]
    fn it_ends_with_its_rule() {
        let twice = recurrence("FREQ=DAILY;COUNT=2").checked().expect("recurs");
        let last = time("2026-10-24T07:00:00Z");
        assert_eq!(twice.due(last, last).expect("is due").next, None);
        assert_eq!(twice.next_after(last, 5), []);
    }

    #[test]
    fn what_can_not_recur_is_said_in_words() {
        let check = |wrong: Recurrence, says: &str| {
            let problem = wrong.checked().expect_err("is refused").to_string();
            assert!(problem.contains(says), "{problem}");
        };
        let good = || recurrence("FREQ=DAILY");
        check(
            Recurrence {
                name: " ".into(),
                ..good()
            },
            "name",
        );
        check(
            Recurrence {
                name: "a".repeat(81),
                ..good()
            },
            "at most 80",
        );
        check(
            Recurrence {
                zone: "Europe/Nowhere".into(),
                ..good()
            },
            "no time zone",
        );
        check(recurrence("FREQ=HOURLY"), "too often");
        check(recurrence("every monday"), "rule");
        check(recurrence("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), "never");
    }
}
