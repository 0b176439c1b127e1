//! Finds the text a person reads: the text parts, or the HTML turned into text.
//!
//! It never leaves the text empty when the mail has something to read, and never chooses by guessing
//! which of two different texts is the right one: both are kept in `text_parts` and `html_parts`.

use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

use super::{charset, content};
use crate::html;
use crate::mail::Problem;

/// Text shown of one mail; the rest stays in the raw bytes.
const MAX_TEXT_BYTES: usize = 4 * 1024 * 1024;

/// What there is to read.
#[derive(Default)]
pub struct Readable {
    pub text: String,
    pub text_parts: Vec<String>,
    pub html_parts: Vec<String>,
    /// Positions of attachments that were shown as the text because nothing else was there.
    pub used: Vec<u32>,
    /// The text was cut at the limit.
    pub truncated: bool,
}

/// Reads the text of a parsed mail.
pub fn read(message: &Message<'_>, raw: &[u8], problems: &mut Vec<Problem>) -> Readable {
    let mut readable = Readable::default();
    for part in parts(message, &message.html_body).filter(|part| is_html(part)) {
        readable
            .html_parts
            .push(decoded(part, raw, &mut Vec::new()));
    }
    for part in parts(message, &message.text_body).filter(|part| is_text(part)) {
        let text = decoded(part, raw, problems);
        readable.text_parts.push(if is_html(part) {
            html::to_text(&text)
        } else {
            text
        });
    }
    readable.text = joined(&readable.text_parts);
    if is_blank(&readable.text) {
        fill(&mut readable, message, raw, problems);
    }
    cut(&mut readable, problems);
    readable
}

/// The text of bytes nobody could take apart.
pub fn of_bytes(bytes: &[u8], problems: &mut Vec<Problem>) -> Readable {
    let text = unix_lines(charset::decode(bytes, None).text);
    let mut readable = Readable {
        text_parts: vec![text.clone()],
        text,
        ..Readable::default()
    };
    cut(&mut readable, problems);
    readable.truncated |= problems
        .iter()
        .any(|problem| problem.code == "too-many-parts");
    readable
}

/// The text parts were blank: the HTML, or else the first part that is text at all.
fn fill(readable: &mut Readable, message: &Message<'_>, raw: &[u8], problems: &mut Vec<Problem>) {
    let from_html = joined(
        &readable
            .html_parts
            .iter()
            .map(|html| html::to_text(html))
            .collect::<Vec<_>>(),
    );
    if !is_blank(&from_html) {
        readable.text = from_html;
        return;
    }
    let unnamed = |part: &MessagePart<'_>| is_text(part) && part.attachment_name().is_none();
    let found = message.attachments.iter().find_map(|id| {
        let part = message
            .parts
            .get(*id as usize)
            .filter(|part| unnamed(part))?;
        let text = decoded(part, raw, problems);
        (!is_blank(&text)).then_some((
            *id,
            if is_html(part) {
                html::to_text(&text)
            } else {
                text
            },
        ))
    });
    if let Some((id, text)) = found {
        readable.text = text;
        readable.used.push(id);
    }
}

fn parts<'a, 'x>(
    message: &'a Message<'x>,
    ids: &'a [u32],
) -> impl Iterator<Item = &'a MessagePart<'x>> {
    ids.iter().filter_map(|id| message.parts.get(*id as usize))
}

fn is_text(part: &MessagePart<'_>) -> bool {
    matches!(part.body, PartType::Text(_) | PartType::Html(_))
}

fn is_html(part: &MessagePart<'_>) -> bool {
    matches!(part.body, PartType::Html(_))
}

/// One part as text with `\n` line ends.
fn decoded(part: &MessagePart<'_>, raw: &[u8], problems: &mut Vec<Problem>) -> String {
    let content = content::of(part, raw);
    let label = part
        .content_type()
        .and_then(|content_type| content_type.attribute("charset"));
    let decoded = charset::decode(&content.bytes, label);
    if content.damaged {
        problems.push(Problem {
            code: "bad-encoding",
            text: "A text part is damaged and is shown as it was sent.".into(),
        });
    }
    if let Some(code) = decoded.problem {
        let label = label.unwrap_or("nothing");
        let text = format!(
            "A text part says its charset is {label:?}, but it is not; it was read as what it looks like."
        );
        problems.push(Problem { code, text });
    }
    unix_lines(decoded.text)
}

fn unix_lines(text: String) -> String {
    if !text.contains('\r') {
        return text;
    }
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Several texts below one another, each on its own line.
fn joined(parts: &[String]) -> String {
    let mut text = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(part);
    }
    text
}

fn cut(readable: &mut Readable, problems: &mut Vec<Problem>) {
    if readable.text.len() <= MAX_TEXT_BYTES {
        return;
    }
    let end = readable.text.floor_char_boundary(MAX_TEXT_BYTES);
    readable.text.truncate(end);
    readable.truncated = true;
    let text = "The text is very long; only its start is shown. The raw mail has all of it.".into();
    problems.push(Problem {
        code: "truncated",
        text,
    });
}
