//! Another time for a promise: agreed on only before the first is over, and only in a reply that says so.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::{MessageId, PromiseId, TicketId};
use kept_domain::promises as rules;
use kept_domain::tickets::AndThen;
use kept_mail::markdown::literal;
use kept_store::tickets;

use super::{Moved, WithReply, find};
use crate::tickets::{Composed, Reply, reply_as};
use crate::{Desk, Error, calls};

/// Writes to the client that it will be another time, and moves the promise with it: both or neither. The mail names the
/// new time below the author's words, in the client's zone.
///
/// # Errors
/// When the viewer may not, there is no such promise, its time or the new one is over, or nothing is said.
pub async fn move_to(
    desk: &Desk,
    viewer: &Viewer,
    id: PromiseId,
    due: Timestamp,
    words: &str,
) -> Result<(TicketId, MessageId), Error> {
    allow(viewer, Act::WorkTickets)?;
    if words.trim().is_empty() {
        let problem = "Write why it will be another time; they read it";
        return Err(Error::invalid("words", problem));
    }
    let (words, now) = (words.trim().to_owned(), desk.now());
    let (ticket, text) = desk
        .store()
        .read(move |tx| {
            let promise = find(tx, id)?;
            // Refused before anything is written; asked again when it is.
            rules::agree_on(&promise, due, MessageId(0), now)?;
            let told_at = tickets::told_at(tx, promise.ticket)?;
            let ticket = tickets::find(tx, told_at)?.ok_or_else(|| Error::not_found("ticket"))?;
            let zone = calls::zone_of(tx, &ticket, now)?;
            let when = calls::when(due, &zone);
            let what = literal(&promise.what);
            let text = format!("{words}\n\n**New time for “{what}”:** {when}");
            Ok::<_, Error>((told_at, text))
        })
        .await?;
    let reply = Reply {
        text,
        then: AndThen::Update,
        addressees: None,
        files: vec![],
    };
    let promises = WithReply {
        moves: Some(Moved { promise: id, due }),
        ..WithReply::default()
    };
    let composed = Composed {
        can_undo: true,
        promises,
        ..Composed::default()
    };
    let message = reply_as(desk, viewer, ticket, reply, composed).await?;
    Ok((ticket, message))
}
