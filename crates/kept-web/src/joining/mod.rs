//! Two cards of one person or client: finding the other, seeing what comes together, and merging them.

pub(crate) mod duplicates;
pub(crate) mod routes;
mod told;
mod views;

pub use told::told;
