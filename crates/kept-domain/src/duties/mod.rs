//! Duties as clients are asked for them, one run a time: asked on a ticket, then done or not.
//!
//! What a duty is stands in the agreement ([`crate::agreements::Duty`]); here is what became of it. States are worked out,
//! never set.

mod end;
mod record;

pub use end::{CannotEnd, LONGEST_WHY, done, not_done};
pub use record::{State, Told, told};
