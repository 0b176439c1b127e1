//! The mail that came back with a report: its id and whom it was for.
//!
//! It reads the part that carries the mail or its headers, or the headers written into the text.

use super::notice;
use crate::mail::{Attachment, IncomingMail};
use crate::parse::headers_of;

/// Bytes of the returned mail that are looked at.
const MAX_BYTES: usize = 64 * 1024;

/// What is known of the returned mail.
#[derive(Debug, Default)]
pub struct Returned {
    pub message_id: Option<String>,
    pub to: Vec<String>,
}

/// The mail returned with `report`, as far as it came back.
pub fn find(report: &IncomingMail) -> Returned {
    let part = report.attachments.iter().find(|part| carries_headers(part));
    let from_part = part.map(|part| read(&part.content)).unwrap_or_default();
    if from_part.message_id.is_some() {
        return from_part;
    }
    let mut from_text = read(notice::returned_text(&report.text).as_bytes());
    if from_text.to.is_empty() {
        from_text.to = from_part.to;
    }
    from_text.message_id = from_text
        .message_id
        .or_else(|| id_anywhere(&report.text))
        .or_else(|| report.in_reply_to.first().cloned());
    from_text
}

fn carries_headers(part: &Attachment) -> bool {
    part.is_message
        || matches!(
            part.content_type.as_str(),
            "text/rfc822-headers"
                | "message/rfc822-headers"
                | "text/rfc822"
                | "message/partial"
                | "message/global-headers"
        )
}

/// Headers at the start of these bytes, blank lines before them skipped.
pub fn read(bytes: &[u8]) -> Returned {
    let bytes = bytes.get(..MAX_BYTES).unwrap_or(bytes).trim_ascii_start();
    let head = headers_of(bytes);
    Returned {
        message_id: head.message_id,
        to: head.to.into_iter().map(|to| to.address).collect(),
    }
}

/// A `Message-ID:` line anywhere in the text, however it is indented or quoted.
fn id_anywhere(text: &str) -> Option<String> {
    let lines = text
        .lines()
        .map(|line| line.trim_start_matches([' ', '\t', '>']));
    let value = lines.filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        let name = name.trim();
        (name.eq_ignore_ascii_case("message-id") || name.eq_ignore_ascii_case("message id"))
            .then_some(value)
    });
    let id = |value: &str| {
        let id = value.split_whitespace().next()?;
        let id = id.trim_matches(['<', '>', '\'', '"']);
        id.contains('@').then(|| id.to_owned())
    };
    value.into_iter().find_map(id)
}
