//! What a mail carries inside something of another kind: TNEF, an opaque S/MIME signature, uuencoded
//! files in the text. It is taken out and joins the mail.
//!
//! A wrapping part itself stays, so that no byte is lost, but need not be listed any more.

use super::signed_data::{self, Cms};
use super::{attachments, parse_within, readable, uuencode};
use crate::body::Body;
use crate::html;
use crate::mail::{Attachment, Disposition, IncomingMail, Problem};
use crate::tnef::{self, RtfText, Tnef};

/// Messages within messages that are opened.
const MAX_DEPTH: usize = 4;

/// Opens everything that wraps something. Cheap for mails that have nothing of the kind.
pub fn open(mail: &mut IncomingMail, depth: usize) {
    if depth < MAX_DEPTH && mail.attachments.iter().any(is_cms) {
        open_signed(mail, depth);
    }
    if mail.attachments.iter().any(is_tnef) {
        open_tnef(mail);
    }
    if uuencode::may_be_in(&mail.text) {
        take_files_out_of_text(mail);
    }
    note_encrypted(mail);
}

/// PGP's containers (RFC 3156 §4) and its armour in the text.
fn note_encrypted(mail: &mut IncomingMail) {
    let armoured = mail
        .text
        .trim_start()
        .starts_with("-----BEGIN PGP MESSAGE-----");
    if mail.mime_type == "multipart/encrypted" || armoured {
        mail.problems.push(encrypted());
    }
}

fn encrypted() -> Problem {
    Problem {
        code: "encrypted",
        text: "The mail is encrypted; Kept cannot read it. Ask the sender to send it unencrypted."
            .into(),
    }
}

fn is_cms(part: &Attachment) -> bool {
    matches!(
        part.content_type.as_str(),
        "application/pkcs7-mime" | "application/x-pkcs7-mime"
    ) || part.name.to_ascii_lowercase().ends_with(".p7m")
}

/// The first opaque signature: what is in it is the mail.
fn open_signed(mail: &mut IncomingMail, depth: usize) {
    let found = mail.attachments.iter_mut().filter(|part| is_cms(part));
    let read = found
        .into_iter()
        .find_map(|part| Some((signed_data::read(&part.content)?, part)));
    let (bytes, part) = match read {
        Some((Cms::Signed(bytes), part)) => (bytes, part),
        Some((Cms::Encrypted, _)) => return mail.problems.push(encrypted()),
        Some((Cms::Detached, _)) | None => return,
    };
    part.within_text = true;
    mail.problems.push(Problem {
        code: "signature-not-checked",
        text: "The mail came wrapped in an S/MIME signature, which was not checked.".into(),
    });
    join(mail, parse_within(&bytes, depth + 1));
}

/// What was inside joins the mail around it, whose headers stay.
fn join(mail: &mut IncomingMail, inner: IncomingMail) {
    let own_text = !mail.text.trim().is_empty();
    let next = mail.mime_nodes;
    mail.mime_nodes += inner.mime_nodes;
    let moved = inner.attachments.into_iter().map(|part| Attachment {
        part: part.part + next,
        ..part
    });
    mail.attachments.extend(moved);
    mail.problems.extend(
        inner
            .problems
            .into_iter()
            .filter(|problem| !matches!(problem.code, "no-from" | "no-date")),
    );
    mail.html_parts.extend(inner.html_parts);
    mail.html = mail.html.take().or(inner.html);
    if own_text {
        return;
    }
    mail.text_parts = inner.text_parts;
    mail.text = inner.text;
    mail.body = inner.body;
}

/// Whole uuencoded files leave the text and become attachments.
fn take_files_out_of_text(mail: &mut IncomingMail) {
    let (text, files) = uuencode::taken_out(&mail.text);
    if files.is_empty() {
        return;
    }
    // The tree grows as if the mail had been sent in parts: a container, the text, the files.
    mail.mime_nodes += usize::from(mail.mime_nodes == 1);
    for file in files {
        let content_type = attachments::type_by_name(Some(&file.name));
        let (part, name) = (mail.mime_nodes, Some(file.name.as_str()));
        mail.attachments
            .push(attachments::made(part, name, &content_type, file.content));
        mail.mime_nodes += 1;
    }
    for part in &mut mail.text_parts {
        *part = uuencode::taken_out(part).0;
    }
    mail.body = Body::split(&text);
    mail.text = text;
}

