//! `POST /messages/{id}/…`: a person says that a message belongs elsewhere.

use axum::extract::{Path, State};
use axum::response::Response;
use kept_app::domain::ids::{MessageId, TicketId};
use kept_app::tickets::{Joined, Split, join_to, split_out};
use kept_app::{Error, reading};

use super::activity::place_of;
use super::not_done::{Form, refused_in};
use super::routes::refused;
use crate::errors::Failure;
use crate::forms::Posted;
use crate::respond::done_with_undo;
use crate::web::Web;

/// `POST /messages/{id}/ticket`, with `with` saying `this` or `rest`
pub(crate) async fn split(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let how = match posted.fields.get("with") {
        "rest" => Split::ThisAndAfter,
        _ => Split::This,
    };
    match split_out(&web.desk, &posted.who.viewer, MessageId(id), how).await {
        Ok(ticket) => Ok(done_with_undo(
            &format!("/tickets/{ticket}"),
            format!("#{ticket} is a ticket of its own."),
            format!("/undo/move-{id}"),
        )),
        Err(error) => stays(&web, &posted, MessageId(id), error).await,
    }
}

/// `POST /messages/{id}/join`, with `number` naming the ticket it belongs to
pub(crate) async fn join(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let target = posted.fields.number("number").map(TicketId);
    let missing = || {
        Error::invalid(
            "number",
            "Write the number of the ticket it belongs to, like #1038",
        )
    };
    let joined = match target {
        Some(target) => join_to(&web.desk, &posted.who.viewer, MessageId(id), target).await,
        None => Err(missing()),
    };
    match joined {
        Ok(Joined::Moved { to }) => Ok(done_with_undo(
            &place_of(to, MessageId(id)),
            format!("Moved to #{to}. What comes next of this thread follows."),
            format!("/undo/move-{id}"),
        )),
        Ok(Joined::Merged { source, to }) => Ok(done_with_undo(
            &place_of(to, MessageId(id)),
            format!("It was all of #{source}, so #{source} is told here on #{to} now."),
            format!("/undo/merge-{source}"),
        )),
        Err(error) => {
            let message = MessageId(id);
            let at = reading::ticket_of(&web.desk, &posted.who.viewer, message).await?;
            let typed = (Form::Join(message), posted.fields.get("number"));
            refused_in(&web, &posted.who, at, typed, error).await
        }
    }
}

/// The ticket again, saying why the message stays on it.
async fn stays(
    web: &Web,
    posted: &Posted,
    message: MessageId,
    error: Error,
) -> Result<Response, Failure> {
    let at = reading::ticket_of(&web.desk, &posted.who.viewer, message).await?;
    refused(web, &posted.who, at, error).await
}
