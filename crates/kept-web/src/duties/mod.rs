//! Duties of clients: beside the ticket they are asked for on, and all of a client on its page.

pub(crate) mod routes;
pub(crate) mod views;
