//! Takes back that a ticket ended, by an act of its own or with a reply that can't be called back any more.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::Actor;
use kept_domain::ids::{MessageId, TicketId};
use kept_domain::tickets::{self as rules, Ticket};
use kept_store::{Tx, events, messages};

use super::load;
use crate::consequences::record;
use crate::{Desk, Error};

/// The ticket stands as it did before the viewer ended it: its turn, what it waited for, its offer and all that was owed.
///
/// # Errors
/// When the viewer may not, there is no such ticket, it is set aside, was opened again since, or somebody else ended it.
pub async fn take_end_back(desk: &Desk, viewer: &Viewer, id: TicketId) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            take_back(tx, &mut ticket, by, now)
        })
        .await
}

/// The same for the ticket that a message of the viewer's resolved; the message stays said. `None` when something else ended the
/// ticket last, or nothing did.
///
/// # Errors
/// When the viewer may not, or the ticket is set aside.
pub async fn take_end_of_reply_back(
    desk: &Desk,
    viewer: &Viewer,
    message: MessageId,
) -> Result<Option<TicketId>, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (person, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let said = messages::find(tx, message)?.filter(|it| it.person == Some(person));
            let Some(said) = said else { return Ok(None) };
            let mut ticket = load(tx, said.ticket)?;
            let history = events::of_ticket(tx, ticket.id)?;
            if ticket.status.is_open() || !rules::ended_with(&history, message) {
                return Ok(None);
            }
            take_back(tx, &mut ticket, Actor::Person(person), now)?;
            Ok(Some(ticket.id))
        })
        .await
}

fn take_back(tx: &mut Tx<'_>, ticket: &mut Ticket, by: Actor, now: Timestamp) -> Result<(), Error> {
    let history = events::of_ticket(tx, ticket.id)?;
    let events = rules::take_end_back(ticket, &history, by, None)?;
    record(tx, ticket, now, by, &events)
}
