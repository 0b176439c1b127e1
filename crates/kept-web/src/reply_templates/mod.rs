//! Replies that are written again and again: the page where they are kept, and what the composer offers while somebody
//! writes.

pub(crate) mod completions;
pub(crate) mod routes;
mod views;
