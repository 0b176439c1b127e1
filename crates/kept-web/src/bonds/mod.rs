//! What a ticket is to others: beside its conversation, and a page to choose the other one.

pub mod choose;
pub(crate) mod naming;
pub(crate) mod routes;
pub(crate) mod taking_back;
pub mod views;
