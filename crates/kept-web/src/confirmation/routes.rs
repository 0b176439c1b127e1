//! `GET` shows and never acts, because programs open every link in a mail; `POST` confirms.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use kept_app::{Error, tickets};

use super::views;
use crate::errors::Failure;
use crate::serving::Peer;
use crate::session::theme_of;
use crate::web::Web;

/// `GET /done/{token}`
pub(crate) async fn page(
    State(web): State<Web>,
    Peer(from): Peer,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let found = tickets::resolution_by_link(&web.desk, &token, &from.to_string()).await;
    let theme = theme_of(&headers);
    match found {
        Ok(resolution) => Ok(views::page(&resolution, &token, theme).into_response()),
        Err(Error::NotFound(_)) => Ok(views::unknown(theme)),
        Err(error) => Err(error.into()),
    }
}

/// `POST /done/{token}`
pub(crate) async fn confirm(
    State(web): State<Web>,
    Peer(from): Peer,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    match tickets::confirm_by_link(&web.desk, &token, &from.to_string()).await {
        // Somebody at the desk or another recipient was quicker: the page says how it stands.
        Ok(()) | Err(Error::Refused(_)) => {
            Ok(Redirect::to(&format!("/done/{token}")).into_response())
        }
        Err(Error::NotFound(_)) => Ok(views::unknown(theme_of(&headers))),
        Err(error) => Err(error.into()),
    }
}
