//! Coming in and going out: first run, sign-in.

pub mod views;
