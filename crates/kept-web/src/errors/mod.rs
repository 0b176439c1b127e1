//! What is said when something is not there, not allowed, or went wrong.

mod dress;
mod failure;
pub mod views;

pub(crate) use dress::dress;
pub(crate) use failure::{Failure, sentence, status_of};
