//! Clients: the organisations that are served.

pub(crate) mod routes;
pub mod views;
