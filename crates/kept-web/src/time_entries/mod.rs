//! Time on a ticket: beside its conversation, on a page that lists all of it, and on one that puts an entry right.

pub(crate) mod form;
pub(crate) mod routes;
pub(crate) mod taking_back;
pub mod views;
