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
pub use taken::Taken;

use crate::agreements::Wording;
use crate::clocks::{Obligation, Side};

/// The steps of all obligations of a ticket that are still to come, the next first. Those planned for now or earlier are due.
pub fn plan(wording: &Wording, obligations: &[Obligation], taken: &Taken) -> Vec<Planned> {
    let owed = obligations.iter().filter(|it| it.is_owed());
    let mut planned: Vec<Planned> = owed
        .flat_map(|obligation| match obligation.side {
            Side::Desk => desk::steps(wording, obligation, taken),
            Side::Client => client::steps(wording, obligation, taken),
        })
        .collect();
    planned.sort_by_key(|it| (it.at, it.step));
    planned
}

#[cfg(test)]
mod tests;
