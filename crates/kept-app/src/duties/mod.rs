//! What clients do by their agreements: asked for on its day, on a ticket; then an agent says whether it was done.
//!
//! Each day of a duty is asked for once, whatever happens: a row says so before anything is written to anybody.

mod ask;
mod ended;
mod kept_in_line;
mod listed;
mod plan;

pub(crate) use ask::asks;
pub use ask::open_due;
pub use ended::{done, not_done};
pub(crate) use kept_in_line::{difference, refresh};
pub use listed::{OfClient, Owed, Run, of_client, of_ticket};
pub(crate) use plan::{number, plan_all};
