//! `POST /undo/timelogged-1042-3` and its kin: what was just done with a time entry is taken back.

use axum::response::Response;
use kept_app::Error;
use kept_app::domain::ids::TicketId;
use kept_app::time_entries::{self as commands, Which};

use crate::forms::Posted;
use crate::respond::done;
use crate::web::Web;

/// What was done with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Did {
    Log,
    Change,
    Remove,
}

/// By the name of the act, the ticket and the number there.
pub(crate) fn read(act: &str, ticket: TicketId, entry: i64) -> Option<(Did, Which)> {
    let did = match act {
        "timelogged" => Did::Log,
        "timechanged" => Did::Change,
        "timeremoved" => Did::Remove,
        _ => return None,
    };
    Some((did, (ticket, u32::try_from(entry).ok()?)))
}

pub(crate) async fn take_back(
    web: &Web,
    posted: &Posted,
    (did, which): (Did, Which),
) -> Result<Response, Error> {
    let (desk, viewer) = (&web.desk, &posted.who.viewer);
    let says = match did {
        Did::Log => {
            let why = "that was taken back".to_owned();
            commands::remove(desk, viewer, which, why).await?;
            "That time is off again."
        }
        Did::Change => {
            commands::change_back(desk, viewer, which).await?;
            "That time is as it was before."
        }
        Did::Remove => {
            commands::restore(desk, viewer, which).await?;
            "That time counts again."
        }
    };
    Ok(done(&posted.who.page_of(which.0), says))
}
