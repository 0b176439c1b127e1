//! A ticket's course: what has been said, where it stands and what is owed, fact by fact.
//!
//! After each fact it is asked anew what must be owed; what is not any more ends, what is new begins. So no clock knows
//! of another.

mod given;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::owing::{Cause, Owing};
use super::pausing::Stopwatch;
use super::{
    Asked, CountFrom, End, Fact, How, Key, Obligation, Owed, Side, Standing, Target, Terms, What,
};

/// What is owed because of how the ticket stands. The last rests on the others, see [`Course::is_lonely`].
const STANDING: [Owed; 6] = [
    Owed::FirstResponse,
    Owed::NextResponse,
    Owed::Resolution,
    Owed::Answer,
    Owed::Confirmation,
    Owed::NextUpdate,
];

#[derive(Debug)]
pub(super) struct Course {
    terms: Option<Arc<Terms>>,
    standing: Standing,
    opened: Option<(Cause, Side)>,
    /// Nobody at the desk has answered the opening yet.
    unheard: bool,
    /// The oldest message of the client that nobody answered, after the first response.
    waiting: Option<Cause>,
    /// When the desk last told the client something.
    contact: Option<Cause>,
    /// Where the resolution counts from; none when the client only wanted us to know.
    asked: Option<Cause>,
    /// Since when the client owes an answer.
    turn: Option<Cause>,
    /// Since when the client owes a confirmation.
    resolved: Option<Cause>,
    /// Since when nothing but an update keeps the ticket from being forgotten.
    lonely: Option<Cause>,
    /// The date by which a third party should have acted.
    at_latest: Option<(Key, Timestamp)>,
    stopwatch: Stopwatch,
    /// Given before there were terms: on a ticket that is told on a younger one.
    untimed: Vec<(Cause, Key, (Owed, Side), Target)>,
    owing: Vec<Owing>,
    ended: Vec<Obligation>,
    /// What was owed by a given time when the ticket was set aside.
    kept_aside: Vec<Owing>,
    runs: [u32; Owed::ALL.len()],
}

impl Course {
    pub fn new() -> Self {
        Self {
            terms: None,
            standing: Standing::Open,
            opened: None,
            unheard: false,
            waiting: None,
            contact: None,
            asked: None,
            turn: None,
            resolved: None,
            lonely: None,
            at_latest: None,
            stopwatch: Stopwatch::default(),
            untimed: Vec::new(),
            owing: Vec::new(),
            ended: Vec::new(),
            kept_aside: Vec::new(),
            runs: [0; Owed::ALL.len()],
        }
    }

    pub fn take(&mut self, fact: &Fact) {
        let cause = Cause {
            at: fact.at,
            line: fact.line,
        };
        match &fact.what {
            What::Opened { by } => self.open(cause, *by),
            What::ClientSaid => self.client_said(cause),
            What::DeskSaid => self.desk_said(cause),
            What::OnlyToKnow => self.asked = None,
            What::Asked => self.asked = self.asked.or(Some(cause)),
            What::Confirmed => self.resolved = None,
            What::Standing(standing) => self.stand(cause, *standing),
            What::ClosedUnanswered => self.stand(cause, Standing::Closed),
            What::Terms { terms, from } => self.agree(cause, terms, *from),
            What::Due {
                key,
                owed,
                side,
                due,
            } => self.give(cause, *key, *owed, *side, *due),
            What::DueWithin {
                key,
                owed,
                side,
                target,
            } => self.give_time(cause, *key, (*owed, *side), *target),
            What::Moved { key, due } => self.move_due(cause, *key, *due),
            What::Done { key, how } => self.done(cause, *key, *how),
        }
        self.settle(cause, &fact.what);
    }

    /// Everything that was ever owed, as it stands at `now`, in the order in which it began.
    pub fn at(mut self, now: Timestamp) -> Vec<Obligation> {
        let owing = std::mem::take(&mut self.owing);
        let open = owing.into_iter().map(|it| {
            let pauses = self.stopwatch.pauses(it.owed);
            it.into_obligation(pauses, now, None)
        });
        let mut all = self.ended;
        all.extend(open);
        all.sort_by_key(|it| (it.began, it.began_by, it.owed, it.run, it.key()));
        all
    }

    fn open(&mut self, cause: Cause, by: Side) {
        if self.opened.is_some() {
            // Another ticket's opening, told here since they were merged.
            return match by {
                Side::Client => self.client_said(cause),
                Side::Desk => (),
            };
        }
        self.opened = Some((cause, by));
        self.unheard = by == Side::Client;
        self.asked = Some(cause);
    }

    fn client_said(&mut self, cause: Cause) {
        if !self.unheard {
            self.waiting = self.waiting.or(Some(cause));
        }
        (self.turn, self.resolved) = (None, None);
        if self.opened.is_some() {
            self.asked = self.asked.or(Some(cause));
        }
    }

    fn desk_said(&mut self, cause: Cause) {
        (self.unheard, self.waiting) = (false, None);
        self.contact = Some(cause);
        if self.is_with_client() {
            self.turn = self.turn.or(Some(cause));
        }
    }

    fn stand(&mut self, cause: Cause, standing: Standing) {
        let was_with_client = self.is_with_client();
        let was_aside = self.standing == Standing::Aside;
        let changed = self.standing != standing;
        self.standing = standing;
        self.turn = match self.is_with_client() {
            true if was_with_client && self.turn.is_some() => self.turn,
            true => Some(cause),
            false => None,
        };
        if changed {
            self.resolved = (standing == Standing::Resolved).then_some(cause);
        }
        match standing {
            Standing::Closed | Standing::Aside => self.end_given(cause, standing),
            _ if was_aside => self.take_back_up(cause),
            _ => {}
        }
        self.stopwatch
            .stand(cause.at, standing, self.terms.as_deref());
    }

