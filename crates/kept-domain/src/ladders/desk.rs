//! The desk's ladder: warned before the due time, told at it, told higher up when it stays late.

use super::{Planned, Step, Taken};
use crate::agreements::Wording;
use crate::clocks::Obligation;

/// Nothing while the clock stands still: a paused obligation can neither warn nor fall due.
pub(super) fn steps(wording: &Wording, obligation: &Obligation, taken: &Taken) -> Vec<Planned> {
    let (owed, run) = (obligation.owed, i64::from(obligation.run));
    let late_since = obligation.missed_at;
    let warn = Step::Warn { owed, run };
    let escalate = Step::Escalate { owed, run, step: 1 };
    let warned = obligation.warn_at.filter(|_| late_since.is_none());
    let due = late_since.or(obligation.due);
    let missed = due.map(|due| (due, Step::Miss { owed, run, due }));
    let higher = wording.escalation.zip(due).and_then(|(escalation, due)| {
        let at = escalation.after.after(&wording.desk, due)?;
        Some((at, escalate))
    });
    let planned = [
        warned
            .map(|at| (at, warn))
            .filter(|_| taken.at(warn).is_none()),
        missed.filter(|_| !taken.missed(owed, run)),
        higher.filter(|_| taken.at(escalate).is_none()),
    ];
    let planned = planned.into_iter().flatten();
    planned.map(|(at, step)| Planned { at, step }).collect()
}
