//! `POST /tickets/{number}/presence`: a page says what its reader does there, and learns who else is.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use kept_app::domain::ids::TicketId;

use super::here::{State as Doing, Word};
use super::views;
use crate::errors::Failure;
use crate::forms::Posted;
use crate::web::Web;

/// With `state`: `writing`, `looking` or `gone`. What others know already is not told again.
pub(crate) async fn note(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (ticket, viewer) = (TicketId(number), &posted.who.viewer);
    let state = Doing::from_text(posted.fields.get("state")).unwrap_or(Doing::Looking);
    let now = web.desk.now();
    if !web.here.is_known(ticket, viewer.person, state, now) {
        let word = Word {
            ticket,
            person: viewer.person,
            state,
            name: viewer.name.clone(),
        };
        web.desk.announce(word.topic()).await?;
    }
    let others = web.here.others(ticket, viewer.person, now);
    Ok(views::others(&others).into_response())
}
