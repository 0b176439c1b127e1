//! The desk's rules: their list, one with its form and history, and the dry run.

mod editor;
mod form;
mod list;
pub(crate) mod routes;
mod trial;
