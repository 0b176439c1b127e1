//! People: everyone with an address, at the clients and at the desk.

pub(crate) mod routes;
pub mod views;
