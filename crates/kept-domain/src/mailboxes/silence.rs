//! How long a mailbox is usually silent, learnt from when its mails came. It knows nothing of office
//! hours: nights and weekends are silences the history has seen.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// For each of the last days with mail, the longest silence that a mail of that day ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct History(Vec<Day>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Day {
    /// Days since 1970 in UTC.
    day: i64,
    longest_ms: i64,
}

const A_DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Days that count. Five weeks hold at least four weekends.
const KEPT_DAYS: i64 = 35;
/// Nothing is said about a mailbox before it was watched for two weekends.
const LEARNT_AFTER_DAYS: i64 = 14;
/// A silence shorter than this is never worth an alarm.
const SHORTEST: SignedDuration = SignedDuration::from_hours(3);

impl History {
    /// The history with one more mail in it, which came at `at`; the one before came at `last`.
    pub fn with(mut self, last: Option<Timestamp>, at: Timestamp) -> History {
        let day = at.as_millisecond().div_euclid(A_DAY_MS);
        let silence = last.map_or(0, |last| at.as_millisecond() - last.as_millisecond());
        match self.0.iter_mut().find(|known| known.day == day) {
            Some(known) => known.longest_ms = known.longest_ms.max(silence),
            None => self.0.push(Day {
                day,
                longest_ms: silence,
            }),
        }
        self.0.retain(|known| known.day > day - KEPT_DAYS);
        self
    }

    /// The silence beyond which something is probably wrong: half as long again as the longest but
    /// one. The longest itself may have been an outage. `None` while too little is known.
    pub fn limit(&self) -> Option<SignedDuration> {
        let first = self.0.iter().map(|day| day.day).min()?;
        let last = self.0.iter().map(|day| day.day).max()?;
        if last - first < LEARNT_AFTER_DAYS {
            return None;
        }
        let mut silences: Vec<i64> = self.0.iter().map(|day| day.longest_ms).collect();
        silences.sort_unstable_by(|a, b| b.cmp(a));
        let usual = silences.get(1)?;
        Some(SignedDuration::from_millis(usual * 3 / 2).max(SHORTEST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mails at these hours (UTC) of every weekday for so many days, beginning on a Monday.
    fn desk(days: i64, hours: &[i64]) -> (History, Timestamp) {
        let monday: Timestamp = "2026-11-02T00:00:00Z".parse().expect("a time");
        let mut history = History::default();
        let mut last = None;
        for day in (0..days).filter(|day| day % 7 < 5) {
            for hour in hours {
                let at = monday + SignedDuration::from_hours(day * 24 + hour);
                history = history.with(last, at);
                last = Some(at);
            }
        }
        (history, last.expect("mail came"))
    }

    fn check(history: &History, hours: Option<i64>) {
        assert_eq!(history.limit().map(|limit| limit.as_hours()), hours);
    }

    #[test]
    fn a_weekend_is_usual_once_two_were_seen() {
        let (young, _) = desk(12, &[9, 12, 16]);
        check(&young, None);
        // Friday 16:00 to Monday 9:00 is 65 hours.
        let (known, _) = desk(26, &[9, 12, 16]);
        check(&known, Some(97));
    }

    #[test]
    fn a_busy_mailbox_is_missed_after_hours() {
        let monday: Timestamp = "2026-11-02T00:00:00Z".parse().expect("a time");
        let mut history = History::default();
        let mut last = None;
        for hour in 0..24 * 20 {
            let at = monday + SignedDuration::from_hours(hour);
            history = history.with(last, at);
            last = Some(at);
        }
        check(&history, Some(3));
    }

    #[test]
    fn one_outage_does_not_make_silence_usual() {
        let (history, last) = desk(26, &[9, 12, 16]);
        let after = last + SignedDuration::from_hours(24 * 9);
        check(&history.with(Some(last), after), Some(97));
    }

    #[test]
    fn what_is_long_past_does_not_count() {
        let (history, last) = desk(26, &[9, 12, 16]);
        let history = history.with(Some(last), last + SignedDuration::from_hours(24 * 60));
        check(&history, None);
    }
}
