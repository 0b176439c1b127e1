//! What became of a duty, as an agent says it.

use axum::extract::{Path, State};
use axum::response::Response;
use kept_app::domain::ids::DutyRunId;
use kept_app::{Error, ErrorKind, duties};

use crate::errors::Failure;
use crate::forms::Posted;
use crate::respond::done;
use crate::web::Web;

/// `POST /duties/{id}/outcome`, with `outcome` (`done` or `not-done`), `why`, and `close` when the ticket is closed with it
pub(crate) async fn outcome(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (viewer, run) = (&posted.who.viewer, DutyRunId(id));
    let closes = !posted.fields.get("close").is_empty();
    let ended = match posted.fields.get("outcome") {
        "done" => duties::done(&web.desk, viewer, run, closes).await,
        "not-done" => {
            let why = posted.fields.trimmed("why");
            duties::not_done(&web.desk, viewer, run, why, closes).await
        }
        _ => Err(Error::invalid("outcome", "Say whether it was done")),
    };
    let ticket = ended.map_err(|error| lead_back(&posted, error))?;
    Ok(done(&posted.who.page_of(ticket), "Written down."))
}

fn lead_back(posted: &Posted, error: Error) -> Failure {
    let mendable = matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict);
    match posted.who.came_from().filter(|_| mendable) {
        Some(from) => {
            let from = from.to_owned();
            Failure::from(error).back_to(from, "Back")
        }
        None => error.into(),
    }
}
