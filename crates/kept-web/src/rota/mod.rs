//! Who has duty in the coming weeks, and changing it for a date.

pub(crate) mod routes;
mod views;
