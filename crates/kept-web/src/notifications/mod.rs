//! Notices: what the reader was told about tickets, and how they want to hear of what.

pub(crate) mod routes;
pub mod views;
