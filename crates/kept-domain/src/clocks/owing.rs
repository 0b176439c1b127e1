//! Something that is owed at the moment: what is known of it while it runs, and how it reads at a given time.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::count::Count;
use super::terms::WARN_PERCENT;
use super::{Asked, CountFrom, End, How, Key, Obligation, Owed, Pause, Side, Terms};
use crate::ids::EventId;

/// When and by which line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cause {
    pub at: Timestamp,
    pub line: EventId,
}

#[derive(Debug, Clone)]
pub(super) struct Owing {
    pub owed: Owed,
    pub side: Side,
    pub run: u32,
    pub cause: Cause,
    /// When it came to be owed: later than its cause when it goes on after an end.
    pub started: Timestamp,
    pub goes_on: bool,
    pub asked: Asked,
    pub missed_at: Option<Timestamp>,
}

impl Owing {
    pub fn key(&self) -> Option<Key> {
        match self.asked {
            Asked::Given { key, .. } => Some(key),
            Asked::Target { key, .. } => key,
        }
    }

    /// Other terms from `at` on. What they no longer ask for is ended by whoever calls this.
    pub fn agree(
        &mut self,
        pauses: &[Pause],
        at: Timestamp,
        changed: &Arc<Terms>,
        from: CountFrom,
    ) {
        self.note_missed(pauses, at);
        let used = self.count(pauses).map(|count| count.used(at));
        let Asked::Target {
            target,
            terms,
            since,
            used_before,
            ..
        } = &mut self.asked
        else {
            return;
        };
        let Some(wanted) = changed.target(self.owed) else {
            return;
        };
        let in_days = target.business_days > 0 || wanted.business_days > 0;
        (*target, *terms) = (wanted, changed.clone());
        match from {
            // A share of days is no time that could be taken off.
            CountFrom::Now if !in_days => {
                *used_before += used.unwrap_or_default();
                *since = at;
            }
            CountFrom::Now => {}
            CountFrom::Start => (*since, *used_before) = (self.cause.at, SignedDuration::ZERO),
        }
    }

    /// A date by which it is due at the latest.
    pub fn ask_by(&mut self, date: Option<Timestamp>) {
        if let Asked::Target { at_latest, .. } = &mut self.asked {
            *at_latest = date;
        }
    }

    /// Keeps the due time on record when it passed before `at`.
    pub fn note_missed(&mut self, pauses: &[Pause], at: Timestamp) {
        let passed = self.due(pauses).filter(|due| *due < at);
        self.missed_at = self.missed_at.or(passed);
    }

    /// As it reads at `now`, which is its end when it ended.
    pub fn into_obligation(
        mut self,
        pauses: &[Pause],
        now: Timestamp,
        end: Option<End>,
    ) -> Obligation {
        let pauses = self.own(pauses, now, end.is_some());
        let reached = self.due(&pauses);
        // Exactly on the deadline is kept, but only by doing it.
        let dropped = end.is_some_and(|end| end.how == How::Dropped);
        let over = reached.filter(|due| *due < now || (dropped && *due == now));
        self.missed_at = self.missed_at.or(over);
        let paused = pauses.last().is_some_and(|pause| pause.to.is_none());
        let stands_still = paused && end.is_none();
        let resumed = match paused {
            true => self.due_if_resumed(&pauses, now),
            false => reached,
        };
        // While its clock stands still only a given date makes it due, whoever looks and whenever.
        let (due, warn_at) = match stands_still {
            true => (self.date(), self.warn_by_date()),
            false => (resumed, self.warn_at(&pauses, now)),
        };
        let used = self.count(&pauses).map(|count| count.used(now));
        Obligation {
            due,
            due_if_resumed: resumed,
            warn_at,
            used: used.unwrap_or_else(|| now.duration_since(self.cause.at)),
            pauses: closed(pauses, end),
            owed: self.owed,
            side: self.side,
            run: self.run,
            began: self.cause.at,
            began_by: self.cause.line,
            goes_on: self.goes_on,
            asked: self.asked,
            missed_at: self.missed_at,
            end,
        }
    }

    /// The pauses that lie in its own time. One that begins with its end stopped nothing.
    fn own(&self, pauses: &[Pause], now: Timestamp, ended: bool) -> Vec<Pause> {
        let over = |pause: &Pause| pause.to.is_some_and(|to| to <= self.cause.at);
        let own = pauses.iter().filter(|pause| !over(pause));
        let own = own.map(|pause| Pause {
            from: pause.from.max(self.cause.at),
            ..*pause
        });
        own.filter(|pause| pause.from < now || (pause.from == now && !ended))
            .collect()
    }

    fn count<'a>(&'a self, pauses: &'a [Pause]) -> Option<Count<'a>> {
        Count::of(&self.asked, self.side, self.cause.at, pauses)
    }

    /// When its time is used up, unless a pause that goes on keeps it from that.
    fn due(&self, pauses: &[Pause]) -> Option<Timestamp> {
        self.soonest(self.count(pauses).and_then(Count::due))
    }

    fn due_if_resumed(&self, pauses: &[Pause], now: Timestamp) -> Option<Timestamp> {
        let counted = self.count(pauses);
        self.soonest(counted.and_then(|count| count.due_if_resumed(now)))
    }

    fn soonest(&self, counted: Option<Timestamp>) -> Option<Timestamp> {
        counted.into_iter().chain(self.date()).min()
    }

    /// The time that somebody gave for it. One that was over before it began says nothing.
    fn date(&self) -> Option<Timestamp> {
        match &self.asked {
            Asked::Given { due, .. } => Some(*due),
            Asked::Target { at_latest, .. } => at_latest.filter(|date| *date > self.cause.at),
        }
    }

    fn warn_at(&self, pauses: &[Pause], now: Timestamp) -> Option<Timestamp> {
        let counted = self.count(pauses);
        let percent = self.warn_percent();
        let counted = counted.and_then(|count| count.percent(percent).due_if_resumed(now));
        counted.into_iter().chain(self.warn_by_date()).min()
    }

    fn warn_by_date(&self) -> Option<Timestamp> {
        let percent = self.warn_percent();
        self.date().map(|date| self.share(date, percent))
    }

    fn warn_percent(&self) -> u8 {
        match &self.asked {
            Asked::Target { terms, .. } => terms.warn_percent,
            Asked::Given { .. } => WARN_PERCENT,
        }
    }

    /// So much of the way to a given time, as the clock on the wall goes.
    fn share(&self, date: Timestamp, percent: u8) -> Timestamp {
        let millis = date.duration_since(self.cause.at).as_millis();
        let millis = i64::try_from(millis * i128::from(percent) / 100).unwrap_or_default();
        let share = SignedDuration::from_millis(millis);
        self.cause.at.checked_add(share).unwrap_or(date)
    }
}

fn closed(mut pauses: Vec<Pause>, end: Option<End>) -> Vec<Pause> {
    if let (Some(end), Some(pause)) = (end, pauses.last_mut()) {
        pause.to = pause.to.or(Some(end.at));
    }
    pauses
}
