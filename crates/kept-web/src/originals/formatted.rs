//! `GET /messages/{id}/html`: a mail as its sender formatted it, for the frame on the ticket's page. The mail was cleaned
//! before; this page runs nothing, sends nothing, and fetches pictures from elsewhere only when it is asked to.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use kept_app::domain::ids::MessageId;
use kept_app::mail::html::CleanHtml;
use kept_app::reading;
use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use serde::Deserialize;

use crate::errors::Failure;
use crate::session::SignedIn;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Wish {
    images: Option<String>,
}

const QUIET: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; \
    style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";
const WITH_PICTURES: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data: https:; \
    style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

pub(crate) async fn html(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let pictures = wish.images.as_deref() == Some("1");
    let clean = reading::safe_html(&web.desk, &who.viewer, MessageId(id), pictures).await?;
    let policy = if pictures { WITH_PICTURES } else { QUIET };
    let headers: [(HeaderName, HeaderValue); 2] = [
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(policy),
        ),
        // Nobody else's server learns where this is read.
        (
            header::REFERRER_POLICY,
            HeaderValue::from_static("no-referrer"),
        ),
    ];
    Ok((headers, document(&clean)).into_response())
}

/// Mails are written for white paper, so this is white in both themes.
const STYLE: &str = "html{color-scheme:light;background:#fff;color:#1c1b18}\
    body{margin:12px;font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}\
    img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}\
    .kept-note{margin:0 0 12px;padding:6px 10px;border-radius:6px;background:#f1efe9;font-size:13px}";

fn document(clean: &CleanHtml) -> Markup {
    markup! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { "Formatted original" }
                base target="_blank";
                style { (PreEscaped(STYLE)) }
            }
            body {
                @for note in notes(clean) { p.kept-note { (note) } }
                (PreEscaped(&clean.html))
            }
        }
    }
}

fn notes(clean: &CleanHtml) -> Vec<String> {
    let pictures = match clean.blocked_images {
        0 => None,
        1 => Some(
            "One picture from elsewhere is not shown: its server would learn that you read this."
                .to_owned(),
        ),
        many => Some(format!(
            "{many} pictures from elsewhere are not shown: their servers would learn that you read this."
        )),
    };
    let cut = clean
        .truncated
        .then(|| "This mail is very long; its end is only in the source.".to_owned());
    pictures.into_iter().chain(cut).collect()
}
