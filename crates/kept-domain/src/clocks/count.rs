//! How a target's time is counted: over the stretches that no pause takes out, on the hours of the side that owes.

use jiff::{SignedDuration, Timestamp};

use super::{Asked, Pause, Side, Target};
use crate::hours::{Calendar, DAY};

/// What is to be counted, and from when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Count<'a> {
    pub calendar: &'a Calendar,
    pub since: Timestamp,
    /// All that was asked; `used_before` of it was used up at `since`.
    pub amount: Amount,
    pub used_before: SignedDuration,
    /// In order and apart; the last may go on.
    pub pauses: &'a [Pause],
}

/// Used up in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    /// In parts of [`DAY`].
    pub days: SignedDuration,
    pub business: SignedDuration,
    pub real: SignedDuration,
}

impl Amount {
    /// What a target asks of something that began at `began`.
    pub fn of(target: Target, calendar: &Calendar, began: Timestamp) -> Self {
        let open = target.out_of_hours.is_none() || calendar.is_open(began);
        let (business, real) = target.amounts(open);
        Self {
            days: times(DAY, target.business_days, 1),
            business,
            real,
        }
    }

    /// Days have no length of their own; they count as none here.
    pub fn total(self) -> SignedDuration {
        self.business + self.real
    }

    fn less(self, used: SignedDuration) -> Self {
        let business = self.business.min(used);
        let real = self.real.min(used - business);
        Self {
            business: self.business - business,
            real: self.real - real,
            ..self
        }
    }

    /// So much of the time; of business and real minutes together.
    pub fn percent(self, percent: u8) -> Self {
        let most = times(self.total(), u32::from(percent), 100);
        let business = self.business.min(most);
        Self {
            days: times(self.days, u32::from(percent), 100),
            business,
            real: most - business,
        }
    }

    fn is_pure_business(self) -> bool {
        self.real.is_zero()
    }

    fn is_pure_real(self) -> bool {
        self.business.is_zero() && self.days.is_zero() && !self.real.is_zero()
    }
}

impl<'a> Count<'a> {
    /// How something that began at `began` is counted; `None` when its due time was given.
    pub fn of(asked: &'a Asked, side: Side, began: Timestamp, pauses: &'a [Pause]) -> Option<Self> {
        let Asked::Target {
            target,
            terms,
            since,
            used_before,
            ..
        } = asked
        else {
            return None;
        };
        let calendar = terms.calendar(side);
        Some(Self {
            calendar,
            since: *since,
            amount: Amount::of(*target, calendar, began),
            used_before: *used_before,
            pauses,
        })
    }

    /// The same for a part of it.
    pub fn percent(self, percent: u8) -> Self {
        Self {
            amount: self.amount.percent(percent),
            ..self
        }
    }

    /// When the amount is used up: `None` when a pause that goes on keeps it from that, or the hours run out.
    pub fn due(self) -> Option<Timestamp> {
        self.due_within(running(self.since, self.pauses))
    }

    /// The same if a pause that goes on ended at `now`.
    pub fn due_if_resumed(self, now: Timestamp) -> Option<Timestamp> {
        let lasts = self.pauses.last().is_some_and(|pause| pause.to.is_none());
        let more = lasts.then_some((now.max(self.since), Timestamp::MAX));
        self.due_within(running(self.since, self.pauses).chain(more))
    }

    /// The time that counted until `until`, as the amount measures it.
    pub fn used(self, until: Timestamp) -> SignedDuration {
        let stretches = running(self.since, self.pauses);
        let stretches = stretches.map(|(from, to)| (from, to.min(until)));
        self.used_before + self.measured(stretches)
    }

    /// The time that the pauses took out until `until`, measured alike.
    pub fn paused(self, until: Timestamp) -> SignedDuration {
        let stretches = self.pauses.iter().map(|pause| {
            let to = pause.to.unwrap_or(until).min(until);
            (pause.from.max(self.since), to)
        });
        self.measured(stretches)
    }

    fn measured(
        self,
        stretches: impl Iterator<Item = (Timestamp, Timestamp)> + Clone,
    ) -> SignedDuration {
        if self.amount.is_pure_real() {
            return elapsed(stretches);
        }
        if self.amount.is_pure_business() {
            return self.open(stretches);
        }
        let business = Amount {
            real: SignedDuration::ZERO,
            ..self.amount
        };
        let part = Self {
            amount: business,
            ..self
        };
        let turn = part.due().unwrap_or(Timestamp::MAX);
        let before = stretches.clone().map(|(from, to)| (from, to.min(turn)));
        self.open(before) + elapsed(stretches.map(|(from, to)| (from.max(turn), to)))
    }

    fn open(self, stretches: impl Iterator<Item = (Timestamp, Timestamp)>) -> SignedDuration {
        stretches.fold(SignedDuration::ZERO, |sum, (from, to)| {
            sum + self.calendar.between(from, to)
        })
    }

    fn due_within(
        self,
        stretches: impl Iterator<Item = (Timestamp, Timestamp)>,
    ) -> Option<Timestamp> {
        let mut left = self.amount.less(self.used_before);
        for (from, to) in stretches {
            if let Some(due) = self.used_up(&mut left, from, to)? {
                return Some(due);
            }
        }
        None
    }

    /// Takes a stretch off what is left. `Some(Some(…))`: it is used up then; `None`: it never is.
    #[expect(
        clippy::option_option,
        reason = "two answers end the search, one goes on"
    )]
    fn used_up(
        self,
        left: &mut Amount,
        from: Timestamp,
        to: Timestamp,
    ) -> Option<Option<Timestamp>> {
        let mut at = from;
        if !left.days.is_zero() {
            at = self.calendar.add_days(at, left.days).ok()?;
            if at > to {
                left.days -= self.calendar.days_between(from, to).min(left.days);
                return Some(None);
            }
            left.days = SignedDuration::ZERO;
        }
        if !left.business.is_zero() {
            let start = at;
            at = self.calendar.add(start, left.business).ok()?;
            if at > to {
                left.business -= self.calendar.between(start, to);
                return Some(None);
            }
            left.business = SignedDuration::ZERO;
        }
        let due = at.checked_add(left.real).ok()?;
        if due > to {
            left.real -= to.duration_since(at);
            return Some(None);
        }
        Some(Some(due))
    }
}

/// The stretches from `since` on that no pause takes out; the last without an end unless a pause goes on.
pub(super) fn running(
    since: Timestamp,
    pauses: &[Pause],
) -> impl Iterator<Item = (Timestamp, Timestamp)> + Clone + '_ {
    let ends = pauses.iter().map(|pause| pause.from);
    let ends = ends.chain([Timestamp::MAX]);
    let starts = pauses
        .iter()
        .map(|pause| pause.to.unwrap_or(Timestamp::MAX));
    let starts = std::iter::once(since).chain(starts);
    let all = starts
        .zip(ends)
        .map(move |(from, to)| (from.max(since), to));
    all.filter(|(from, to)| from < to)
}

fn elapsed(stretches: impl Iterator<Item = (Timestamp, Timestamp)>) -> SignedDuration {
    stretches.fold(SignedDuration::ZERO, |sum, (from, to)| {
        sum + to.duration_since(from).max(SignedDuration::ZERO)
    })
}

fn times(amount: SignedDuration, by: u32, over: i64) -> SignedDuration {
    let millis = i64::try_from(amount.as_millis()).unwrap_or(i64::MAX);
    SignedDuration::from_millis(millis.saturating_mul(i64::from(by)) / over)
}
