//! One ticket: its life, its conversation, who holds it, and the place to answer.

pub mod composer;
pub mod conversation;
pub mod new;
pub mod panel;
pub(crate) mod routes;
mod show;
mod told;
pub mod views;
mod writing;
