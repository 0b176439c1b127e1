//! People: everyone who ever wrote, and everyone who answers.

pub mod views;
