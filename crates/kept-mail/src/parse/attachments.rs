//! The parts of a mail that are not its text, with every byte they had.
//!
//! File names are made safe to show and to store; nothing is dropped because it is odd.

use std::borrow::Cow;

use mail_parser::{ContentType, HeaderName, Message, MessagePart, MimeHeaders, PartType};
use sha2::{Digest, Sha256};

use super::{charset, content, fields, parser};
use crate::mail::{Attachment, Disposition, IncomingMail, Problem};
use crate::{html, picture};

/// Characters kept of a file name: what file systems take.
const MAX_NAME_CHARS: usize = 200;

/// Every attachment in order; `unreadable` parts were meant to be text.
pub fn collect(
    message: &Message<'_>,
    raw: &[u8],
    unreadable: &[u32],
    problems: &mut Vec<Problem>,
) -> Vec<Attachment> {
    let mut ids: Vec<usize> = message
        .attachments
        .iter()
        .chain(unreadable)
        .map(|id| *id as usize)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let parts = ids
        .into_iter()
        .filter_map(|id| Some((id, message.parts.get(id)?)));
    parts
        .map(|(id, part)| attachment(id, part, raw, problems))
        .collect()
}

fn attachment(
    id: usize,
    part: &MessagePart<'_>,
    raw: &[u8],
    problems: &mut Vec<Problem>,
) -> Attachment {
    let content = content::of(part, raw);
    if content.damaged {
        let text = format!("The encoding of part {id} is damaged; it is kept as it was sent.");
        problems.push(Problem {
            code: "bad-encoding",
            text,
        });
    }
    let content_type = content::media_type(part);
    let filename = filename(part, raw);
    Attachment {
        part: id,
        name: filename
            .clone()
            .unwrap_or_else(|| made_up_name(&content_type)),
        filename,
        disposition: disposition(part),
        content_id: part
            .content_id()
            .map(|id| id.trim_matches(['<', '>', ' ']).to_owned())
            .filter(|id| !id.is_empty()),
        size_bytes: content.bytes.len() as u64,
        sha256: hex_sha256(&content.bytes),
        is_message: matches!(part.body, PartType::Message(_)) || content_type == "message/rfc822",
        within_text: is_signature(&content_type),
        minor: false,
        location: location(part),
        content: content.bytes.into_owned(),
        content_type,
    }
}

impl Attachment {
    /// A whole mail kept as one attachment because it could not be taken apart.
    pub(crate) fn whole_mail(raw: &[u8]) -> Self {
        Self {
            part: 0,
            filename: Some("original.eml".to_owned()),
            name: "original.eml".to_owned(),
            content_type: "message/rfc822".to_owned(),
            disposition: Disposition::Attachment,
            content_id: None,
            size_bytes: raw.len() as u64,
            sha256: hex_sha256(raw),
            is_message: true,
            within_text: false,
            minor: false,
            location: None,
            content: raw.to_vec(),
        }
    }
}

/// SHA-256 in hexadecimal.
pub fn hex_sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// Signatures of programs say nothing to people (RFC 1847, RFC 3156, RFC 8551).
fn is_signature(content_type: &str) -> bool {
    matches!(
        content_type,
        "application/pgp-signature"
            | "application/pkcs7-signature"
            | "application/x-pkcs7-signature"
    )
}

/// Notes which parts the HTML shows: by their id (RFC 2392), their place (RFC 2557) or, from careless programs,
/// by their name. What is hidden for another reason stays so.
pub fn note_shown(attachments: &mut [Attachment], html: &str) {
    if html.is_empty() || attachments.is_empty() {
        return;
    }
    let sources = html::image_sources(html);
    for attachment in attachments {
        let id = attachment.content_id.as_deref();
        let by_id = id.is_some_and(|id| html.contains(&format!("cid:{id}")));
        let by_source = || sources.iter().any(|source| attachment.is_shown_by(source));
        attachment.within_text |= by_id || by_source();
    }
}

