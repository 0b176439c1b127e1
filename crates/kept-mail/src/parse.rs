//! From raw bytes to an [`IncomingMail`].
//!
//! Never fails and never panics: what could not be understood is listed in `problems`, and the bytes
//! stay reachable as an attachment. Work and memory are bounded by the limits below.

mod attachments;
mod charset;
mod complexity;
mod content;
mod fields;
mod parser;
mod readable;
mod signed_data;
mod source;
mod unwrap;
mod uuencode;

use std::borrow::Cow;

use jiff::Timestamp;
use mail_parser::{Message, PartType};

use crate::address;
use crate::automatic::{self, Kind};
use crate::body::Body;
use crate::mail::{Attachment, IncomingMail, Mailbox, Problem};
pub use attachments::hex_sha256;
use fields::Fields;

/// Headers kept of one mail; further ones are left to the raw bytes.
pub const MAX_HEADERS: usize = 1_000;
/// Bytes kept of one decoded header.
pub const MAX_HEADER_BYTES: usize = 64 * 1024;
/// Ids kept of `References` and `In-Reply-To`.
pub const MAX_REFERENCES: usize = 200;
/// Addresses kept of one header.
pub const MAX_ADDRESSES: usize = 2_000;
/// Parts understood one by one; a mail with more is kept whole as one attachment.
pub const MAX_PARTS: usize = 2_000;

/// Understands a raw mail as far as it can be understood.
///
/// Takes the bytes as they came (any line ends, with or without an mbox `From ` line) and always
/// gives a mail back, for empty input too.
pub fn parse(raw: &[u8]) -> IncomingMail {
    let mut mail = parse_within(raw, 0);
    mail.kind = automatic::kind(&mail);
    mail
}

/// Understands a mail or a part that is one inside; `depth` counts how many stand around it.
fn parse_within(raw: &[u8], depth: usize) -> IncomingMail {
    let mut problems = Vec::new();
    let bytes = source::prepare(raw, &mut problems);
    let message = understand(&bytes, &mut problems);
    let mut mail = match &message {
        Some(message) => from_message(message, &bytes, problems),
        None => unstructured(&bytes, problems),
    };
    if let Some(message) = message {
        parser::dismantle(message);
    }
    if mail.return_path.is_none() {
        mail.return_path = source::envelope_sender(raw);
    }
    unwrap::open(&mut mail, depth);
    attachments::note_minor(&mut mail.attachments);
    attachments::note_files(&mut mail);
    mail
}

/// Only the headers at the start of `raw`, such as those of a mail returned with a report. Everything
/// below them is left unread.
pub(crate) fn headers_of(raw: &[u8]) -> IncomingMail {
    let bytes = source::prepare(raw, &mut Vec::new());
    let head = source::split_head(&bytes).0;
    let message = parser::parse_head(head);
    let part = message.as_ref().and_then(|message| message.parts.first());
    with_headers(&Fields::of(part, head), Vec::new())
}

/// The bytes of a file as text, for showing it: by its byte-order mark, as UTF-8, or as what it looks like.
pub fn text_of(bytes: &[u8]) -> String {
    decode_text(bytes, None)
}

/// Bytes as text, believing `charset` as far as they agree with it.
pub(crate) fn decode_text(bytes: &[u8], charset: Option<&str>) -> String {
    charset::decode(bytes, charset).text
}

/// A date as mail headers write it (RFC 5322 §3.3); nothing for any other form.
pub(crate) fn date(text: &str) -> Option<Timestamp> {
    let dated = text.bytes().any(|byte| byte.is_ascii_digit());
    let clocked = text.contains(':') && text.contains([' ', '\t']);
    if !dated || !clocked || !(text.contains('+') || text.contains('-') || text.ends_with("GMT")) {
        return None;
    }
    fields::date_of(format!("{text}\n").as_bytes())
}

/// The MIME tree, or nothing when the input is too wild to take apart.
fn understand<'x>(bytes: &'x [u8], problems: &mut Vec<Problem>) -> Option<Message<'x>> {
    if let Some(problem) = complexity::too_complex(bytes) {
        problems.push(problem);
        return None;
    }
    let message = parser::parse(bytes);
    if message.is_none() && !bytes.is_empty() {
        problems.push(Problem {
            code: "no-headers",
            text: "No header was found; everything is taken as text.".into(),
        });
    }
    message
}

