//! Who owes what by when: the clocks of both sides, worked out from what happened and from nothing else.
//!
//! Facts and the time go in, obligations come out. Nothing is counted up or stored in between, so that asking again
//! always gives the same answer (S1).

mod fact;
mod obligation;
mod owed;
mod target;
mod terms;

pub use fact::{CountFrom, Fact, How, Key, Standing, What};
pub use obligation::{Asked, End, Obligation, Outcome, Pause};
pub use owed::{Owed, Side};
pub use target::{BadTarget, OutOfHours, Target};
pub use terms::{Pauses, Terms};
