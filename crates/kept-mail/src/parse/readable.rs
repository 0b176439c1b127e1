//! Finds the text a person reads: the text parts, or the HTML turned into text.
//!
//! It never leaves the text empty when the mail has something to read, and never chooses by guessing
//! which of two different texts is the right one: both are kept in `text_parts` and `html_parts`.

use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

use super::{charset, content};
use crate::body::Body;
use crate::calendar;
use crate::html;
use crate::mail::Problem;

/// Text shown of one mail; the rest stays in the raw bytes.
const MAX_TEXT_BYTES: usize = 4 * 1024 * 1024;

/// Text shown of a mail that is kept whole because it is too wild to take apart.
const MAX_UNSTRUCTURED_BYTES: usize = 64 * 1024;

/// What there is to read.
#[derive(Default)]
pub struct Readable {
    pub text: String,
    /// The text in segments.
    pub body: Body,
    pub text_parts: Vec<String>,
    pub html_parts: Vec<String>,
    /// Positions of text parts whose encoding is so damaged that they are files rather than text.
    pub unreadable: Vec<u32>,
    /// The text was cut at the limit.
    pub truncated: bool,
    /// The mail begins with a text that has no HTML beside it.
    begins_plain: bool,
}

impl Readable {
    /// The HTML, where it is the mail and not a piece that follows a text: shown alone, that would hide
    /// what the mail begins with.
    pub fn html(&self) -> Option<String> {
        let whole = !self.html_parts.is_empty() && !self.begins_plain;
        whole.then(|| self.html_parts.join("\n"))
    }
}

/// Reads the text of a parsed mail.
pub fn read(message: &Message<'_>, raw: &[u8], problems: &mut Vec<Problem>) -> Readable {
    let mut readable = Readable {
        begins_plain: begins_plain(message, raw),
        ..Readable::default()
    };
    for part in parts(message, &message.html_body).filter(|part| is_html(part)) {
        readable
            .html_parts
            .push(decoded(part, raw, &mut Vec::new()));
    }
    for id in &message.text_body {
        let Some(part) = message.parts.get(*id as usize).filter(|part| is_text(part)) else {
            continue;
        };
        if message.parts.len() > 1 && content::of(part, raw).damaged {
            readable.unreadable.push(*id);
            continue;
        }
        let text = decoded(part, raw, problems);
        add(&mut readable.body, is_html(part), &text);
        readable.text_parts.push(if is_html(part) {
            html::to_text(&text)
        } else {
            text
        });
    }
    if is_blank(&readable.body) {
        fill(&mut readable, message, raw, problems);
    }
    finish(readable, problems)
}

/// The text of bytes nobody could take apart; of a mail kept whole beside it only the start.
pub fn of_bytes(bytes: &[u8], problems: &mut Vec<Problem>) -> Readable {
    let kept_whole = problems
        .iter()
        .any(|problem| problem.code == "too-many-parts");
    let shown = bytes
        .get(..MAX_UNSTRUCTURED_BYTES)
        .filter(|_| kept_whole)
        .unwrap_or(bytes);
    let text = unix_lines(charset::decode(shown, None).text);
    let mut readable = Readable::default();
    add(&mut readable.body, false, &text);
    readable.text_parts.push(text);
    let mut readable = finish(readable, problems);
    readable.truncated |= kept_whole;
    readable
}

/// What there is to read of a text, or else of an HTML page; nothing when both are missing or blank.
pub fn of_text(text: Option<&str>, html: Option<&str>) -> Option<Readable> {
    let mut readable = Readable::default();
    match (text, html) {
        (Some(text), _) => add(&mut readable.body, false, &unix_lines(text.to_owned())),
        (None, Some(html)) => add(&mut readable.body, true, html),
        (None, None) => return None,
    }
    (!is_blank(&readable.body)).then(|| finish(readable, &mut Vec::new()))
}

/// The text parts were blank: the HTML, or else the first part that is text at all, which stays an
/// attachment as well.
fn fill(readable: &mut Readable, message: &Message<'_>, raw: &[u8], problems: &mut Vec<Problem>) {
    let mut from_html = Body::default();
    for html in &readable.html_parts {
        add(&mut from_html, true, html);
    }
    if !is_blank(&from_html) {
        readable.body = from_html;
        return;
    }
    let unnamed = |part: &&MessagePart<'_>| is_text(part) && part.attachment_name().is_none();
    for part in parts(message, &message.attachments).filter(unnamed) {
        let mut body = Body::default();
        let text = decoded(part, raw, problems);
        match content::media_type(part) == "text/calendar" {
            true => add(&mut body, false, &calendar::words(&text)),
            false => add(&mut body, is_html(part), &text),
        }
        if !is_blank(&body) {
            readable.body = body;
            return;
        }
    }
    // A container whose boundary is lost was not taken apart: shown as it was sent.
    for part in parts(message, &message.attachments).filter(|part| is_container(part)) {
        add(&mut readable.body, false, &decoded(part, raw, problems));
    }
}

/// The parser lists a text among the HTML when no HTML stands for it.
fn begins_plain(message: &Message<'_>, raw: &[u8]) -> bool {
    let first = parts(message, &message.html_body).next();
    first.is_some_and(|part| {
        !is_html(part) && is_text(part) && !content::of(part, raw).bytes.trim_ascii().is_empty()
    })
}

fn is_container(part: &MessagePart<'_>) -> bool {
    content::media_type(part).starts_with("multipart/")
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

fn is_blank(body: &Body) -> bool {
    body.segments
        .iter()
        .all(|segment| segment.text.trim().is_empty())
}

/// One part as text with `\n` line ends.
fn decoded(part: &MessagePart<'_>, raw: &[u8], problems: &mut Vec<Problem>) -> String {
    let content = content::of(part, raw);
    let label = part
        .content_type()
        .and_then(|content_type| content_type.attribute("charset"));
    let kept = content
        .bytes
        .get(..MAX_TEXT_BYTES)
        .unwrap_or(&content.bytes);
    if kept.len() < content.bytes.len() {
        note_cut(problems);
    }
    let decoded = charset::decode(kept, label);
    if content.damaged {
        let text = "A text part is damaged and is shown as it was sent.".into();
        problems.push(Problem {
            code: "bad-encoding",
            text,
        });
    }
    if let Some(code) = decoded.problem {
        let label = label.unwrap_or("nothing");
        let text = format!(
            "A text part calls its charset {label:?}, but it is not; it was read as what it looks like."
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

/// Puts a text below what is there, on its own line.
fn add(body: &mut Body, html: bool, text: &str) {
    let more = if html {
        html::split(text)
    } else {
        Body::split(text)
    };
    let last = body
        .segments
        .last_mut()
        .filter(|last| !last.text.ends_with('\n'));
    if let Some(last) = last.filter(|_| !more.segments.is_empty()) {
        last.text.push('\n');
    }
    body.append(more);
}

/// Writes the text out, cut at the limit.
fn finish(mut readable: Readable, problems: &mut Vec<Problem>) -> Readable {
    readable.text = readable.body.text();
    if readable.text.len() <= MAX_TEXT_BYTES {
        return readable;
    }
    readable
        .text
        .truncate(readable.text.floor_char_boundary(MAX_TEXT_BYTES));
    readable.body = Body::split(&readable.text);
    readable.truncated = true;
    note_cut(problems);
    readable
}

fn note_cut(problems: &mut Vec<Problem>) {
    if problems.iter().all(|problem| problem.code != "truncated") {
        let text =
            "The text is very long; only its start is shown. The raw mail has all of it.".into();
        problems.push(Problem {
            code: "truncated",
            text,
        });
    }
}
