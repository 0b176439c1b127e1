//! The mail that came back with a report: its id and whom it was for.
//!
//! It reads the part that carries the mail or its headers, or the headers written into the text.

use crate::mail::{Attachment, IncomingMail};
use crate::parse::headers_of;

/// Bytes of the returned mail that are looked at.
const MAX_BYTES: usize = 64 * 1024;

/// How systems introduce the mail they return, without the rules around it.
const RETURNED: [&str; 46] = [
    "below this line is a copy of the message",
    "below this line is the",
    "below is a copy of the original message",
    "this is a copy of the message",
    "this is a copy of your message",
    "here is a copy of",
    "included is a copy of the message",
    "a copy of the message header",
    "original message follows",
    "original message headers",
    "original message",
    "original mail as follows",
    "unsent message follows",
    "undelivered message follows",
    "message headers follow",
    "message header follows",
    "header of the original message",
    "the header of the original message",
    "headers of the original message",
    "returned message",
    "returned mail follows",
    "bounced e-mail",
    "rejected message",
    "message text follows",
    "ursprüngliche nachricht",
    "the following is a copy of",
    "message d'origine",
    "message original",
    "message initial",
    "mensaje original",
    "messaggio originale",
    "mensagem original",
    "oorspronkelijk bericht",
    "ursprungligt meddelande",
    "oprindelig meddelelse",
    "opprinnelig melding",
    "alkuperäinen viesti",
    "oryginalna wiadomość",
    "původní zpráva",
    "eredeti üzenet",
    "исходное сообщение",
    "原始邮件",
    "原始郵件",
    "元のメッセージ",
    "kopie der nachricht",
    "kopfzeilen der ursprünglichen",
];

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
    let mut from_text = read(within(&report.text).as_bytes());
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

/// The returned mail within a report's text: from its first header on.
fn within(text: &str) -> &str {
    let text = start_of(text);
    let Some(start) = begins_at(text) else {
        return "";
    };
    let rest = text.get(start..).unwrap_or_default();
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if is_header(line) {
            return rest.get(at..).unwrap_or_default();
        }
        at += line.len();
    }
    ""
}

/// Where the returned mail or the line that introduces it begins.
pub fn begins_at(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if introduces_returned(line) {
            return Some(at);
        }
        at += line.len();
    }
    None
}

fn introduces_returned(line: &str) -> bool {
    const LONGEST_BYTES: usize = 160;
    let bare = line.trim();
    if bare.len() > LONGEST_BYTES {
        return false;
    }
    let bare = bare.trim_start_matches(['>', ' ']);
    let lower = bare.to_lowercase();
    if lower.starts_with("received: ")
        || lower.starts_with("received:from")
        || lower.starts_with("return-path:")
    {
        return true;
    }
    let words =
        lower.trim_matches(|c: char| matches!(c, '-' | '=' | '*' | '#' | '_' | ' ' | ':' | '.'));
    RETURNED.iter().any(|start| words.starts_with(start))
}

/// `Name: value` at the start of a line, as mail headers are.
fn is_header(line: &str) -> bool {
    let Some((name, value)) = line.split_once(':') else {
        return false;
    };
    (2..=60).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !value.trim().is_empty()
}

fn start_of(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MAX_BYTES))
        .unwrap_or_default()
}
