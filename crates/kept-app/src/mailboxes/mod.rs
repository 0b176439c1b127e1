//! The doors mail comes in by: SMTP and LMTP on one port, a pipe, HTTP, and IMAP from mailboxes elsewhere.

mod address;
pub mod imap;
mod listener;
mod other;
mod replies;
mod room;
mod session;

pub use listener::{Listener, listen};
