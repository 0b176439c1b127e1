//! Scorecards: the page, the tickets behind each figure, and the page a client's manager sees by a private link.

mod choice;
mod lists;
pub(crate) mod routes;
pub(crate) mod shared;
mod sharing;
pub mod views;

pub(crate) use routes::headline;
pub(crate) use sharing::{share, withdraw};
