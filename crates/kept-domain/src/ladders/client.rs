//! The client's ladder: reminded while it is their turn, parked, closed. And, for what the desk resolved, closed when nobody
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
        Owed::Answer => next_of_silence(wording, obligation, before),
        Owed::Confirmation => late_from.map(|at| Planned {
            at,
            step: Step::CloseUnconfirmed,
        }),
        _ => None,
    };
    missed.into_iter().chain(further).collect()
}

/// Only the next step: when it is taken decides when the one after it may be.
fn next_of_silence(
    wording: &Wording,
    obligation: &Obligation,
    before: &Before<'_>,
) -> Option<Planned> {
    let (owed, run) = (obligation.owed, i64::from(obligation.run));
    let silence = &wording.silence;
    let mut last: Option<Timestamp> = None;
    let at = |target: Target, last: Option<Timestamp>| {
        let planned = target.after(&wording.client, obligation.began)?;
        let earliest = last.and_then(|last| BETWEEN.after(&wording.client, last));
        Some(earliest.map_or(planned, |earliest| planned.max(earliest)))
    };
    for (place, target) in silence.reminders.iter().enumerate() {
        let step = u32::try_from(place).unwrap_or(u32::MAX);
        let remind = |run| Step::Remind { owed, run, step };
        match before.at(remind) {
            Some(when) => last = Some(when),
            None => {
                let step = remind(run);
                return at(*target, last).map(|at| Planned { at, step });
            }
        }
    }
    let (target, step) = match before.parked_after(obligation.began_by) {
        None => (silence.park_after?, Step::Park),
        Some(when) => {
            last = Some(when);
            (silence.close_after?, Step::CloseUnanswered)
        }
    };
    at(target, last).map(|at| Planned { at, step })
}