/// Apple's program calls every picture and PDF `inline`. In a mail of files alone there is no text they could
/// stand in.
pub fn note_files(mail: &mut IncomingMail) {
    if !mail.text_parts.is_empty() || !mail.html_parts.is_empty() {
        return;
    }
    for file in &mut mail.attachments {
        let nowhere = file.content_id.is_none() && file.location.is_none() && !file.within_text;
        if nowhere && file.filename.is_some() && !file.is_message {
            file.disposition = Disposition::Attachment;
        }
    }
}

impl Attachment {
    /// Whether an image in the HTML whose `src` is `source` means this part.
    pub fn is_shown_by(&self, source: &str) -> bool {
        let bare = match source.get(..4) {
            Some(scheme) if scheme.eq_ignore_ascii_case("cid:") => source.get(4..),
            _ => None,
        };
        let name = bare.unwrap_or(source);
        let is = |known: &Option<String>| known.as_deref() == Some(name);
        if !self.content_type.starts_with("image/") || name.is_empty() {
            return false;
        }
        is(&self.content_id)
            || self.location.as_deref() == Some(source)
            || bare.is_some() && self.content_id.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(name))
            // A whole address names something elsewhere, whatever its end looks like.
            || !source.contains("://") && is(&self.filename)
    }
}

/// Pictures no higher than a line or two, or no larger than a logo, are what stands below names; those of a
/// pixel count readers. A picture somebody attached by itself is always meant.
pub fn note_minor(attachments: &mut [Attachment]) {
    for attachment in attachments {
        attachment.minor = match attachment.content_type.starts_with("image/") {
            true => is_ornament(attachment),
            false => attachment.within_text,
        };
    }
}

fn is_ornament(picture: &Attachment) -> bool {
    const HIGHEST_LOGO: u32 = 100;
    const LARGEST_LOGO: u64 = 30_000;
    const SMALL_BYTES: u64 = 3_000;
    let belongs = picture.within_text || picture.disposition == Disposition::Inline;
    match picture::dimensions(&picture.content) {
        Some((wide, high)) if wide <= 3 || high <= 3 => true,
        Some((wide, high)) => {
            belongs && (high <= HIGHEST_LOGO || u64::from(wide) * u64::from(high) <= LARGEST_LOGO)
        }
        None => picture.within_text && picture.size_bytes <= SMALL_BYTES,
    }
}

fn location(part: &MessagePart<'_>) -> Option<String> {
    let header = part
        .headers
        .iter()
        .find(|header| header.name == HeaderName::ContentLocation)?;
    let text = match &header.value {
        mail_parser::HeaderValue::Text(text) => text.trim().to_owned(),
        _ => return None,
    };
    (!text.is_empty() && text.len() <= 2_000).then_some(text)
}

/// An attachment that was no part of the mail's own tree; `name` is made safe here.
pub fn made(part: usize, name: Option<&str>, content_type: &str, content: Vec<u8>) -> Attachment {
    let filename = name.map(clean_filename).filter(|name| !name.is_empty());
    Attachment {
        part,
        name: filename
            .clone()
            .unwrap_or_else(|| made_up_name(content_type)),
        filename,
        content_type: content_type.to_ascii_lowercase(),
        disposition: Disposition::Attachment,
        content_id: None,
        size_bytes: content.len() as u64,
        sha256: hex_sha256(&content),
        is_message: content_type == "message/rfc822",
        within_text: false,
        minor: false,
        location: None,
        content,
    }
}

/// The media type a file's ending stands for, for files that came without one.
pub fn type_by_name(name: Option<&str>) -> String {
    let ending = name
        .and_then(|name| name.rsplit_once('.'))
        .map(|(_, ending)| ending.to_ascii_lowercase());
    let known = match ending.as_deref().unwrap_or_default() {
        "txt" | "log" => "text/plain",
        "csv" => "text/csv",
        "htm" | "html" => "text/html",
        "ics" => "text/calendar",
        "vcf" => "text/vcard",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "zip" => "application/zip",
        "eml" => "message/rfc822",
        "doc" => "application/msword",
        "xls" => "application/vnd.ms-excel",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    };
    known.to_owned()
}

