//! Forwarded mail: who wrote the original, to whom, when and what, and the forwarder's own remark.
//!
//! Inline forms in the wording of many programs and languages, and mails attached whole. It says how
//! sure it is; it never changes who the mail is from.

mod attached;
mod block;
mod glued;
mod inline;
mod people;

use jiff::Timestamp;
use serde::Serialize;

use crate::automatic::Kind;
use crate::mail::{IncomingMail, Mailbox};

/// The original within a forwarded mail.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Forwarded {
    pub from: Option<Mailbox>,
    pub to: Vec<Mailbox>,
    pub cc: Vec<Mailbox>,
    pub subject: Option<String>,
    /// The time the original claims, as written.
    pub date_text: Option<String>,
    /// The time the original claims, when it is written in a form with one meaning.
    pub date: Option<Timestamp>,
    /// The ids of the original and of the mails it answers, when it is attached; without angle brackets.
    pub message_ids: Vec<String>,
    /// What the original says, quote marks of the forwarding program taken off.
    pub body: String,
    /// What the forwarder wrote above it; `None` when there is nothing.
    pub remark: Option<String>,
    /// The attachment that is the original: its [`crate::Attachment::part`]. `None` when it stands in the text.
    pub part: Option<usize>,
    /// Nothing speaks against it: the forwarding program said so, and the sender's address is there.
    pub sure: bool,
}

/// The original that `mail` forwards, if it forwards one. Mail systems' own reports never count.
pub fn read(mail: &IncomingMail) -> Option<Forwarded> {
    let reports = matches!(
        mail.kind,
        Kind::Bounce { .. }
            | Kind::Report { .. }
            | Kind::Receipt { .. }
            | Kind::VacationReply { .. }
    );
    if reports {
        return None;
    }
    original(mail)
}

/// The same without asking what kind of mail it is, which may not be known yet.
pub(crate) fn original(mail: &IncomingMail) -> Option<Forwarded> {
    attached::read(mail).or_else(|| inline::read(mail))
}

/// The people a line names, read as laxly as the headers of a forwarded mail.
pub(crate) fn people_in(line: &str) -> Vec<Mailbox> {
    people::in_value(line)
}

/// The original a text forwards. `subject` is the forwarding mail's, when it is known: it tells a
/// forward from an answer.
pub fn in_text(text: &str, subject: Option<&str>) -> Option<Forwarded> {
    inline::find(text, subject, false)
}
