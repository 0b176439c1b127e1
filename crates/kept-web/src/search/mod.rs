//! Search: one box, one language, the match shown.

pub(crate) mod completing;
pub(crate) mod going;
mod matches;
mod places;
pub(crate) mod routes;
pub mod views;
