//! People: everyone with an address, at the clients and at the desk.

pub mod card;
pub mod form;
pub(crate) mod form_routes;
pub(crate) mod routes;
pub mod views;
