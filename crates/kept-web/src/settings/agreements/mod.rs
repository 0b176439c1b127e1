//! Agreements: their list, one in words with its versions and its year, and the form that writes the next version.

mod duties;
pub(crate) mod edit_routes;
mod editor;
mod filled;
pub(crate) mod routes;
mod taking;
mod views;
mod year;
