//! What the reader is writing: kept while they write, shown where it can be gone on with, thrown away with a way back.

mod form;
pub(crate) mod routes;
pub mod views;

pub(crate) use form::{fields, read};
