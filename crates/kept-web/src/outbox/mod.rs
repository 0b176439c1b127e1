//! The outbox: every mail that goes out, what caused it and what became of it.

pub(crate) mod each;
pub(crate) mod routes;
mod show;
pub mod views;

pub(crate) use show::is_filed;
