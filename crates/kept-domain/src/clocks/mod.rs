//! Who owes what by when, worked out from what happened.

mod owed;

pub use owed::{Owed, Side};
