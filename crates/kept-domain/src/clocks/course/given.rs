//! What somebody gave the ticket, with a due time or a length: promises, offers, duties, a third party's date.

use jiff::{SignedDuration, Timestamp};

use super::{Cause, Course};
use crate::clocks::owing::Owing;
use crate::clocks::{Asked, How, Key, Owed, Side, Standing, Target};

impl Course {
    pub(super) fn give(&mut self, cause: Cause, key: Key, owed: Owed, side: Side, due: Timestamp) {
        if owed == Owed::NextUpdate {
            return self.ask_by(cause, Some((key, due)));
        }
        if self.opened.is_none() || !self.lives() || self.given(key).is_some() {
            return;
        }
        self.push_given(cause, (owed, side), Asked::Given { key, due });
    }

    /// By the hours of the side that owes. A client that is asked for a duty has the turn from then on, also one who had
    /// been silent about an earlier one.
    pub(super) fn give_time(&mut self, cause: Cause, key: Key, owed: (Owed, Side), target: Target) {
        if self.opened.is_none() || !self.lives() || self.given(key).is_some() {
            return;
        }
        let Some(terms) = self.terms.clone() else {
            return self.untimed.push((cause, key, owed, target));
        };
        let answers = self.owing.iter().any(|it| it.owed == Owed::Answer);
        if self.is_with_client() && !answers {
            self.turn = Some(cause);
        }
        let asked = Asked::Target {
            target,
            terms,
            since: cause.at,
            used_before: SignedDuration::ZERO,
            at_latest: None,
            key: Some(key),
        };
        self.push_given(cause, owed, asked);
    }

    fn push_given(&mut self, cause: Cause, (owed, side): (Owed, Side), asked: Asked) {
        self.push(Owing {
            owed,
            side,
            run: 0,
            cause,
            started: cause.at,
            goes_on: false,
            asked,
            missed_at: None,
        });
    }

    fn lives(&self) -> bool {
        !matches!(self.standing, Standing::Closed | Standing::Aside)
    }

    pub(super) fn move_due(&mut self, cause: Cause, key: Key, due: Timestamp) {
        if self.at_latest.is_some_and(|it| it.0 == key) {
            return self.ask_by(cause, Some((key, due)));
        }
        if let Some(place) = self.given(key) {
            let owing = &mut self.owing[place];
            owing.note_missed(self.stopwatch.pauses(owing.owed), cause.at);
            owing.asked = Asked::Given { key, due };
        }
    }

    pub(super) fn done(&mut self, cause: Cause, key: Key, how: How) {
        if self.at_latest.is_some_and(|it| it.0 == key) {
            self.ask_by(cause, None);
        } else if let Some(place) = self.given(key) {
            self.end(place, cause, how);
        }
        self.kept_aside.retain(|it| it.key() != Some(key));
        self.untimed.retain(|it| it.1 != key);
    }

    fn given(&self, key: Key) -> Option<usize> {
        self.owing.iter().position(|it| it.key() == Some(key))
    }

    fn ask_by(&mut self, cause: Cause, by: Option<(Key, Timestamp)>) {
        self.at_latest = by;
        let pauses = self.stopwatch.pauses(Owed::NextUpdate);
        for owing in self
            .owing
            .iter_mut()
            .filter(|it| it.owed == Owed::NextUpdate)
        {
            owing.note_missed(pauses, cause.at);
            owing.ask_by(by.map(|it| it.1));
        }
    }

    pub(super) fn end_given(&mut self, cause: Cause, standing: Standing) {
        while let Some(place) = self.owing.iter().position(|it| it.key().is_some()) {
            if standing == Standing::Aside {
                self.kept_aside.push(self.owing[place].clone());
            }
            self.end(place, cause, How::Dropped);
        }
    }

    /// The ticket is in sight again, and so is what was promised on it.
    pub(super) fn take_back_up(&mut self, cause: Cause) {
        for owing in std::mem::take(&mut self.kept_aside) {
            self.push(Owing {
                started: cause.at,
                goes_on: true,
                ..owing
            });
        }
    }
}