/// Inline when the part says so, or when it says nothing but has an id the HTML can show it by.
fn disposition(part: &MessagePart<'_>) -> Disposition {
    match part.content_disposition() {
        Some(value) if value.c_type.eq_ignore_ascii_case("inline") => Disposition::Inline,
        None if part.content_id().is_some() => Disposition::Inline,
        _ => Disposition::Attachment,
    }
}

/// The file name from the disposition or the type (RFC 2183 §2.3), raw 8-bit names repaired.
fn filename(part: &MessagePart<'_>, raw: &[u8]) -> Option<String> {
    let head = raw
        .get(part.offset_header as usize..part.offset_body as usize)
        .unwrap_or_default();
    let repaired = match std::str::from_utf8(head) {
        Ok(_) => None,
        Err(_) => Some(charset::patched(head)),
    };
    let name = match &repaired {
        None => name_in(&part.headers),
        Some(head) => parser::parse_head(head.as_bytes())
            .and_then(|message| name_in(&message.parts.first()?.headers)),
    };
    name.map(|name| clean_filename(&name))
        .filter(|name| !name.is_empty())
}

fn name_in(headers: &[mail_parser::Header<'_>]) -> Option<String> {
    let value = |name: HeaderName<'static>, attribute: &str| {
        let header = headers.iter().find(|header| header.name == name)?;
        header
            .value
            .as_content_type()
            .and_then(|value| attribute_of(value, attribute))
    };
    value(HeaderName::ContentDisposition, "filename")
        .or_else(|| value(HeaderName::ContentType, "name"))
}

/// A parameter with RFC 2047 words decoded, which many mailers put where only RFC 2231 belongs.
fn attribute_of(value: &ContentType<'_>, name: &str) -> Option<String> {
    let text = value.attribute(name)?;
    let decoded: Cow<'_, str> = match text.contains("=?") {
        true => fields::text_of(format!("{text}\n").as_bytes()).into(),
        false => text.into(),
    };
    Some(decoded.into_owned())
}

/// The last path component without control characters, cut to a sane length with its ending kept.
fn clean_filename(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|c| !c.is_control() && !is_direction_mark(*c))
        .collect();
    let clean = clean.trim().trim_start_matches('.').trim();
    if clean.chars().count() <= MAX_NAME_CHARS {
        return clean.to_owned();
    }
    let ending = clean
        .rsplit_once('.')
        .map(|(_, ending)| ending)
        .filter(|ending| ending.chars().count() <= 10);
    let room = MAX_NAME_CHARS - ending.map_or(0, |ending| ending.chars().count() + 1);
    let stem: String = clean.chars().take(room).collect();
    ending.map_or(stem.clone(), |ending| format!("{stem}.{ending}"))
}

/// Marks that turn `exe.jpg` into something that looks like another ending.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A name for a part that came without one.
fn made_up_name(content_type: &str) -> String {
    let ending = match content_type {
        "text/plain" => "txt",
        "text/html" => "html",
        "text/calendar" => "ics",
        "text/csv" => "csv",
        "text/vcard" | "text/x-vcard" => "vcf",
        "image/jpeg" => "jpg",
        "image/svg+xml" => "svg",
        "message/rfc822" | "message/global" => return "message.eml".to_owned(),
        "message/delivery-status" => return "delivery-status.txt".to_owned(),
        "application/pgp-signature" => "asc",
        "application/ms-tnef" => return "winmail.dat".to_owned(),
        "application/octet-stream" => "bin",
        other => other
            .rsplit('/')
            .next()
            .filter(|ending| is_plain_ending(ending))
            .unwrap_or("bin"),
    };
    format!("attachment.{ending}")
}

fn is_plain_ending(ending: &str) -> bool {
    (1..=8).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
