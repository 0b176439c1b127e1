//! `POST /tickets/{number}/assets` and the way back.

use axum::extract::{Path, State};
use axum::response::Response;
use kept_app::assets as commands;
use kept_app::domain::ids::{AssetId, TicketId};

use super::on_ticket::OnTicket;
use super::routes::{row, today};
use crate::errors::Failure;
use crate::forms::Posted;
use crate::layout::Shell;
use crate::respond::{done, done_with_undo};
use crate::session::SignedIn;
use crate::web::Web;

/// What the panel of a ticket shows.
pub(crate) async fn of_ticket(
    web: &Web,
    who: &SignedIn,
    id: TicketId,
    shell: &Shell,
) -> Result<OnTicket, Failure> {
    let today = today(shell);
    let linked = commands::of_ticket(&web.desk, &who.viewer, id).await?;
    let offered = commands::offered(&web.desk, &who.viewer, id).await?;
    Ok(OnTicket {
        linked: linked.iter().map(|it| row(it, today)).collect(),
        offered: offered.iter().map(|it| row(it, today)).collect(),
    })
}

/// `POST /tickets/{number}/assets`, with `asset`.
pub(crate) async fn link(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let here = format!("/tickets/{number}");
    let named = posted.fields.trimmed("asset");
    commands::link(&web.desk, &posted.who.viewer, TicketId(number), named)
        .await
        .map_err(|error| Failure::from(error).back_to(&here, "Back to the ticket"))?;
    Ok(done(&here, "This ticket is about it."))
}

/// `POST /tickets/{number}/assets/{id}/removal`
pub(crate) async fn unlink(
    State(web): State<Web>,
    Path((number, id)): Path<(i64, i64)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let ticket = TicketId(number);
    commands::unlink(&web.desk, &posted.who.viewer, ticket, AssetId(id)).await?;
    Ok(done_with_undo(
        &format!("/tickets/{number}"),
        "This ticket is not about it.",
        format!("/undo/asset-{number}-{id}"),
    ))
}
