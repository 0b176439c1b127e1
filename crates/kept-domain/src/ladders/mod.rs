//! What happens when time runs out, step by step: the desk is warned, told, and told again higher up; a silent client is
//! reminded, parked, and closed. Each step once for each obligation.
//!
//! Worked out from what is owed and from the steps that the history already has, so that a step can neither be lost nor taken
//! twice, however often and late anybody asks.

mod client;
mod desk;
mod step;
mod taken;

pub use step::{Planned, Step};
use taken::Before;
pub use taken::Taken;

use crate::agreements::Wording;
use crate::clocks::{Obligation, Owed, Side};

/// The steps of all obligations of a ticket that are still to come, the next first. Those planned for now or earlier are due.
pub fn plan(wording: &Wording, obligations: &[Obligation], taken: &Taken) -> Vec<Planned> {
    // One silence has one ladder: while an answer is owed as well, that is what the client is reminded of.
    let answers = obligations
        .iter()
        .any(|it| it.is_owed() && it.owed == Owed::Answer);
    let owed = obligations.iter().filter(|it| it.is_owed());
    let mut planned: Vec<Planned> = owed
        .flat_map(|obligation| {
            let before = Before {
                taken,
                runs: runs_of(obligations, obligation),
            };
            match obligation.side {
                Side::Desk => desk::steps(wording, obligation, &before),
                Side::Client => client::steps(wording, obligation, &before, answers),
            }
        })
        .collect();
    planned.sort_by_key(|it| (it.at, it.step));
    planned
}

/// Its own run, and those it goes on with: a step that was taken in one of them is not taken again (S12).
fn runs_of(obligations: &[Obligation], it: &Obligation) -> Vec<i64> {
    let told_apart = |it: &Obligation| (it.owed, it.side, it.began_by, it.key());
    let same = |other: &&Obligation| told_apart(other) == told_apart(it) && other.run <= it.run;
    let those = obligations.iter().filter(same);
    those.map(|other| i64::from(other.run)).collect()
}

#[cfg(test)]
mod tests;
