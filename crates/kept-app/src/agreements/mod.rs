//! What the desk and its clients owe each other: which agreement holds, and how it is changed.

mod in_force;

pub(crate) use in_force::{book, ensure, remember_change};
