//! What a mail carries inside a part of its own kind: TNEF is opened, and its files and text join the mail.
//!
//! The wrapping part itself stays, so that no byte is lost, but need not be listed any more.

use super::{attachments, readable};
use crate::html;
use crate::mail::{Attachment, Disposition, IncomingMail, Problem};
use crate::tnef::{self, RtfText, Tnef};

/// Messages within messages that are opened.
const MAX_DEPTH: usize = 4;

/// Opens every part that wraps others. Cheap for mails that have none.
pub fn open(mail: &mut IncomingMail) {
    let wraps = |part: &Attachment| is_tnef(part);
    if mail.attachments.iter().any(wraps) {
        open_tnef(mail);
    }
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
    attachments::note_shown_of(&mut mail.attachments, &html);
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
