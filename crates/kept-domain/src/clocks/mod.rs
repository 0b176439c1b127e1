//! Who owes what by when: the clocks of both sides, worked out from what happened and from nothing else.
//!
//! Facts and the time go in, obligations come out. Nothing is counted up or stored in between, so that asking again
//! always gives the same answer (S1).

mod concerns;
mod count;
mod course;
mod fact;
mod from_history;
mod length;
mod lives;
mod obligation;
mod owed;
mod owing;
mod pausing;
mod strip;
mod target;
mod terms;
mod turns;
mod why;

use jiff::Timestamp;

pub use concerns::concerns;
pub use fact::{CountFrom, Fact, How, Key, Standing, What};
pub use from_history::facts;
pub use length::BadLength;
pub(crate) use lives::counted;
pub use obligation::{Asked, End, Obligation, Outcome, Pause};
pub use owed::{Owed, Side};
pub use strip::{Mark, Placed, Strip, strip};
pub use target::{BadTarget, OutOfHours, Target};
pub use terms::{Pauses, Terms};
pub use turns::{Stretch, Whose, turns};
pub use why::why;

/// Everything that was owed on a ticket up to `now`, in the order in which it began.
///
/// The order of `facts` does not matter, and those after `now` do not count yet. What ended never changes by later facts.
pub fn run(facts: &[Fact], now: Timestamp) -> Vec<Obligation> {
    let mut told: Vec<&Fact> = facts.iter().filter(|fact| fact.at <= now).collect();
    told.sort_by_key(|fact| fact.order());
    let mut course = course::Course::new();
    for fact in told {
        course.take(fact);
    }
    course.at(now)
}

#[cfg(test)]
mod tests;
