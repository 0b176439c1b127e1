//! Looking at a file before saving it: pictures, texts, PDFs, mails. `GET /attachments/{id}/preview` is the page and
//! `GET /attachments/{id}/shown` what stands on it; `?part=3.2` leads into mails within mails.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use kept_app::reading::{self, DEEPEST, FoundFile};
use kept_app::{Error, mail};
use serde::Deserialize;

use super::SHUT_IN;
use super::names::disposition;
use super::preview_views::{Inner, Look, PreviewPage, preview};
use crate::errors::Failure;
use crate::layout::Section;
use crate::numbers::count;
use crate::respond::show;
use crate::session::SignedIn;
use crate::ticket::file_kind;
use crate::web::Web;

/// How a file can be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Preview {
    Picture,
    Text,
    Pdf,
    Letter,
}

impl Preview {
    /// By its type; by its name only where that says no more than "bytes". Never HTML or SVG as what they are.
    pub(crate) fn of(content_type: &str, name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let ending = ending.to_ascii_lowercase();
        match (content_type, ending.as_str()) {
            (kind, _) if super::IMAGES.contains(&kind) => Some(Self::Picture),
            ("application/pdf", _) | ("application/octet-stream", "pdf") => Some(Self::Pdf),
            ("message/rfc822" | "message/global", _) => Some(Self::Letter),
            (kind, _) if kind.starts_with("text/") => Some(Self::Text),
            ("application/json" | "application/xml", _) => Some(Self::Text),
            ("application/octet-stream", "txt" | "log" | "csv" | "md" | "ini" | "json") => {
                Some(Self::Text)
            }
            _ => None,
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    part: String,
}

impl Wish {
    /// `3.2` as positions; whatever is no number leads nowhere.
    pub(super) fn path(&self) -> Result<Vec<usize>, Error> {
        let parts = self.part.split('.').filter(|part| !part.is_empty());
        let path: Option<Vec<usize>> = parts
            .take(DEEPEST + 1)
            .map(|part| part.parse().ok())
            .collect();
        path.ok_or_else(|| Error::not_found("attachment"))
    }
}

/// The address of a part below the file `id`: `/attachments/7/preview?part=3.2`.
fn address(id: i64, what: &str, part: &str) -> String {
    match part {
        "" => format!("/attachments/{id}{what}"),
        part => format!("/attachments/{id}{what}?part={part}"),
    }
}

/// `GET /attachments/{id}/preview`
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let path = wish.path()?;
    let part = path
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(".");
    let ticket = reading::ticket_of_file(&web.desk, &who.viewer, id).await?;
    let found = reading::file_within(&web.desk, &who.viewer, id, path).await?;
    let page = PreviewPage {
        ticket: count(ticket.0),
        outer: part
            .rsplit_once('.')
            .map(|(outer, _)| outer)
            .or((!part.is_empty()).then_some(""))
            .map(|outer| address(id, "/preview", outer)),
        name: named(&found.name),
        size_bytes: found.bytes.len() as u64,
        href: address(id, "", &part),
        look: look(&found, id, &part).await?,
    };
    let shell = who.shell(&web, page.name.clone(), Section::Inbox).await?;
    Ok(show(&shell, preview(&page, &shell)))
}

fn named(name: &str) -> String {
    match name.is_empty() {
        true => "unnamed".to_owned(),
        false => name.to_owned(),
    }
}

/// Bytes of a text that are shown; the file has all.
const SHOWN_TEXT_BYTES: usize = 200_000;

async fn look(found: &FoundFile, id: i64, part: &str) -> Result<Look, Error> {
    Ok(match Preview::of(&found.content_type, &found.name) {
        Some(Preview::Picture) => Look::Picture(address(id, "/shown", part)),
        Some(Preview::Pdf) if is_pdf(&found.bytes) => Look::Pdf(address(id, "/shown", part)),
        Some(Preview::Text) => Look::Text {
            text: mail::text_of(&found.bytes[..found.bytes.len().min(SHOWN_TEXT_BYTES)]),
            cut: found.bytes.len() > SHOWN_TEXT_BYTES,
        },
        Some(Preview::Letter) => Look::Letter(Box::new(inner(found, id, part).await?)),
        Some(Preview::Pdf) | None => Look::Nothing,
    })
}

fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-")
}

async fn inner(found: &FoundFile, id: i64, part: &str) -> Result<Inner, Error> {
    let mail = reading::letter(found.bytes.clone()).await?;
    let deeper = part.split('.').filter(|it| !it.is_empty()).count() < DEEPEST;
    let files = mail.attachments.iter().filter(|file| deeper && !file.minor);
    let files = files.map(|file| {
        let part = match part {
            "" => file.part.to_string(),
            outer => format!("{outer}.{}", file.part),
        };
        crate::parts::Attachment {
            href: address(id, "", &part),
            preview: Preview::of(&file.content_type, &file.name)
                .map(|_| address(id, "/preview", &part)),
            thumbnail: None,
            name: file.name.clone(),
            size_bytes: file.size_bytes,
            kind: file_kind(&file.content_type, &file.name),
        }
    });
    Ok(Inner {
        from: crate::ticket::names(&mail.from),
        to: crate::ticket::names(&mail.to),
        cc: crate::ticket::names(&mail.cc),
        date: mail.date,
        subject: mail.subject.clone().unwrap_or_default(),
        text: mail::links::unwrap_in(&mail.text)
            .chars()
            .take(SHOWN_TEXT_BYTES)
            .collect(),
        marks: mail::marks(&mail)
            .into_iter()
            .map(|mark| mark.text)
            .collect(),
        files: files.collect(),
        too_deep: !deeper && !mail.attachments.is_empty(),
    })
}

/// For a PDF in its frame: the browser's own viewer shows it, and what is in it reaches nothing.
const PDF_ONLY: &str = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

/// `GET /attachments/{id}/shown`
pub(crate) async fn shown(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let found = reading::file_within(&web.desk, &who.viewer, id, wish.path()?).await?;
    let picture = super::IMAGES
        .iter()
        .find(|kind| **kind == found.content_type);
    let (kind, policy) = match (Preview::of(&found.content_type, &found.name), picture) {
        (Some(Preview::Picture), Some(kind)) => (*kind, SHUT_IN),
        (Some(Preview::Pdf), _) if is_pdf(&found.bytes) => ("application/pdf", PDF_ONLY),
        _ => return Err(Error::not_found("preview of this file").into()),
    };
    let headers: [(HeaderName, HeaderValue); 3] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (
            header::CONTENT_DISPOSITION,
            disposition("inline", &named(&found.name)),
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(policy),
        ),
    ];
    Ok((headers, found.bytes).into_response())
}

#[cfg(test)]
mod tests {
    use super::Preview;

    #[test]
    fn only_harmless_kinds_are_looked_at() {
        for (kind, name, expected) in [
            ("image/png", "a.png", Some(Preview::Picture)),
            ("image/svg+xml", "a.svg", None),
            ("text/html", "a.html", Some(Preview::Text)),
            ("application/xhtml+xml", "a.xhtml", None),
            ("application/octet-stream", "Scan.PDF", Some(Preview::Pdf)),
            ("application/octet-stream", "a.png", None),
            ("message/rfc822", "", Some(Preview::Letter)),
            ("application/zip", "a.txt", None),
            ("", "", None),
        ] {
            assert_eq!(Preview::of(kind, name), expected, "{kind} {name}");
        }
    }
}
