//! The desk's ladder: warned before the due time, told at it, told higher up when it stays late.

use super::{Before, Planned, Step};
use crate::agreements::Wording;
use crate::clocks::{Obligation, Owed};

/// An offer that nobody takes goes back by itself, so nobody is told of it here; and nothing is planned
/// while the clock stands still.
pub(super) fn steps(
    wording: &Wording,
    obligation: &Obligation,
    before: &Before<'_>,
) -> Vec<Planned> {
    let (owed, run) = (obligation.owed, i64::from(obligation.run));
    if owed == Owed::Acceptance {
        return vec![];
    }
    let late_since = obligation.missed_at;
    let warn = |run| Step::Warn { owed, run };
    let escalate = |run| Step::Escalate { owed, run, step: 1 };
    let warned = obligation.warn_at.filter(|_| late_since.is_none());
    let due = late_since.or(obligation.due);
    // Exactly at the due time it can still be done in time.
    let late_from = late_since.or(obligation.late_from());
    let missed = late_from
        .zip(due)
        .map(|(at, due)| (at, Step::Miss { owed, run, due }));
    let higher = wording.escalation.zip(due).and_then(|(escalation, due)| {
        let at = escalation.after.after(&wording.desk, due)?;
        Some((at, escalate(run)))
    });
    let planned = [
        warned
            .map(|at| (at, warn(run)))
            .filter(|_| before.at(warn).is_none()),
        missed.filter(|_| !before.missed(owed)),
        higher.filter(|_| before.at(escalate).is_none()),
    ];
    let planned = planned.into_iter().flatten();
    planned.map(|(at, step)| Planned { at, step }).collect()
}
