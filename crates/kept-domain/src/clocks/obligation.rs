//! One thing that one side owes or owed the other, and what became of it.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::count::Count;
use super::{How, Key, Owed, Side, Standing, Target, Terms};
use crate::ids::EventId;
use crate::messages::text_form;

/// As it stands at the time that was asked about.
#[derive(Debug, Clone, PartialEq)]
pub struct Obligation {
    pub owed: Owed,
    pub side: Side,
    /// The how manieth of its kind on this ticket, from 0.
    pub run: u32,
    pub began: Timestamp,
    /// The line of the history that began it.
    pub began_by: EventId,
    /// It goes on with the clock of an earlier run that ended: the ticket was reopened (S12). A count of what was owed takes the
    /// last run of one beginning.
    pub goes_on: bool,
    pub asked: Asked,
    /// `None` while paused, and when the side that owes has no hours left. Of one that ended: when it was due.
    pub due: Option<Timestamp>,
    /// When it would be due if it went on at the time asked about; the same as `due` unless paused.
    pub due_if_resumed: Option<Timestamp>,
    /// From when on the side that owes is warned; `None` while paused.
    pub warn_at: Option<Timestamp>,
    /// In order and apart.
    pub pauses: Vec<Pause>,
    /// The due time that passed unmet. It stays when the target changes later (S17).
    pub missed_at: Option<Timestamp>,
    pub end: Option<End>,
    /// The time that counted, as the target measures it: business time for one in business time.
    pub used: SignedDuration,
}

/// What the due time follows from.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// So much time. `since` is where the terms began to count and `used_before` what earlier terms had counted by then:
    /// its beginning and nothing, unless terms were changed from a time on.
    Target {
        target: Target,
        terms: Arc<Terms>,
        since: Timestamp,
        used_before: SignedDuration,
        /// A date by which a third party should have acted; it is due then at the latest.
        at_latest: Option<Timestamp>,
        /// What tells it apart when somebody gave it to the ticket.
        key: Option<Key>,
    },
    /// A time somebody gave.
    Given { key: Key, due: Timestamp },
}

/// A stretch that does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    pub from: Timestamp,
    /// `None` while it lasts.
    pub to: Option<Timestamp>,
    /// What stopped the clock.
    pub why: Standing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    pub at: Timestamp,
    pub line: EventId,
    pub how: How,
}

/// What became of an obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Still owed, in time.
    Owed,
    Met,
    /// Too late, whether it was done afterwards, is still owed or was dropped.
    Missed,
    /// Nobody owes it any more, and it was not late.
    Dropped,
}

text_form!(Outcome {
    Outcome::Owed => "owed",
    Outcome::Met => "met",
    Outcome::Missed => "missed",
    Outcome::Dropped => "dropped",
});

impl Obligation {
    /// When it was decided what became of it, and what; `None` while it is owed in time.
    pub fn settled(&self) -> Option<(Timestamp, Outcome)> {
        let at = self.missed_at.or(self.end.map(|end| end.at))?;
        Some((at, self.outcome()))
    }

    pub fn outcome(&self) -> Outcome {
        match (self.missed_at, self.end) {
            (Some(_), _) => Outcome::Missed,
            (None, None) => Outcome::Owed,
            (None, Some(End { how: How::Done, .. })) => Outcome::Met,
            (
                None,
                Some(End {
                    how: How::NotDone, ..
                }),
            ) => Outcome::Missed,
            (None, Some(_)) => Outcome::Dropped,
        }
    }

    pub fn is_owed(&self) -> bool {
        self.end.is_none()
    }

    pub fn is_paused(&self) -> bool {
        self.is_owed() && self.pauses.last().is_some_and(|pause| pause.to.is_none())
    }

    /// Whether the side that owes should have been warned by `now` and is not late yet.
    pub fn warns(&self, now: Timestamp) -> bool {
        let late = self.missed_at.is_some();
        self.is_owed() && !late && self.warn_at.is_some_and(|from| from <= now)
    }

    /// From when on it counts as missed if nothing happens: exactly at the due time it can still be met. `None` while paused
    /// and when it ended or is missed already. Times are kept in milliseconds.
    pub fn late_from(&self) -> Option<Timestamp> {
        let due = self
            .due
            .filter(|_| self.is_owed() && self.missed_at.is_none());
        due.and_then(|due| due.checked_add(SignedDuration::from_millis(1)).ok())
    }

    /// Tells it apart when somebody gave it to the ticket.
    pub fn key(&self) -> Option<Key> {
        match self.asked {
            Asked::Given { key, .. } => Some(key),
            Asked::Target { key, .. } => key,
        }
    }

    /// The time it had in all, as [`Obligation::used`] is measured; business days as the business time they have. `None`
    /// when its hours run out.
    pub fn allowed(&self) -> Option<SignedDuration> {
        match &self.asked {
            Asked::Given { due, .. } => Some(due.duration_since(self.began)),
            Asked::Target { target, .. } if target.business_days > 0 => {
                Some(self.count()?.used(self.due_if_resumed?))
            }
            Asked::Target { .. } => Some(self.count()?.amount.total()),
        }
    }

    /// How much of its time is left; negative when it is over.
    pub fn left(&self) -> Option<SignedDuration> {
        Some(self.allowed()? - self.used)
    }

    /// How much of its time the pauses until `now` took out, measured alike.
    pub fn paused_for(&self, now: Timestamp) -> SignedDuration {
        let until = self.end.map_or(now, |end| end.at.min(now));
        self.count()
            .map_or(SignedDuration::ZERO, |count| count.paused(until))
    }

    fn count(&self) -> Option<Count<'_>> {
        Count::of(&self.asked, self.side, self.began, &self.pauses)
    }
}
