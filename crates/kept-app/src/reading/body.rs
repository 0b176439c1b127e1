//! The text of a message as it is stored, and its HTML as it may be shown.

use bytes::Bytes;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::{MessageId, UnsortedId};
use kept_mail::Body;
use kept_mail::html::CleanHtml;
use kept_store::messages::{self, Message};

use crate::intake::Recipients;
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

/// A mail's HTML made safe, with its inline images pointing to our own copies.
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
    let files = desk
        .store()
        .read(move |tx| messages::files_of_message(tx, id))
        .await?;
    let clean = tokio::task::spawn_blocking(move || {
        let mail = kept_mail::parse(&raw);
        let image = |cid: &str| {
            let file = files
                .iter()
                .find(|file| file.content_id.as_deref() == Some(cid))?;
            Some(format!("/attachments/{}", file.id))
        };
        mail.html
            .map(|html| kept_mail::html::clean(&html, show_remote_images, &image))
    });
    let clean = clean
        .await
        .map_err(|_| Error::Outside("this mail could not be shown".into()))?;
    clean.ok_or_else(|| Error::not_found("HTML in this message"))
}

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
