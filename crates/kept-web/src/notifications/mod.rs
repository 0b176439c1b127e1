//! Notices: what the reader was told about tickets, and by which roads they want to hear of what.

pub(crate) mod choices;
pub(crate) mod pop_ups;
pub(crate) mod routes;
pub mod views;
