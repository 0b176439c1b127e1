//! When the desk looks after a third party again: the few dates people mean, or one they name.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

/// The next date, as it is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NextDate {
    Tomorrow,
    /// Monday to Friday count.
    InThreeWorkingDays,
    /// Monday of next week.
    NextWeek,
    On(Date),
}

/// By the end of the working day; the client hears of it then at the latest.
const HOUR: i8 = 17;

impl NextDate {
    /// The day itself, for people in `zone`.
    pub fn date(self, now: Timestamp, zone: &TimeZone) -> Date {
        let today = now.to_zoned(zone.clone()).date();
        let days = |many: i64| today.checked_add(many.days()).unwrap_or(today);
        match self {
            NextDate::Tomorrow => days(1),
            NextDate::InThreeWorkingDays => {
                let working = (1..=7).map(days).filter(|day| !is_weekend(*day));
                working.take(3).last().unwrap_or(today)
            }
            NextDate::NextWeek => days(7 - i64::from(today.weekday().to_monday_zero_offset())),
            NextDate::On(date) => date,
        }
    }

    /// The moment on that day; it may lie in the past.
    pub fn instant(self, now: Timestamp, zone: &TimeZone) -> Timestamp {
        let wall = self.date(now, zone).at(HOUR, 0, 0, 0);
        let found = zone.to_ambiguous_zoned(wall).compatible();
        found.map_or(now, |zoned| zoned.timestamp())
    }
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(now: &str, next: NextDate, expected: &str) {
        let zone = TimeZone::get("Europe/Lisbon").expect("zone");
        let now: Timestamp = now.parse().expect("time");
        let expected: Timestamp = expected.parse().expect("time");
        assert_eq!(next.instant(now, &zone), expected, "{next:?} from {now}");
    }

    #[test]
    fn dates_are_what_people_mean_by_them() {
        use NextDate::{InThreeWorkingDays, NextWeek, On, Tomorrow};
        // 23 November 2026 is a Monday; Lisbon is on UTC in winter.
        let monday = "2026-11-23T09:00:00Z";
        let friday = "2026-11-27T18:00:00Z";
        check(monday, Tomorrow, "2026-11-24T17:00:00Z");
        check(friday, Tomorrow, "2026-11-28T17:00:00Z");
        check(monday, InThreeWorkingDays, "2026-11-26T17:00:00Z");
        check(friday, InThreeWorkingDays, "2026-12-02T17:00:00Z");
        check(monday, NextWeek, "2026-11-30T17:00:00Z");
        check("2026-11-29T12:00:00Z", NextWeek, "2026-11-30T17:00:00Z");
        let named = On(jiff::civil::date(2026, 12, 4));
        check(monday, named, "2026-12-04T17:00:00Z");
        // In summer the same hour is another instant; the day is that of the zone.
        check("2026-07-06T23:30:00Z", Tomorrow, "2026-07-08T16:00:00Z");
    }
}
