//! `POST /undo/{what}`: takes back what was just done. Everything an undo needs is in its address.

use axum::extract::{Path, State};
use axum::response::Response;
use kept_app::domain::ids::{MessageId, TicketId, UnsortedId};
use kept_app::intake::restore;
use kept_app::tickets::{Change, change, drop_draft, undo_merge, withdraw};

use crate::errors::Failure;
use crate::forms::Posted;
use crate::respond::done;
use crate::web::Web;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Undo {
    /// `merge-1043`: the ticket that was merged stands by itself again.
    Merge(TicketId),
    /// `end-1042`: a ticket that was resolved or closed is open again.
    End(TicketId),
    /// `spam-1042`
    Spam(TicketId),
    /// `message-99`: what was just written waits in the composer again, and nothing goes out.
    Message(MessageId),
    /// `discard-7`: a mail waits in Unsorted again.
    Discard(UnsortedId),
}

fn read(what: &str) -> Option<Undo> {
    let (act, id) = what.split_once('-')?;
    let id = id.parse().ok()?;
    match act {
        "merge" => Some(Undo::Merge(TicketId(id))),
        "end" => Some(Undo::End(TicketId(id))),
        "message" => Some(Undo::Message(MessageId(id))),
        "spam" => Some(Undo::Spam(TicketId(id))),
        "discard" => Some(Undo::Discard(UnsortedId(id))),
        _ => None,
    }
}

pub(crate) async fn undo(
    State(web): State<Web>,
    Path(what): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let viewer = &posted.who.viewer;
    let back = |id: TicketId| posted.who.page_of(id);
    match read(&what).ok_or(Failure::Nowhere)? {
        Undo::Merge(id) => {
            undo_merge(&web.desk, viewer, id)
                .await
                .map_err(|e| led_back(e, &back(id)))?;
            Ok(done(&back(id), format!("#{id} stands by itself again.")))
        }
        Undo::End(id) => {
            change(&web.desk, viewer, id, Change::Reopen)
                .await
                .map_err(|e| led_back(e, &back(id)))?;
            Ok(done(&back(id), format!("#{id} is open again.")))
        }
        Undo::Spam(id) => {
            change(&web.desk, viewer, id, Change::UnmarkSpam)
                .await
                .map_err(|e| led_back(e, &back(id)))?;
            Ok(done(&back(id), format!("#{id} is a ticket again.")))
        }
        Undo::Message(id) => {
            let ticket = withdraw(&web.desk, viewer, id)
                .await
                .map_err(|e| led_back(e, "/outbox"))?;
            let to = format!("{}#composer-words", back(ticket));
            Ok(done(&to, "Taken back; nothing went out."))
        }
        Undo::Discard(id) => {
            restore(&web.desk, viewer, id)
                .await
                .map_err(|e| led_back(e, "/unsorted"))?;
            Ok(done("/unsorted", "The mail waits here again."))
        }
    }
}

/// `POST /drafts/{id}/discarding`: what was taken back is not to be said at all.
pub(crate) async fn discard_draft(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    drop_draft(&web.desk, &posted.who.viewer, MessageId(id)).await?;
    let back = posted.who.came_from().unwrap_or("/now");
    Ok(done(back, "Discarded."))
}

fn led_back(error: kept_app::Error, to: &str) -> Failure {
    Failure::from(error).back_to(to, "Look at it as it is now")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_undo_says_what_it_takes_back() {
        assert_eq!(read("merge-1043"), Some(Undo::Merge(TicketId(1043))));
        assert_eq!(read("discard-7"), Some(Undo::Discard(UnsortedId(7))));
        for nothing in ["", "merge", "merge-", "merge-x", "explode-1"] {
            assert_eq!(read(nothing), None, "{nothing}");
        }
    }
}
