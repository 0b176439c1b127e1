//! Calls: logged in the composer or on a page of their own, and shown to whoever called by a link.

pub mod form;
pub mod guest;
pub(crate) mod guest_routes;
pub(crate) mod routes;
pub(crate) mod shown;
pub mod views;
