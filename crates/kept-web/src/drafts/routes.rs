//! `POST /tickets/{place}/draft`, where the place is a ticket's number or `new`: saves what is being written. Beside it:
//! throwing it away, and going on with what was written elsewhere.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use kept_app::domain::ids::TicketId;
use kept_app::drafts;

use super::views::{self, Unsent};
use crate::errors::Failure;
use crate::forms::Posted;
use crate::numbers::{count, number};
use crate::respond::{done, done_with_undo, local};
use crate::session::SignedIn;
use crate::web::Web;

fn place(text: &str) -> Result<Option<TicketId>, Failure> {
    match text {
        "new" => Ok(None),
        text => number(text)
            .map(|id| Some(TicketId(id)))
            .ok_or(Failure::Nowhere),
    }
}

/// The page on which it is being written.
fn page(who: &SignedIn, ticket: Option<TicketId>) -> String {
    match ticket {
        Some(id) => format!("{}#composer-words", who.page_of(id)),
        None => "/tickets/new".to_owned(),
    }
}

/// A script that saves quietly gets the line that says so; a browser without one gets the page again.
pub(crate) async fn save(
    State(web): State<Web>,
    Path(text): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let ticket = place(&text)?;
    let new = super::read(&posted.fields);
    let viewer = &posted.who.viewer;
    let kept = drafts::save(&web.desk, viewer, ticket, new).await?;
    if posted.fields.get("quiet") == "yes" {
        let clock = posted.who.clock(&web).await?;
        let unsent = kept.as_ref().map(Unsent::of);
        let number = ticket.map(|id| count(id.0));
        return Ok(views::line(unsent.as_ref(), number, &clock).into_response());
    }
    let says = match (kept.is_some(), posted.files.is_empty()) {
        (false, _) => "There is nothing to keep yet.",
        (true, true) => "Draft kept.",
        (true, false) => "The words are kept. Attach the files again when you send.",
    };
    Ok(done(&page(&posted.who, ticket), says))
}

pub(crate) async fn discard(
    State(web): State<Web>,
    Path(text): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let ticket = place(&text)?;
    drafts::discard(&web.desk, &posted.who.viewer, ticket).await?;
    let back = match posted.fields.get("back") {
        "" => page(&posted.who, ticket),
        back => local(back).to_owned(),
    };
    let undo = format!("/undo/draft-{}", ticket.map_or(0, |id| id.0));
    Ok(done_with_undo(&back, "Draft discarded.", undo))
}

pub(crate) async fn other(
    State(web): State<Web>,
    Path(text): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let ticket = place(&text)?;
    let to = page(&posted.who, ticket);
    let swapped = drafts::swap(&web.desk, &posted.who.viewer, ticket).await;
    swapped.map_err(|e| Failure::from(e).back_to(&to, "Look at it as it is now"))?;
    Ok(done(
        &to,
        "This is the other version; the one before is kept beside it.",
    ))
}

/// `POST /undo/draft-7`: it waits again; `0` is the one for a new ticket.
pub(crate) async fn restore(web: &Web, who: &SignedIn, id: TicketId) -> Result<Response, Failure> {
    let ticket = Some(id).filter(|id| id.0 > 0);
    let to = page(who, ticket);
    let restored = drafts::restore(&web.desk, &who.viewer, ticket).await;
    restored.map_err(|e| Failure::from(e).back_to(&to, "Look at it as it is now"))?;
    Ok(done(&to, "The draft is back."))
}
