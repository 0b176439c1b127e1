//! The clocks of both sides, kept beside each ticket and looked at when one rings.
//!
//! What is owed is always worked out anew from the history; what is stored is a cache for lists and for knowing when to
//! look again.

mod holders;
mod look;
mod refresh;
mod ring;
mod silence;
mod steps;

pub(crate) use look::{Look, terms};
pub(crate) use refresh::{differences, refresh};
pub use ring::ring_due;