    fn is_with_client(&self) -> bool {
        matches!(self.standing, Standing::WithClient | Standing::Parked)
    }

    fn agree(&mut self, cause: Cause, terms: &Arc<Terms>, from: CountFrom) {
        let before = self.terms.replace(terms.clone());
        if before.as_ref() == Some(terms) {
            return;
        }
        for owing in &mut self.owing {
            let pauses = self.stopwatch.pauses(owing.owed);
            owing.agree(pauses, cause.at, terms, from);
        }
        self.stopwatch.stand(cause.at, self.standing, Some(terms));
        for (cause, key, owed, target) in std::mem::take(&mut self.untimed) {
            self.give_time(cause, key, owed, target);
        }
    }

    fn settle(&mut self, cause: Cause, what: &What) {
        if self.opened.is_none() {
            return;
        }
        for owed in STANDING {
            if owed == Owed::NextUpdate {
                self.lonely = self.is_lonely().then(|| self.lonely.unwrap_or(cause));
            }
            let wanted = self.wanted(owed);
            let place = self.owing.iter().position(|it| it.owed == owed);
            match (place, wanted) {
                (Some(at), Some(from)) if self.owing[at].cause == from => {}
                (Some(at), wanted) => {
                    self.end(at, cause, how_ends(owed, what));
                    self.begin(owed, wanted, cause, what);
                }
                (None, wanted) => self.begin(owed, wanted, cause, what),
            }
        }
    }

    /// What makes it owed as the ticket stands; none when it is not owed.
    fn wanted(&self, owed: Owed) -> Option<Cause> {
        let open = self.standing.is_open();
        let alive = open || self.standing == Standing::Resolved;
        self.terms.as_ref()?.target(owed)?;
        match owed {
            Owed::FirstResponse => self.opened.filter(|_| alive && self.unheard).map(|it| it.0),
            Owed::NextResponse => self.waiting.filter(|_| alive),
            Owed::NextUpdate if !open || self.unheard || self.waiting.is_some() => None,
            Owed::NextUpdate => self.contact.or(self.lonely),
            Owed::Resolution => self.asked.filter(|_| open),
            Owed::Answer => self.turn.filter(|turn| open && !self.asks_duty(*turn)),
            Owed::Confirmation => self.resolved,
            Owed::Acceptance | Owed::Approval | Owed::Duty | Owed::Promise => None,
        }
    }

    /// Whether the client has the turn because a duty was asked for, which is owed instead of an answer.
    fn asks_duty(&self, turn: Cause) -> bool {
        let mut owing = self.owing.iter();
        owing.any(|it| it.owed == Owed::Duty && it.cause == turn)
    }

    /// Whether the ticket is with the desk or a third party and neither a client's wait nor the resolution is running.
    fn is_lonely(&self) -> bool {
        let desk = matches!(self.standing, Standing::Open | Standing::WithThirdParty);
        let stopped = self.stopwatch.is_stopped(Owed::Resolution);
        desk && !self.unheard && self.waiting.is_none() && (self.asked.is_none() || stopped)
    }

    fn begin(&mut self, owed: Owed, wanted: Option<Cause>, now: Cause, what: &What) {
        let (Some(cause), Some(terms)) = (wanted, &self.terms) else {
            return;
        };
        let Some(target) = terms.target(owed) else {
            return;
        };
        // What has been waiting for terms counts from its start, unless they say otherwise.
        let since = match what {
            What::Terms {
                from: CountFrom::Now,
                ..
            } => now.at,
            _ => cause.at,
        };
        let asked = Asked::Target {
            target,
            terms: terms.clone(),
            since,
            used_before: SignedDuration::ZERO,
            at_latest: self
                .at_latest
                .map(|it| it.1)
                .filter(|_| owed == Owed::NextUpdate),
            key: None,
        };
        let goes_on = self
            .ended
            .iter()
            .any(|it| it.owed == owed && (it.began, it.began_by) == (cause.at, cause.line));
        self.push(Owing {
            owed,
            side: owed.side(),
            run: 0,
            cause,
            started: now.at,
            goes_on,
            asked,
            missed_at: None,
        });
    }

    fn push(&mut self, owing: Owing) {
        let run = &mut self.runs[owing.owed as usize];
        self.owing.push(Owing { run: *run, ..owing });
        *run += 1;
    }

    /// What was dropped in the moment it began never was.
    fn end(&mut self, place: usize, at: Cause, how: How) {
        let owing = self.owing.remove(place);
        if how == How::Dropped && owing.started == at.at {
            let run = &mut self.runs[owing.owed as usize];
            *run = run.saturating_sub(1);
            return;
        }
        let end = End {
            at: at.at,
            line: at.line,
            how,
        };
        let pauses = self.stopwatch.pauses(owing.owed);
        self.ended
            .push(owing.into_obligation(pauses, at.at, Some(end)));
    }
}

/// What becomes of something that is no longer owed after `what`.
fn how_ends(owed: Owed, what: &What) -> How {
    let done = match what {
        What::DeskSaid => matches!(
            owed,
            Owed::FirstResponse | Owed::NextResponse | Owed::NextUpdate
        ),
        What::ClientSaid | What::Opened { .. } => {
            matches!(owed, Owed::Answer | Owed::Confirmation)
        }
        What::Confirmed => owed == Owed::Confirmation,
        What::Standing(Standing::Resolved | Standing::Closed) => owed == Owed::Resolution,
        _ => false,
    };
    match done {
        true => How::Done,
        false => How::Dropped,
    }
}
