//! What is posted about the steps of a ticket.

use axum::extract::{Path, State};
use axum::response::Response;
use kept_app::checklists::{Edit, edit};
use kept_app::domain::ids::TicketId;

use super::form;
use crate::errors::Failure;
use crate::forms::Posted;
use crate::respond::{done, done_with_undo};
use crate::ticket::routes::refused;
use crate::web::Web;

/// Does it and goes back to where it was asked from, or says on the ticket why not.
async fn carry_out(
    web: &Web,
    posted: &Posted,
    id: TicketId,
    wish: Result<Edit, kept_app::Error>,
    says: &str,
    undo: Option<String>,
) -> Result<Response, Failure> {
    let edited = match wish {
        Ok(wish) => edit(&web.desk, &posted.who.viewer, id, wish).await,
        Err(error) => Err(error),
    };
    match (edited, undo) {
        (Err(error), _) => refused(web, &posted.who, id, error).await,
        (Ok(()), Some(undo)) => Ok(done_with_undo(&back(posted, id), says, undo)),
        (Ok(()), None) => Ok(done(&back(posted, id), says)),
    }
}

/// Tasks are ticked in Now, too.
fn back(posted: &Posted, id: TicketId) -> String {
    match posted.who.came_from() {
        Some("/now") => "/now".to_owned(),
        _ => posted.who.page_of(id),
    }
}

/// `POST /tickets/{number}/steps`, with `steps`, one on each line, `person` and `due`
pub(crate) async fn add(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let clock = posted.who.clock(&web).await?;
    let wish = form::read_lines(&posted.fields, &clock).map(Edit::Add);
    carry_out(&web, &posted, TicketId(number), wish, "Added.", None).await
}

/// `POST /tickets/{number}/steps/{step}`, with `what`, `person` and `due`
pub(crate) async fn change(
    State(web): State<Web>,
    Path((number, step)): Path<(i64, u32)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let clock = posted.who.clock(&web).await?;
    let wish = form::read(&posted.fields, &clock).map(|new| Edit::Change(step, new));
    carry_out(
        &web,
        &posted,
        TicketId(number),
        wish,
        "Changed the step.",
        None,
    )
    .await
}

/// `POST /tickets/{number}/steps/{step}/completion`, with `evidence`
pub(crate) async fn tick(
    State(web): State<Web>,
    Path((number, step)): Path<(i64, u32)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let wish = Ok(Edit::Tick(step, posted.fields.trimmed("evidence")));
    let undo = Some(format!("/undo/tick-{number}-{step}"));
    carry_out(&web, &posted, TicketId(number), wish, "Ticked.", undo).await
}

/// `POST /tickets/{number}/steps/{step}/completion/removal`
pub(crate) async fn untick(
    State(web): State<Web>,
    Path((number, step)): Path<(i64, u32)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let wish = Ok(Edit::Untick(step));
    carry_out(
        &web,
        &posted,
        TicketId(number),
        wish,
        "It is to do again.",
        None,
    )
    .await
}

/// `POST /tickets/{number}/steps/{step}/position`, with `up` saying yes or no
pub(crate) async fn shift(
    State(web): State<Web>,
    Path((number, step)): Path<(i64, u32)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let up = posted.fields.get("up") == "yes";
    let wish = Ok(Edit::Shift { step, up });
    carry_out(&web, &posted, TicketId(number), wish, "Moved.", None).await
}

/// `POST /tickets/{number}/steps/{step}/removal`
pub(crate) async fn remove(
    State(web): State<Web>,
    Path((number, step)): Path<(i64, u32)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let wish = Ok(Edit::Remove(step));
    let undo = Some(format!("/undo/step-{number}-{step}"));
    carry_out(
        &web,
        &posted,
        TicketId(number),
        wish,
        "Removed the step.",
        undo,
    )
    .await
}
