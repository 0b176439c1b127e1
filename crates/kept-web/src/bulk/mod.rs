//! One act on all tickets a search finds: a look first, then how far it is, then the way back.

mod acts;
pub(crate) mod routes;
pub mod views;

pub(crate) use acts::{offered, read, words};
