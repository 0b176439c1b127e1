//! Search: one box, one language, the match shown.

pub(crate) mod completing;
mod matches;
pub(crate) mod routes;
pub mod views;
