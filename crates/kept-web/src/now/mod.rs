//! Now: the one list of what needs the reader, and what the reader waits for.

pub(crate) mod routes;
pub mod views;
