//! What is said when something is not there, not allowed, or went wrong.

pub mod views;
