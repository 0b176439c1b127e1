//! What the cards of people, clients and assets have in common: their tickets, notes, months and history.

mod changes;
mod tickets;
mod trend;

pub use changes::{changes, notes};
pub(crate) use tickets::listed;
pub use tickets::{Listed, tickets};
pub use trend::{Bar, bars, trend};

/// The page of ended tickets somebody asks for.
#[derive(serde::Deserialize)]
pub(crate) struct Wish {
    /// The ticket before which it begins.
    pub before: Option<i64>,
}
