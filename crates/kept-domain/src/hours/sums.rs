//! Sums in business time: what is due when, and how much has passed. Elapsed time, on days the clocks change too.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::Calendar;
use super::weeks::Days;

/// Why a sum has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSum {
    #[error("an amount of time can't be negative")]
    Negative,
    #[error("the calendar does not open for that long")]
    NeverOpen,
}

/// An open stretch; closed again at `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    pub from: Timestamp,
    pub to: Timestamp,
}

impl Open {
    fn length(self) -> SignedDuration {
        self.to.duration_since(self.from)
    }
}

impl Calendar {
    /// When `amount` of open time after `start` is used up; at closing time when that is exactly then.
    ///
    /// # Errors
    /// When the amount is negative, or the calendar has not so much open time left.
    pub fn add(&self, start: Timestamp, amount: SignedDuration) -> Result<Timestamp, BadSum> {
        let mut left = positive(amount)?;
        if left.is_zero() {
            return Ok(start);
        }
        let mut days = Days::from(self, start);
        while let Some(date) = days.next() {
            for (from, to) in self.stretches_on(date) {
                let from = from.max(start);
                let open = to.duration_since(from).max(SignedDuration::ZERO);
                if left <= open {
                    return from.checked_add(left).map_err(|_| BadSum::NeverOpen);
                }
                left -= open;
            }
            left -= days.skip_weeks(Some(left), None);
        }
        Err(BadSum::NeverOpen)
    }

    /// The instant from which `amount` of open time leads to `end`: the opposite of [`Calendar::add`].
    ///
    /// # Errors
    /// As for adding.
    pub fn subtract(&self, end: Timestamp, amount: SignedDuration) -> Result<Timestamp, BadSum> {
        let mut left = positive(amount)?;
        if left.is_zero() {
            return Ok(end);
        }
        for open in self.open_before(end) {
            if left <= open.length() {
                return open.to.checked_sub(left).map_err(|_| BadSum::NeverOpen);
            }
            left -= open.length();
        }
        Err(BadSum::NeverOpen)
    }

    /// The open time between two instants; none when they are the wrong way round.
    pub fn between(&self, start: Timestamp, end: Timestamp) -> SignedDuration {
        let last = self.date_at(end);
        let mut sum = SignedDuration::ZERO;
        let mut days = Days::from(self, start);
        // A jump of the clocks can carry hours over midnight, so the day after counts too.
        while let Some(date) = days.next().filter(|date| yesterday(*date) <= last) {
            for (from, to) in self.stretches_on(date) {
                let open = to.min(end).duration_since(from.max(start));
                sum += open.max(SignedDuration::ZERO);
            }
            sum += days.skip_weeks(None, Some(last));
        }
        sum
    }

    pub fn is_open(&self, at: Timestamp) -> bool {
        let days = self.days_after(self.date_at(at)).take(3);
        let mut stretches = days.flat_map(|date| self.stretches_on(date));
        stretches.any(|(from, to)| from <= at && at < to)
    }

    /// `at` itself when it is open then, else the next opening; `None` when it never opens again.
    pub fn next_open(&self, at: Timestamp) -> Option<Timestamp> {
        self.open_from(at).next().map(|open| open.from)
    }

    /// The end of the stretch that is open at `at`, or of the next one.
    pub fn next_close(&self, at: Timestamp) -> Option<Timestamp> {
        self.open_from(at).next().map(|open| open.to)
    }

    /// The open stretches from `start` on, the first cut to begin there; ones that touch across midnight are one.
    pub fn open_from(&self, start: Timestamp) -> impl Iterator<Item = Open> {
        let days = self.days_after(self.date_at(start));
        let stretches = days.flat_map(|date| self.stretches_on(date));
        let later = stretches.filter(move |(_, to)| *to > start);
        joined(later.map(move |(from, to)| Open {
            from: from.max(start),
            to,
        }))
    }

    /// The same backwards from `end`, the latest first; ones that touch stay apart.
    fn open_before(&self, end: Timestamp) -> impl Iterator<Item = Open> {
        let days = self.days_before(self.date_at(end));
        let stretches = days.flat_map(|date| self.stretches_on(date).into_iter().rev());
        let earlier = stretches.filter(move |(from, _)| *from < end);
        earlier.map(move |(from, to)| Open {
            from,
            to: to.min(end),
        })
    }

    /// The dates that can have open time, from the day before on: a jump of the clocks can carry hours over midnight.
    pub(super) fn days_after(&self, date: Date) -> impl Iterator<Item = Date> {
        let last = match self.has_weekly_hours() {
            true => Date::MAX,
            false => self.last_exception().unwrap_or(Date::MIN),
        };
        let first = date.yesterday().unwrap_or(date);
        let days = std::iter::successors(Some(first), |day| day.tomorrow().ok());
        days.take_while(move |day| *day <= last)
    }

    fn days_before(&self, date: Date) -> impl Iterator<Item = Date> {
        let first = match self.has_weekly_hours() {
            true => Date::MIN,
            false => self.first_exception().unwrap_or(Date::MAX),
        };
        let last = date.tomorrow().unwrap_or(date);
        let days = std::iter::successors(Some(last), |day| day.yesterday().ok());
        days.take_while(move |day| *day >= first)
    }
}

fn yesterday(date: Date) -> Date {
    date.yesterday().unwrap_or(date)
}

pub(super) fn positive(amount: SignedDuration) -> Result<SignedDuration, BadSum> {
    (!amount.is_negative())
        .then_some(amount)
        .ok_or(BadSum::Negative)
}

fn joined(stretches: impl Iterator<Item = Open>) -> impl Iterator<Item = Open> {
    let mut stretches = stretches.peekable();
    std::iter::from_fn(move || {
        let mut open = stretches.next()?;
        while let Some(next) = stretches.next_if(|next| next.from <= open.to) {
            // A calendar that is always open is one stretch without an end; a year of it will do as one.
            let long = open.length() > SignedDuration::from_hours(24 * 366);
            if long {
                return Some(Open {
                    to: next.to.max(open.to),
                    ..open
                });
            }
            open.to = next.to.max(open.to);
        }
        Some(open)
    })
}
