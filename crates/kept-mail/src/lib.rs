//! Bytes to mail and mail to bytes: what a desk must understand of a message, and how it writes one.
//!
//! Everything here is a pure function: no clock, no randomness, no disk, no network, no database.
//! Nothing that arrives from outside can make it fail or panic; what was not understood is said.

pub mod address;
pub mod authentication;
pub mod automatic;
pub mod body;
pub mod bounce;
pub mod calendar;
pub mod compose;
pub mod foreign_tag;
pub mod forward;
mod headings;
pub mod html;
pub mod inspect;
pub mod links;
pub mod mail;
pub mod markdown;
mod marks;
pub mod parse;
mod picture;
pub mod quoting;
pub mod receipt;
pub mod reply_to;
pub mod subject;
pub mod tnef;
pub mod token;

pub use automatic::Kind;
pub use body::{Body, Segment, SegmentKind};
pub use bounce::Bounce;
pub use calendar::Calendar;
pub use compose::{
    AutoSubmitted, ComposeError, OutgoingAttachment, OutgoingCalendar, OutgoingMail, compose,
};
pub use forward::Forwarded;
pub use inspect::{Inspection, inspect};
pub use mail::{Attachment, Disposition, IncomingMail, Mailbox, Problem};
pub use marks::marks;
pub use parse::{parse, text_of};
pub use quoting::{quote_as_html, quote_for_reply};
pub use subject::{forward_subject, reply_subject};
pub use token::ReplyKey;
