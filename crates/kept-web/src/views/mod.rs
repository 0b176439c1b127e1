//! Saved views: searches with a name, with columns, an order and headings of their own.

mod form;
mod groups;
pub(crate) mod routes;
mod rows;
pub mod shown;
