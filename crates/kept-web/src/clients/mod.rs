//! Clients: the organisations that are served.

pub mod views;
