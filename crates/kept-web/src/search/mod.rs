//! Search: one box, one language, the match shown.

pub mod views;
