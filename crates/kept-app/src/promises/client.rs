//! What the client's side promises: written down by an agent, or read in a client's mail and offered to the agent.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::clocks::Side;
use kept_domain::ids::{MessageId, PersonId, PromiseId, TicketId};
use kept_domain::messages::Audience;
use kept_domain::promises as rules;
use kept_domain::tickets::Ticket;
use kept_store::messages::{self, Message};
use kept_store::{Tx, people, promises, tickets};

use super::{NewPromise, Offered, make_on};
use crate::clocks::Look;
use crate::reading::body_of;
use crate::tickets::{load, told_here};
use crate::{Desk, Error};

/// Writes down what the client promised: whoever wrote the message that gives it, else the requester.
///
/// # Errors
/// When the viewer may not, nobody of the client's side is on the ticket, nothing is promised, the time is over, or the
/// ticket has ended.
pub async fn make_for_client(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    new: NewPromise,
) -> Result<PromiseId, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            let promiser = promiser(tx, &ticket, new.message)?;
            make_on(tx, &mut ticket, (Side::Client, promiser), by, &new, now)
        })
        .await
}

fn promiser(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    message: Option<MessageId>,
) -> Result<PersonId, Error> {
    if let Some(message) = message {
        let found = messages::find(tx, message)?;
        let author = found
            .filter(|it| it.ticket == ticket.id)
            .map(|it| it.person);
        let author = author.ok_or_else(|| Error::not_found("message"))?;
        if let Some(author) = author
            && !people::works_here(tx, author)?
        {
            return Ok(author);
        }
    }
    let problem = "Nobody of the client’s side is on this ticket; say whose it is first";
    let requester = ticket.requester;
    requester.ok_or_else(|| Error::invalid("side", problem))
}

/// What the last word of a ticket promises, when it is a client's and nobody has said yes or no to it.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn offered_by_client(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
) -> Result<Option<(String, Offered)>, Error> {
    allow(viewer, Act::Read)?;
    let now = desk.now();
    desk.store().read(move |tx| read(tx, id, now)).await
}

fn read(tx: &mut Tx<'_>, id: TicketId, now: Timestamp) -> Result<Option<(String, Offered)>, Error> {
    let Some(ticket) = tickets::find(tx, id)?.filter(Ticket::is_open) else {
        return Ok(None);
    };
    let Some(said) = last_word(tx, &ticket)? else {
        return Ok(None);
    };
    let known = promises::of_tickets(tx, &[id])?;
    if known.iter().any(|it| it.message == Some(said.id)) || promises::is_dismissed(tx, said.id)? {
        return Ok(None);
    }
    let hours = Look::at(tx, &ticket, now.max(ticket.touched_at))?.wording;
    let found = rules::read(&body_of(&said).new_text(), said.at, &hours.client);
    let to_come = found.into_iter().find(|it| it.due > now);
    Ok(to_come.map(|it| {
        let offered = Offered {
            message: said.id,
            what: it.what,
            due: it.due,
        };
        (said.author_name, offered)
    }))
}

/// Messages looked at for the last thing both sides read: behind more notes than this it is no news.
const LOOKED_AT: usize = 50;

/// The last thing both sides read, if it is a person's of the client's side and was said on this very ticket.
fn last_word(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Option<Message>, Error> {
    let here = told_here(tx, ticket.id)?;
    let mut said = Vec::new();
    for ticket in here {
        said.extend(messages::latest(tx, ticket, LOOKED_AT)?);
    }
    let said = said.into_iter();
    let last = said.filter(|it| it.audience == Audience::Client && !it.automatic);
    let last = last.max_by_key(|it| it.id);
    let Some(last) = last.filter(|it| it.ticket == ticket.id) else {
        return Ok(None);
    };
    match last.person {
        Some(person) if !people::works_here(tx, person)? => Ok(Some(last)),
        _ => Ok(None),
    }
}

/// It is no promise; nobody is asked about it again.
///
/// # Errors
/// When the viewer may not, or there is no such message on the ticket.
pub async fn dismiss(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    message: MessageId,
) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let found = messages::find(tx, message)?.filter(|it| it.ticket == id);
            found.ok_or_else(|| Error::not_found("message"))?;
            Ok(promises::dismiss(tx, message, by, now)?)
        })
        .await
}
