//! What a caller does with our summary. A GET only shows: mail scanners open every link they see.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use kept_app::domain::calls::Wanted;
use kept_app::{Error, ErrorKind, calls};

use super::guest::{self, GuestPage};
use crate::errors::{Failure, sentence, status_of};
use crate::forms::GuestForm;
use crate::private::{refused, unseen};
use crate::serving::Peer;
use crate::session::theme_of;
use crate::web::Web;

/// `GET /said/{token}`
pub(crate) async fn page(
    State(web): State<Web>,
    Peer(from): Peer,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let page = load(&web, &from.to_string(), token, &headers).await?;
    Ok(unseen(&web, guest::page(&page)))
}

async fn load(
    web: &Web,
    from: &str,
    token: String,
    headers: &HeaderMap,
) -> Result<GuestPage, Failure> {
    let page = calls::by_link(&web.desk, &token, from).await;
    Ok(GuestPage {
        page: page.map_err(refused)?,
        token,
        typed: String::new(),
        error: None,
        theme: theme_of(headers),
    })
}

/// `POST /said/{token}/confirmation`
pub(crate) async fn confirm(
    State(web): State<Web>,
    Peer(from): Peer,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let from = from.to_string();
    let confirmed = calls::confirm(&web.desk, &token, &from).await;
    answered(&web, &from, token, confirmed, String::new(), &headers).await
}

/// `POST /said/{token}/correction`, with `text` and what is `wanted`
pub(crate) async fn correct(
    State(web): State<Web>,
    Peer(from): Peer,
    Path(token): Path<String>,
    headers: HeaderMap,
    GuestForm(fields): GuestForm,
) -> Result<Response, Failure> {
    let from = from.to_string();
    let wanted = Wanted::from_text(fields.get("wanted")).unwrap_or(Wanted::Act);
    let words = fields.get("text").to_owned();
    let corrected = calls::correct(&web.desk, &token, &from, words.clone(), wanted).await;
    answered(&web, &from, token, corrected, words, &headers).await
}

/// The page again: as it stands now, or with what was wrong and what was typed.
async fn answered(
    web: &Web,
    from: &str,
    token: String,
    done: Result<(), Error>,
    typed: String,
    headers: &HeaderMap,
) -> Result<Response, Failure> {
    match done {
        Ok(()) => Ok(unseen(web, Redirect::to(&format!("/said/{token}")))),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let page = GuestPage {
                typed,
                error: Some(sentence(&error.to_string())),
                ..load(web, from, token, headers).await?
            };
            let status: StatusCode = status_of(&error);
            Ok(unseen(web, (status, guest::page(&page)).into_response()))
        }
        Err(error) => Err(refused(error)),
    }
}
