//! One ticket: its life, its conversation, who holds it, and the place to answer.

pub mod activity;
pub(crate) mod acts;
pub mod cards;
pub mod composer;
mod contents;
pub mod conversation;
pub(crate) mod corrections;
pub mod elsewhere;
pub mod fields;
pub mod handing;
mod handing_of;
pub(crate) mod handing_routes;
mod life;
mod mailboxes;
pub mod new;
pub(crate) mod opening;
pub mod owed;
pub mod panel;
pub mod passing;
pub(crate) mod routes;
pub(crate) mod selection;
mod show;
pub(crate) mod snooze_routes;
pub(crate) mod snoozing;
pub(crate) mod speaker_routes;
pub mod speakers;
mod speakers_of;
pub(crate) mod suggestion;
mod told;
pub mod views;
pub mod waiting;
mod writing;

pub(crate) use contents::names;
pub(crate) use mailboxes::mailboxes;
pub(crate) use show::{kinds, priorities};
pub(crate) use told::file_kind;
