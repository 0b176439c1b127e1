//! `GET /promises` and what is posted about promises.

use axum::extract::{Path, State};
use axum::response::Response;
use kept_app::domain::ids::{PromiseId, TicketId};
use kept_app::promises;

use super::{form, views};
use crate::errors::Failure;
use crate::forms::Posted;
use crate::layout::Section;
use crate::respond::{done, show};
use crate::session::SignedIn;
use crate::ticket::routes::refused;
use crate::web::Web;

/// `GET /promises`
pub(crate) async fn page(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let listed = promises::owed(&web.desk, &who.viewer).await?;
    let (mine, others): (Vec<_>, Vec<_>) = listed
        .iter()
        .partition(|it| it.promise.promiser == who.viewer.person);
    let shown = |all: Vec<&promises::Listed>| all.into_iter().map(views::shown).collect::<Vec<_>>();
    let mut shell = who.shell(&web, "Promises", Section::Promises).await?;
    shell.live = Some("tickets".to_owned());
    let content = views::page(&shown(mine), &shown(others), &shell);
    Ok(show(&shell, content))
}

/// `POST /tickets/{number}/promises`, with `what`, `due` (and `at`), and the `message` that gives it, if one does
pub(crate) async fn make(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let clock = posted.who.shell(&web, "", Section::Elsewhere).await?.clock;
    let made = match form::read(&posted.fields, &clock) {
        Ok(new) => promises::make(&web.desk, &posted.who.viewer, id, new).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(_) => Ok(done(&posted.who.page_of(id), "Promised.")),
        Err(error) => refused(&web, &posted.who, id, error).await,
    }
}

/// `POST /promises/{id}/keeping`
pub(crate) async fn keep(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let ticket = promises::keep(&web.desk, &posted.who.viewer, PromiseId(id)).await?;
    let to = match posted.who.came_from() {
        Some("/promises") => "/promises".to_owned(),
        _ => posted.who.page_of(ticket),
    };
    Ok(done(&to, "Kept."))
}
