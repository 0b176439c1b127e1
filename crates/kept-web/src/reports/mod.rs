//! Reports: the tickets of a search counted by up to three fields, as a table, a chart or a file.

pub(crate) mod drawn;
pub(crate) mod routes;
mod views;
