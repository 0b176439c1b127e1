//! What came by mail, as it came: formatted originals, raw bytes, attachments. All of it was written by strangers, so
//! none of it runs, reads our pages or looks like one.

mod formatted;
mod names;
pub(crate) mod preview;
mod preview_views;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use kept_app::domain::ids::{MessageId, OutgoingId, UnsortedId};
use kept_app::{Error, reading};

pub(crate) use self::formatted::html;
use self::names::disposition;
pub(crate) use self::preview::Preview;
use self::preview::Wish;
use crate::errors::Failure;
use crate::session::SignedIn;
use crate::web::Web;

/// For bytes a stranger wrote: whatever a browser makes of them, it does so in an empty room.
const SHUT_IN: &str = "sandbox; default-src 'none'";

/// `GET /messages/{id}/raw`
pub(crate) async fn message(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let raw = reading::raw_of_message(&web.desk, &who.viewer, MessageId(id)).await?;
    Ok(source(raw, &format!("message-{id}.eml")))
}

/// `GET /unsorted/{id}/raw`
pub(crate) async fn unsorted(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let raw = reading::raw_of_unsorted(&web.desk, &who.viewer, UnsortedId(id)).await?;
    Ok(source(raw, &format!("unsorted-{id}.eml")))
}

/// `GET /outbox/{id}/raw`
pub(crate) async fn outgoing(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let mail = reading::outgoing(&web.desk, &who.viewer, OutgoingId(id)).await?;
    let bytes = mail.bytes.map_err(Error::Conflict)?;
    let name = disposition("attachment", &format!("mail-{id}.eml"));
    Ok(file(Bytes::from(bytes), "message/rfc822", name))
}

/// A mail to be read in the browser, as text and to the byte.
fn source(raw: Bytes, name: &str) -> Response {
    file(
        raw,
        "text/plain; charset=utf-8",
        disposition("inline", name),
    )
}

/// `GET /attachments/{id}`
pub(crate) async fn attachment(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let found = reading::file_within(&web.desk, &who.viewer, id, wish.path()?).await?;
    let (kind, how) = handling(&found.content_type, found.content_id.is_some());
    Ok(file(found.bytes, kind, disposition(how, &found.name)))
}

/// Types a browser only ever shows or saves. Anything else is just bytes.
const HARMLESS: [&str; 12] = [
    "application/gzip",
    "application/pdf",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/zip",
    "message/rfc822",
    "text/calendar",
    "text/csv",
    "text/plain",
    "text/vcard",
];
const IMAGES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// The type a file is sent with, and whether it may be shown in the page: only a picture the mail itself shows.
fn handling(content_type: &str, has_id: bool) -> (&'static str, &'static str) {
    let said = content_type
        .split(';')
        .next()
        .unwrap_or("")
        .trim()
        .to_ascii_lowercase();
    let is = |known: &&&str| **known == said;
    if let Some(image) = IMAGES.iter().find(is) {
        return (image, if has_id { "inline" } else { "attachment" });
    }
    (
        HARMLESS
            .iter()
            .find(is)
            .unwrap_or(&"application/octet-stream"),
        "attachment",
    )
}

/// A PDF we wrote, to be saved.
pub(crate) fn pdf(name: &str, bytes: Bytes) -> Response {
    file(bytes, "application/pdf", disposition("attachment", name))
}

fn file(bytes: Bytes, kind: &'static str, disposition: HeaderValue) -> Response {
    let headers: [(HeaderName, HeaderValue); 3] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, disposition),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(SHUT_IN),
        ),
    ];
    (headers, bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(content_type: &str, content_id: Option<&str>, expected: (&str, &str)) {
        assert_eq!(
            handling(content_type, content_id.is_some()),
            expected,
            "{content_type}"
        );
    }

    #[test]
    fn only_a_picture_that_belongs_into_the_text_is_shown() {
        check("image/png", Some("a@b"), ("image/png", "inline"));
        check("image/png", None, ("image/png", "attachment"));
        check("Image/JPEG; name=x", Some("a@b"), ("image/jpeg", "inline"));
        check(
            "image/svg+xml",
            Some("a@b"),
            ("application/octet-stream", "attachment"),
        );
        check(
            "text/html",
            None,
            ("application/octet-stream", "attachment"),
        );
        check(
            "application/xhtml+xml",
            Some("a@b"),
            ("application/octet-stream", "attachment"),
        );
        check("application/pdf", None, ("application/pdf", "attachment"));
        check(
            "text/javascript\r\nx: y",
            None,
            ("application/octet-stream", "attachment"),
        );
        check("", None, ("application/octet-stream", "attachment"));
    }
}
