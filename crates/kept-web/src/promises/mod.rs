//! Promises: beside a ticket, offered after a reply, and all of the desk on one page.

pub mod calendar;
pub(crate) mod form;
pub(crate) mod routes;
pub mod views;
