//! Bringing people, clients and assets from a table: the file, what its columns mean, what would become of each line, and
//! what became of it.

pub(crate) mod routes;
pub mod views;
