//! A reply that reads like a promise: offered to its author, never recorded by itself.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::{MessageId, TicketId};
use kept_domain::promises as rules;
use kept_store::{Tx, messages, promises, tickets};

use super::must_be_theirs;
use crate::clocks::Look;
use crate::reading::body_of;
use crate::{Desk, Error};

/// What the author may keep as a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    pub message: MessageId,
    pub what: String,
    pub due: Timestamp,
}

/// What the viewer's own `message` promises and nobody wrote down yet; by the hours of the ticket's agreement.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn offered(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    message: MessageId,
) -> Result<Option<Offered>, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (person, now) = (viewer.person, desk.now());
    desk.store()
        .read(move |tx| {
            let known = promises::of_tickets(tx, &[id])?;
            let is_known = known.iter().any(|it| it.message == Some(message));
            match must_be_theirs(tx, id, person, message) {
                Err(Error::NotFound(_)) => Ok(None),
                Err(error) => Err(error),
                Ok(()) if is_known => Ok(None),
                Ok(()) => read(tx, id, message, now),
            }
        })
        .await
}

fn read(
    tx: &mut Tx<'_>,
    id: TicketId,
    message: MessageId,
    now: Timestamp,
) -> Result<Option<Offered>, Error> {
    let (Some(ticket), Some(said)) = (tickets::find(tx, id)?, messages::find(tx, message)?) else {
        return Ok(None);
    };
    if !ticket.is_open() {
        return Ok(None);
    }
    let hours = Look::at(tx, &ticket, now.max(ticket.touched_at))?.wording;
    let found = rules::read(&body_of(&said).new_text(), said.at, &hours.desk);
    let to_come = found.into_iter().find(|it| it.due > now);
    Ok(to_come.map(|it| Offered {
        message,
        what: it.what,
        due: it.due,
    }))
}
