//! The text of a message as it is stored, and its HTML as it may be shown.

use std::cell::Cell;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::{MessageId, TicketId, UnsortedId};
use kept_mail::Body;
use kept_mail::html::CleanHtml;
use kept_store::messages::{self, Message};

use crate::intake::Recipients;
use crate::tickets::told_here;
use crate::{Desk, Error};

pub(crate) fn body_json(body: &Body) -> String {
    serde_json::to_string(body).unwrap_or_else(|_| r#"{"segments":[]}"#.into())
}

/// The stored text in its pieces. A damaged one reads as empty; the raw mail still has it.
pub(crate) fn body_of(message: &Message) -> Body {
    serde_json::from_str(&message.body).unwrap_or_default()
}

pub(crate) fn recipients_of(message: &Message) -> Recipients {
    serde_json::from_str(&message.recipients).unwrap_or_default()
}

/// What somebody says in a message of this ticket, or of one that is told on it: our own words as Markdown, a stranger's as
/// plain text.
///
/// # Errors
/// When the viewer may not, or there is no such message there.
pub async fn words_of(
    desk: &Desk,
    viewer: &Viewer,
    ticket: TicketId,
    id: MessageId,
) -> Result<String, Error> {
    allow(viewer, Act::Read)?;
    desk.store()
        .read(move |tx| {
            let here = told_here(tx, ticket)?;
            let found = messages::find(tx, id)?.filter(|it| here.contains(&it.ticket));
            let found = found.ok_or_else(|| Error::not_found("message"))?;
            Ok(body_of(&found).new_text())
        })
        .await
}

/// A mail's HTML made safe, with its inline images inside it: the frame it is shown in has no session to
/// fetch them with.
///
/// # Errors
/// When the viewer may not, there is no such message, or it has no HTML.
pub async fn safe_html(
    desk: &Desk,
    viewer: &Viewer,
    id: MessageId,
    show_remote_images: bool,
) -> Result<CleanHtml, Error> {
    let raw = raw_of_message(desk, viewer, id).await?;
    let clean = tokio::task::spawn_blocking(move || shown(&raw, show_remote_images));
    let clean = clean
        .await
        .map_err(|_| Error::Outside("this mail could not be shown".into()))?;
    clean.ok_or_else(|| Error::not_found("HTML in this message"))
}

fn shown(raw: &[u8], show_remote_images: bool) -> Option<CleanHtml> {
    let mail = kept_mail::parse(raw);
    let left = Cell::new(MOST_IMAGE_BYTES);
    let image = |source: &str| {
        let mut files = mail.attachments.iter();
        let file = files.find(|file| file.is_shown_by(source))?;
        let kind = IMAGES.iter().find(|kind| file.content_type == **kind)?;
        left.set(left.get().checked_sub(file.size_bytes)?);
        let bytes = STANDARD.encode(&file.content);
        Some(format!("data:{kind};base64,{bytes}"))
    };
    let html = mail.html.as_deref()?;
    Some(kept_mail::html::clean(html, show_remote_images, &image))
}

/// Bytes of the pictures shown inside a mail, as `data:` addresses (RFC 2397); more is only offered as files.
const MOST_IMAGE_BYTES: u64 = 8 * 1024 * 1024;
const IMAGES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// The message as it came, to the byte.
///
/// # Errors
/// When the viewer may not, or the message did not come by mail.
pub async fn raw_of_message(desk: &Desk, viewer: &Viewer, id: MessageId) -> Result<Bytes, Error> {
    allow(viewer, Act::Read)?;
    let message = desk.store().read(move |tx| messages::find(tx, id)).await?;
    raw(desk, message.and_then(|message| message.raw_sha256)).await
}

/// A waiting mail as it came, to the byte.
///
/// # Errors
/// When the viewer may not, or there is no such mail.
pub async fn raw_of_unsorted(desk: &Desk, viewer: &Viewer, id: UnsortedId) -> Result<Bytes, Error> {
    allow(viewer, Act::SortMail)?;
    let mail = desk
        .store()
        .read(move |tx| kept_store::unsorted::find(tx, id))
        .await?;
    raw(desk, mail.map(|mail| mail.raw_sha256)).await
}

async fn raw(desk: &Desk, sha256: Option<String>) -> Result<Bytes, Error> {
    let missing = || Error::not_found("original mail");
    let sha256 = sha256.ok_or_else(missing)?;
    desk.blobs()
        .get(desk.store(), &sha256)
        .await?
        .ok_or_else(missing)
}