fn is_tnef(part: &Attachment) -> bool {
    let named = matches!(
        part.content_type.as_str(),
        "application/ms-tnef" | "application/vnd.ms-tnef"
    ) || part.name.eq_ignore_ascii_case("winmail.dat");
    named && tnef::is_tnef(&part.content)
}

fn open_tnef(mail: &mut IncomingMail) {
    let mut next = mail.mime_nodes;
    let mut found = Vec::new();
    for part in mail.attachments.iter_mut().filter(|part| is_tnef(part)) {
        let Some(tnef) = tnef::unwrap(&part.content) else {
            continue;
        };
        part.within_text = true;
        found.push(tnef);
    }
    for tnef in found {
        add_files(mail, &tnef, &mut next, 0);
        add_text(mail, tnef);
    }
    let html = mail.html.clone().unwrap_or_default();
    attachments::note_shown(&mut mail.attachments, &html);
}

/// Files get positions after those of the mail's own parts.
fn add_files(mail: &mut IncomingMail, tnef: &Tnef, next: &mut usize, depth: usize) {
    for file in &tnef.files {
        let made = made(file, *next);
        mail.attachments.push(made);
        *next += 1;
        if file.is_message
            && depth < MAX_DEPTH
            && mail.attachments.len() < tnef::MAX_FILES
            && let Some(inner) = tnef::unwrap(&file.content)
        {
            add_message_text(mail, &inner, next);
            add_files(mail, &inner, next, depth + 1);
        }
    }
}

fn made(file: &tnef::File, part: usize) -> Attachment {
    let by_name = || attachments::type_by_name(file.name.as_deref());
    let content_type = match file.is_message {
        true => "application/ms-tnef".to_owned(),
        false => file.content_type.clone().unwrap_or_else(by_name),
    };
    let mut made = attachments::made(
        part,
        file.name.as_deref(),
        &content_type,
        file.content.clone(),
    );
    made.content_id = file.content_id.clone();
    if made.content_id.is_some() {
        made.disposition = Disposition::Inline;
    }
    made
}

/// A message within is kept as a text file that anybody can read.
fn add_message_text(mail: &mut IncomingMail, inner: &Tnef, next: &mut usize) {
    let name = inner
        .subject
        .as_deref()
        .unwrap_or("message")
        .replace(['/', '\\'], " ");
    let (text, html) = texts(inner.clone());
    let (ending, content_type, content) = match (html, text) {
        (Some(html), _) => ("html", "text/html", html),
        (None, Some(text)) => ("txt", "text/plain", text),
        (None, None) => return,
    };
    let name = format!("{name}.{ending}");
    let made = attachments::made(*next, Some(&name), content_type, content.into_bytes());
    mail.attachments.push(made);
    *next += 1;
}

/// The text of the wrapped mail where the mail itself has none.
fn add_text(mail: &mut IncomingMail, tnef: Tnef) {
    let (text, html) = texts(tnef);
    if mail.html.is_none()
        && let Some(html) = &html
    {
        mail.html = Some(html.clone());
        mail.html_parts.push(html.clone());
    }
    if !mail.text.trim().is_empty() {
        return;
    }
    let text = text.filter(|text| !text.trim().is_empty());
    let Some(readable) = readable::of_text(text.as_deref(), html.as_deref()) else {
        return;
    };
    mail.problems.push(Problem {
        code: "tnef-text",
        text: "The text was inside an Outlook file (winmail.dat) and was taken out of it.".into(),
    });
    mail.text_parts.push(match (text, html) {
        (Some(text), _) => text,
        (None, html) => html::to_text(&html.unwrap_or_default()),
    });
    mail.text = readable.text;
    mail.body = readable.body;
}

/// Plain text and HTML, rich text standing in where one is missing.
fn texts(tnef: Tnef) -> (Option<String>, Option<String>) {
    match tnef.rtf.as_deref().map(tnef::read_rtf) {
        Some(RtfText::Html(html)) => (tnef.text, tnef.html.or(Some(html))),
        Some(RtfText::Plain(text)) => (tnef.text.or(Some(text)), tnef.html),
        None => (tnef.text, tnef.html),
    }
}
