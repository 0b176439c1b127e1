//! Business days: a date counts by the share of its hours that passed, whatever their length, and a closed one not at all.

use jiff::{SignedDuration, Timestamp};

use super::sums::positive;
use super::{BadSum, Calendar};

/// What a whole business day counts.
pub const DAY: SignedDuration = SignedDuration::from_hours(24);

impl Calendar {
    /// When so much of business days ([`DAY`] each) after `start` is used up: two of them from Tuesday 10:00 lead to
    /// Thursday 10:00 where all days are alike.
    ///
    /// # Errors
    /// When the amount is negative, or the calendar has not so many days left.
    pub fn add_days(&self, start: Timestamp, amount: SignedDuration) -> Result<Timestamp, BadSum> {
        let mut left = positive(amount)?;
        if left.is_zero() {
            return Ok(start);
        }
        for date in self.days_after(self.date_at(start)) {
            let hours = self.stretches_on(date);
            let whole = length(&hours);
            for (from, to) in hours.into_iter().filter(|(_, to)| *to > start) {
                let from = from.max(start);
                let share = part(DAY, to.duration_since(from), whole);
                if left <= share {
                    let due = from.checked_add(part(whole, left, DAY));
                    return due.map_err(|_| BadSum::NeverOpen);
                }
                left -= share;
            }
        }
        Err(BadSum::NeverOpen)
    }

    /// How much of business days lies between two instants; none when they are the wrong way round.
    pub fn days_between(&self, start: Timestamp, end: Timestamp) -> SignedDuration {
        let last = self
            .date_at(end)
            .tomorrow()
            .unwrap_or(jiff::civil::Date::MAX);
        let dates = self.days_after(self.date_at(start));
        let dates = dates.take_while(|date| *date <= last);
        dates.fold(SignedDuration::ZERO, |sum, date| {
            let hours = self.stretches_on(date);
            let whole = length(&hours);
            let within = hours.iter().map(|(from, to)| {
                let open = (*to).min(end).duration_since((*from).max(start));
                open.max(SignedDuration::ZERO)
            });
            sum + within.fold(SignedDuration::ZERO, |sum, open| {
                sum + part(DAY, open, whole)
            })
        })
    }
}

fn length(hours: &[(Timestamp, Timestamp)]) -> SignedDuration {
    let each = hours.iter().map(|(from, to)| to.duration_since(*from));
    each.fold(SignedDuration::ZERO, |sum, it| sum + it)
}

/// `all` × `some` ÷ `of`, to the next microsecond, so that shares that can't be written down add up again.
fn part(all: SignedDuration, some: SignedDuration, of: SignedDuration) -> SignedDuration {
    let of = of.as_micros().max(1);
    let micros = (all.as_micros() * some.as_micros() + of / 2) / of;
    SignedDuration::from_micros(i64::try_from(micros).unwrap_or(i64::MAX))
}
