//! Coming in and going out: first run, sign-in, the cookies of a session.

mod cookies;
pub(crate) mod routes;
mod signed_in;
pub mod views;

pub(crate) use cookies::{flash_kept, flash_shown, session_begun, theme_of};
pub(crate) use signed_in::SignedIn;