/// The mail when its MIME structure was understood.
fn from_message(message: &Message<'_>, raw: &[u8], mut problems: Vec<Problem>) -> IncomingMail {
    let fields = Fields::of(message.parts.first(), raw);
    let readable = readable::read(message, raw, &mut problems);
    let attachments = attachments::collect(message, raw, &readable.unreadable, &mut problems);
    let mut mail = with_headers(&fields, problems);
    mail.part_types = part_types(message);
    mail.mime_nodes = count_nodes(message);
    with_text(&mut mail, readable);
    mail.attachments = attachments;
    attachments::note_shown(
        &mut mail.attachments,
        mail.html.as_deref().unwrap_or_default(),
    );
    mail
}

/// The mail when there is no structure to trust: the headers that can be read, the start of the rest
/// as text, and the whole original as an attachment.
fn unstructured(raw: &[u8], mut problems: Vec<Problem>) -> IncomingMail {
    let (head, rest) = source::split_head(raw);
    let header_only = parser::parse_head(head);
    let fields = Fields::of(
        header_only
            .as_ref()
            .and_then(|message| message.parts.first()),
        head,
    );
    let shown = if fields.is_empty() { raw } else { rest };
    let readable = readable::of_bytes(shown, &mut problems);
    let whole = (readable.truncated).then(|| Attachment::whole_mail(raw));
    let mut mail = with_headers(&fields, problems);
    with_text(&mut mail, readable);
    mail.attachments.extend(whole);
    mail.mime_nodes = usize::from(!raw.is_empty());
    mail
}

fn with_text(mail: &mut IncomingMail, readable: readable::Readable) {
    mail.html = readable.html();
    mail.body = readable.body;
    mail.text = readable.text;
    mail.text_parts = readable.text_parts;
    mail.html_parts = readable.html_parts;
}

/// A mail with everything its headers say and no body yet.
fn with_headers(fields: &Fields<'_>, mut problems: Vec<Problem>) -> IncomingMail {
    let from = fields.mailboxes("From");
    let date = fields.date("Date");
    note_headers(&from, date, fields, &mut problems);
    let (mime_type, charset, boundary) = fields.content_type();
    IncomingMail {
        message_id: fields.ids("Message-ID").into_iter().next(),
        in_reply_to: fields.ids("In-Reply-To"),
        references: fields.ids("References"),
        subject: fields.text("Subject"),
        sender: fields.mailboxes("Sender").into_iter().next(),
        reply_to: fields.mailboxes("Reply-To"),
        to: fields.mailboxes("To"),
        cc: fields.mailboxes("Cc"),
        bcc: fields.mailboxes("Bcc"),
        resent_from: fields.mailboxes("Resent-From"),
        resent_to: fields.mailboxes("Resent-To"),
        delivered_to: fields.delivered_to(),
        return_path: fields.return_path(),
        desk: fields.text("X-Kept-Desk"),
        headers: fields.decoded(),
        from,
        date,
        mime_type,
        charset,
        boundary,
        problems,
        text: String::new(),
        html: None,
        text_parts: Vec::new(),
        html_parts: Vec::new(),
        body: Body::default(),
        attachments: Vec::new(),
        kind: Kind::Person,
        part_types: Vec::new(),
        mime_nodes: 0,
    }
}

/// What a person should know about the headers before trusting them.
fn note_headers(
    from: &[Mailbox],
    date: Option<Timestamp>,
    fields: &Fields<'_>,
    problems: &mut Vec<Problem>,
) {
    let mut note = |code, text: Cow<'static, str>| {
        problems.push(Problem {
            code,
            text: text.into_owned(),
        })
    };
    if from.is_empty() {
        note("no-from", "The mail does not say who it is from.".into());
    }
    if let Some(bad) = from
        .iter()
        .find(|mailbox| !address::is_valid(&mailbox.address))
    {
        note(
            "bad-from",
            format!(
                "The sender's address {:?} is not one mail can be sent to.",
                bad.address
            )
            .into(),
        );
    }
    if date.is_none() {
        note("no-date", "The mail has no date that can be read.".into());
    }
    if fields.count() > MAX_HEADERS {
        note(
            "too-many-headers",
            format!("Only the first {MAX_HEADERS} headers are shown.").into(),
        );
    }
}

/// Media types of the parts directly below the top.
fn part_types(message: &Message<'_>) -> Vec<String> {
    let children = match message.parts.first().map(|part| &part.body) {
        Some(PartType::Multipart(children)) => children.as_slice(),
        _ => &[],
    };
    children
        .iter()
        .filter_map(|id| message.parts.get(*id as usize))
        .map(content::media_type)
        .collect()
}

/// Parts of the whole tree, nested mails included; walks a list, not the stack.
fn count_nodes(message: &Message<'_>) -> usize {
    let mut open = vec![message];
    let mut count = 0;
    while let Some(message) = open.pop() {
        count += message.parts.len();
        open.extend(message.parts.iter().filter_map(|part| part.message()));
    }
    count
}
