//! A file somebody attached, whole; also one within an attached mail, at any depth down to a limit.

use bytes::Bytes;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::TicketId;
use kept_mail::IncomingMail;
use kept_store::messages::{self, Attachment};
use kept_store::tickets;

use crate::{Desk, Error};

/// The file with its name and the type its sender gave it; neither is to be believed.
///
/// # Errors
/// When the viewer may not, there is no such file, or its bytes are gone.
pub async fn attachment(
    desk: &Desk,
    viewer: &Viewer,
    id: i64,
) -> Result<(Attachment, Bytes), Error> {
    allow(viewer, Act::Read)?;
    let missing = || Error::not_found("attachment");
    let file = desk.store().read(move |tx| messages::file(tx, id)).await?;
    let file = file.ok_or_else(missing)?;
    let bytes = desk.blobs().get(desk.store(), &file.sha256).await?;
    Ok((file, bytes.ok_or_else(missing)?))
}

/// A file to be shown or saved, wherever it was.
#[derive(Debug, Clone)]
pub struct Found {
    pub name: String,
    /// As its sender says.
    pub content_type: String,
    /// The mail it is in shows it by this id.
    pub content_id: Option<String>,
    pub bytes: Bytes,
}

/// Mails within mails that are opened.
pub const DEEPEST: usize = 8;

/// The attachment `id`, or what `path` leads to inside it: the position of a part of that mail, then of a part of
/// the mail in it, and so on.
///
/// # Errors
/// When the viewer may not, there is no such file, or it lies deeper than is opened.
pub async fn file_within(
    desk: &Desk,
    viewer: &Viewer,
    id: i64,
    path: Vec<usize>,
) -> Result<Found, Error> {
    let (file, bytes) = attachment(desk, viewer, id).await?;
    let found = Found {
        name: file.filename,
        content_type: file.content_type,
        content_id: file.content_id,
        bytes,
    };
    if path.is_empty() {
        return Ok(found);
    }
    let inner = blocking(move || descend(found, &path)).await?;
    inner.ok_or_else(|| Error::not_found("attachment"))
}

fn descend(mut found: Found, path: &[usize]) -> Option<Found> {
    if path.len() > DEEPEST {
        return None;
    }
    for part in path {
        let mail = kept_mail::parse(&found.bytes);
        let file = mail.attachments.into_iter().find(|it| it.part == *part)?;
        found = Found {
            name: file.name,
            content_type: file.content_type,
            content_id: file.content_id,
            bytes: file.content.into(),
        };
    }
    Some(found)
}

/// A mail that came as a file, read.
///
/// # Errors
/// When it can't be read in peace.
pub async fn letter(bytes: Bytes) -> Result<IncomingMail, Error> {
    blocking(move || kept_mail::parse(&bytes)).await
}

async fn blocking<T: Send + 'static>(
    read: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(read)
        .await
        .map_err(|_| Error::Outside("this file could not be read".into()))
}

/// The ticket a file is on.
///
/// # Errors
/// When the viewer may not, or there is no such file.
pub async fn ticket_of_file(desk: &Desk, viewer: &Viewer, id: i64) -> Result<TicketId, Error> {
    allow(viewer, Act::Read)?;
    let missing = || Error::not_found("attachment");
    desk.store()
        .read(move |tx| {
            let file = messages::file(tx, id)?.ok_or_else(missing)?;
            let message = messages::find(tx, file.message)?.ok_or_else(missing)?;
            Ok(tickets::told_at(tx, message.ticket)?)
        })
        .await
}
