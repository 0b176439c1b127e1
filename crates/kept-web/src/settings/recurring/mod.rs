//! Settings, Recurring tickets: what comes again, on which days, and what the last dates became.

mod form;
pub(crate) mod routes;
mod views;
