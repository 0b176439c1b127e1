//! The words of this crate: what an incoming mail is made of.
//!
//! Plain data. It never decides anything; `parse` fills it and the desk's rules read it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::automatic::Kind;
use crate::body::Body;

/// One address with the name written beside it (RFC 5322 §3.4).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mailbox {
    /// The display name, decoded; `None` when there was none.
    pub name: Option<String>,
    /// The address as written, trimmed. It may be invalid or empty: see [`crate::address::is_valid`].
    pub address: String,
}

impl Mailbox {
    /// A mailbox without a display name.
    pub fn bare(address: impl Into<String>) -> Self {
        Self {
            name: None,
            address: address.into(),
        }
    }

    /// A mailbox with a display name.
    pub fn named(name: impl Into<String>, address: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            address: address.into(),
        }
    }
}

/// Something about a mail that was not as it should be, and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Stable word for programs, such as `no-from`.
    pub code: &'static str,
    /// One sentence for people.
    pub text: String,
}

/// How a part asks to be shown (RFC 2183).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Disposition {
    /// Beside the text.
    Attachment,
    /// Within the text, or so the sender says; see [`Attachment::within_text`].
    Inline,
}

/// A part of a mail that is not its text, with every byte it had.
#[derive(Debug, Clone, Serialize)]
pub struct Attachment {
    /// Position of the part in the mail, counted through the whole tree from 0.
    pub part: usize,
    /// The file name as given, without folders and control characters.
    pub filename: Option<String>,
    /// Always something to show: the file name, or one made up from the type.
    pub name: String,
    /// Media type in lower case, such as `image/png`.
    pub content_type: String,
    pub disposition: Disposition,
    /// `Content-ID` without angle brackets, which `cid:` links name (RFC 2392).
    pub content_id: Option<String>,
    /// Size of the decoded content.
    pub size_bytes: u64,
    /// SHA-256 of the decoded content, in hexadecimal.
    pub sha256: String,
    /// The part is a whole mail (`message/rfc822`).
    pub is_message: bool,
    /// It need not be listed beside the text: the HTML shows it by its `cid:`, what it wraps stands in its
    /// place, or it is a program's signature.
    pub within_text: bool,
    /// Nobody misses it in a list: a logo below somebody's name, a pixel that counts readers, a program's
    /// signature, what was taken apart already.
    #[serde(skip)]
    pub minor: bool,
    /// `Content-Location`, which HTML may show it by (RFC 2557).
    #[serde(skip)]
    pub location: Option<String>,
    #[serde(skip)]
    pub content: Vec<u8>,
}

/// A mail as far as it could be understood. Everything is optional because senders leave out everything.
#[derive(Debug, Clone, Serialize)]
pub struct IncomingMail {
    /// `Message-ID` without angle brackets.
    pub message_id: Option<String>,
    /// `In-Reply-To`, ids without angle brackets.
    pub in_reply_to: Vec<String>,
    /// `References`, oldest first, ids without angle brackets.
    pub references: Vec<String>,
    pub subject: Option<String>,
    pub from: Vec<Mailbox>,
    pub sender: Option<Mailbox>,
    pub reply_to: Vec<Mailbox>,
    pub to: Vec<Mailbox>,
    pub cc: Vec<Mailbox>,
    pub bcc: Vec<Mailbox>,
    pub resent_from: Vec<Mailbox>,
    pub resent_to: Vec<Mailbox>,
    /// Addresses the mail was delivered to: `Delivered-To`, `X-Original-To`, `Envelope-To`.
    pub delivered_to: Vec<String>,
    /// `Some("")` is the null return path `<>` of bounces (RFC 5321 §4.5.5).
    pub return_path: Option<String>,
    /// The time the sender claims. It may be wrong by years; clocks run from the time of receipt.
    pub date: Option<Timestamp>,
    /// The name in `X-Kept-Desk`: which desk wrote this mail, when a desk did.
    pub desk: Option<String>,
    /// The whole readable text, line ends `\n`: the text parts, or the HTML turned into text.
    pub text: String,
    /// HTML as sent, not cleaned: never show it without [`crate::html::clean`].
    pub html: Option<String>,
    /// Each text to read, in order; an HTML part stands here as text when nothing else does.
    pub text_parts: Vec<String>,
    /// Each HTML part, in order, not cleaned.
    pub html_parts: Vec<String>,
    /// The text split into what is new, what is quoted and the signature.
    pub body: Body,
    pub attachments: Vec<Attachment>,
    /// Who or what wrote the mail, with the reason in words.
    pub kind: Kind,
    /// Every header, decoded, in order, up to a limit.
    pub headers: Vec<(String, String)>,
    /// Media type of the whole mail, such as `multipart/mixed`.
    pub mime_type: String,
    /// `charset` of the whole mail, in lower case, as claimed.
    pub charset: Option<String>,
    /// `boundary` of the whole mail.
    pub boundary: Option<String>,
    /// Media types of the parts directly below the top.
    pub part_types: Vec<String>,
    /// Parts in the whole tree, containers included.
    pub mime_nodes: usize,
    pub problems: Vec<Problem>,
}

impl IncomingMail {
    /// The first header of this name, decoded; names compare without case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Every header of this name, decoded, in order.
    pub fn headers_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Ids of earlier mails this one names, nearest first, each once.
    pub fn ancestors(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = Vec::new();
        for id in self.in_reply_to.iter().chain(self.references.iter().rev()) {
            if !ids.contains(&id.as_str()) {
                ids.push(id);
            }
        }
        ids
    }
}
