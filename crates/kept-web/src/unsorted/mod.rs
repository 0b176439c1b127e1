//! Unsorted: mail that is safe but needs a person to say what it is.

pub(crate) mod routes;
pub mod views;
