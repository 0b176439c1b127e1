//! The client's ladder: reminded while it is their turn, parked, closed. A duty has its own time, so its ladder begins
//! shortly before that is over. And, for what the desk resolved, closed when nobody
//! objects in time.

use jiff::Timestamp;

use super::{Before, Planned, Step};
use crate::agreements::Wording;
use crate::clocks::{Obligation, Owed, Target};

/// At least so much of the client's time lies between two steps, also when Kept was not running for a while: nobody is
/// reminded twice and parked within a minute.
const BETWEEN: Target = Target {
    business_days: 1,
    business_minutes: 0,
    real_minutes: 0,
    out_of_hours: None,
};

pub(super) fn steps(
    wording: &Wording,
    obligation: &Obligation,
    before: &Before<'_>,
    answers: bool,
) -> Vec<Planned> {
    let (owed, run) = (obligation.owed, i64::from(obligation.run));
    let due = obligation.missed_at.or(obligation.due);
    // Exactly at the due time it can still be done in time.
    let late_from = obligation.missed_at.or(obligation.late_from());
    let missed = late_from.zip(due).filter(|_| !before.missed(owed));
    let missed = missed.map(|(at, due)| Planned {
        at,
        step: Step::Miss { owed, run, due },
    });
    let further = match owed {
        Owed::Answer => next_of_silence(wording, obligation, &answer(wording, obligation), before),
        Owed::Duty if !answers => duty(wording, obligation)
            .and_then(|rungs| next_of_silence(wording, obligation, &rungs, before)),
        Owed::Confirmation => late_from.map(|at| Planned {
            at,
            step: Step::CloseUnconfirmed,
        }),
        _ => None,
    };
    missed.into_iter().chain(further).collect()
}

/// When each step of the ladder may be taken at the earliest.
struct Rungs {
    reminders: Vec<Option<Timestamp>>,
    park: Option<Timestamp>,
    close: Option<Timestamp>,
}

/// Counted from when the turn became the client's.
fn answer(wording: &Wording, obligation: &Obligation) -> Rungs {
    rungs(wording, None, obligation.began)
}

/// The first word comes when most of the time is used up, all others once it is over. None while the desk looks at what the
/// client sent.
fn duty(wording: &Wording, obligation: &Obligation) -> Option<Rungs> {
    if obligation.is_paused() {
        return None;
    }
    let due = obligation.missed_at.or(obligation.due)?;
    Some(rungs(wording, obligation.warn_at, due))
}

fn rungs(wording: &Wording, before: Option<Timestamp>, from: Timestamp) -> Rungs {
    let silence = &wording.silence;
    let at = |target: &Target| target.after(&wording.client, from);
    let first = before.map(Some);
    Rungs {
        reminders: first
            .into_iter()
            .chain(silence.reminders.iter().map(at))
            .collect(),
        park: silence.park_after.as_ref().and_then(at),
        close: silence.close_after.as_ref().and_then(at),
    }
}

/// Only the next step: when it is taken decides when the one after it may be.
fn next_of_silence(
    wording: &Wording,
    obligation: &Obligation,
    rungs: &Rungs,
    before: &Before<'_>,
) -> Option<Planned> {
    let (owed, run) = (obligation.owed, i64::from(obligation.run));
    let mut last: Option<Timestamp> = None;
    let at = |planned: Option<Timestamp>, last: Option<Timestamp>| {
        let earliest = last.and_then(|last| BETWEEN.after(&wording.client, last));
        let planned = planned?;
        Some(earliest.map_or(planned, |earliest| planned.max(earliest)))
    };
    for (place, planned) in rungs.reminders.iter().enumerate() {
        let step = u32::try_from(place).unwrap_or(u32::MAX);
        let remind = |run| Step::Remind { owed, run, step };
        match before.at(remind) {
            Some(when) => last = Some(when),
            None => {
                let step = remind(run);
                return at(*planned, last).map(|at| Planned { at, step });
            }
        }
    }
    let (planned, step) = match before.parked_after(obligation.began_by) {
        None => (rungs.park?, Step::Park),
        Some(when) => {
            last = Some(when);
            (rungs.close?, Step::CloseUnanswered)
        }
    };
    at(Some(planned), last).map(|at| Planned { at, step })
}
