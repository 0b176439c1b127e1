//! Everything this crate understands of one raw mail, as one value to print or compare.
//!
//! This is what `kept mail inspect FILE --json` prints; `docs/mail-inspect.md` describes the shape,
//! which only ever grows.

use serde::Serialize;

use crate::bounce::{self, Bounce};
use crate::calendar::{self, Calendar};
use crate::forward::{self, Forwarded};
use crate::mail::IncomingMail;
use crate::parse::{hex_sha256, parse};

/// A mail with its size and hash and the answers people ask first.
#[derive(Debug, Clone, Serialize)]
pub struct Inspection {
    /// Size of the raw mail.
    pub size_bytes: u64,
    /// SHA-256 of the raw mail, in hexadecimal.
    pub sha256: String,
    #[serde(flatten)]
    pub mail: IncomingMail,
    /// What was written for this mail.
    pub new_text: String,
    /// What was taken over from earlier mails.
    pub quoted: String,
    pub signature: String,
    /// A program wrote it.
    pub is_automatic: bool,
    /// An automatic answer may be sent.
    pub may_answer: bool,
    /// What a delivery report says; `None` for any other mail.
    pub bounce: Option<Bounce>,
    /// The original a forwarded mail carries; `None` for any other mail.
    pub forwarded: Option<Forwarded>,
    /// The calendar object a mail carries; `None` when there is none.
    pub calendar: Option<Calendar>,
}

/// Understands `raw` and adds what follows from it. Never fails, like [`parse`].
pub fn inspect(raw: &[u8]) -> Inspection {
    let mail = parse(raw);
    Inspection {
        size_bytes: raw.len() as u64,
        sha256: hex_sha256(raw),
        new_text: mail.body.new_text(),
        quoted: mail.body.quoted(),
        signature: mail.body.signature(),
        is_automatic: mail.kind.is_automatic(),
        may_answer: mail.kind.may_answer(),
        bounce: bounce::read(&mail),
        forwarded: forward::read(&mail),
        calendar: calendar::read(&mail),
        mail,
    }
}
