//! The inbox: every ticket the desk has, by view and by whose turn it is.

pub(crate) mod listed;
pub(crate) mod routes;
pub mod row;
pub mod views;
