//! Day by day through a calendar, over whole weeks at once where nothing but the weekly hours counts, so that a ticket of
//! years costs no more than one of days.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::Calendar;

/// The dates that can have open time from a start on.
pub(super) struct Days<'a> {
    calendar: &'a Calendar,
    /// The date to come.
    next: Option<Date>,
    /// The last that can have any.
    last: Date,
    /// Before this date no weeks are skipped: the start is near, or a week with an exception.
    not_before: Date,
    per_week: Option<SignedDuration>,
}

impl<'a> Days<'a> {
    /// From the day before `start` on: a jump of the clocks can carry hours over midnight.
    pub fn from(calendar: &'a Calendar, start: Timestamp) -> Self {
        let date = calendar.date_at(start);
        let last = match calendar.has_weekly_hours() {
            true => Date::MAX,
            false => calendar.last_exception().unwrap_or(Date::MIN),
        };
        Self {
            calendar,
            next: Some(date.yesterday().unwrap_or(date)),
            last,
            not_before: plus_days(date, 8),
            per_week: None,
        }
    }

    pub fn next(&mut self) -> Option<Date> {
        let date = self.next.filter(|date| *date <= self.last)?;
        self.next = date.tomorrow().ok();
        Some(date)
    }

    /// Leaves out as many whole weeks as lie before the next exception, change of clocks and `last`, and gives the open time in
    /// them: less than `most`, so that what uses it up is still to come.
    pub fn skip_weeks(
        &mut self,
        most: Option<SignedDuration>,
        last: Option<Date>,
    ) -> SignedDuration {
        let Some(date) = self.next.filter(|date| *date >= self.not_before) else {
            return SignedDuration::ZERO;
        };
        let per_week = self.per_week();
        let until = self.next_special(date);
        self.not_before = plus_days(until, 3);
        let until = last.map_or(until, |last| until.min(last));
        let weeks = until.duration_since(date).as_hours() / (7 * 24);
        let room = most.map(|most| (most.as_nanos() - 1) / per_week.as_nanos().max(1));
        let room = room.and_then(|room| i64::try_from(room).ok());
        let weeks = weeks.min(room.unwrap_or(i64::MAX)).max(0);
        let Ok(weeks) = i32::try_from(weeks) else {
            return SignedDuration::ZERO;
        };
        self.next = date.checked_add((i64::from(weeks) * 7).days()).ok();
        per_week * weeks
    }

    fn per_week(&mut self) -> SignedDuration {
        let week = self.calendar.week();
        *self.per_week.get_or_insert_with(|| {
            let spans = week.iter().flat_map(|day| day.spans());
            let seconds = spans
                .map(|span| i64::from(span.to.saturating_sub(span.from)))
                .sum();
            SignedDuration::from_secs(seconds)
        })
    }

    /// The first date from `date` on that may not be as its weekday is: one with an exception, or near a change of clocks.
    fn next_special(&self, date: Date) -> Date {
        let exceptions = self.calendar.exceptions();
        let exception = exceptions.range(date..).next().map(|(date, _)| *date);
        let zone = self.calendar.zone();
        let noon = zone.to_ambiguous_timestamp(date.at(0, 0, 0, 0));
        let change = noon.compatible().ok().and_then(|at| {
            let before = at.checked_sub(SignedDuration::from_hours(48)).ok()?;
            zone.following(before).next()
        });
        let change = change.map(|change| {
            let on = zone.to_datetime(change.timestamp()).date();
            plus_days(on, -1).max(date)
        });
        exception
            .into_iter()
            .chain(change)
            .min()
            .unwrap_or(Date::MAX)
    }
}

fn plus_days(date: Date, days: i64) -> Date {
    date.checked_add(days.days()).unwrap_or(date)
}
