//! Outbox: what goes out, went out, or could not go out.

pub mod views;
