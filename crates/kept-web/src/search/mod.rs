//! Search: one box, one language, the match shown.

mod matches;
pub(crate) mod routes;
pub mod views;
