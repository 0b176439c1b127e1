//! Handing over everything somebody holds, and who is away.

pub(crate) mod routes;
pub mod views;
