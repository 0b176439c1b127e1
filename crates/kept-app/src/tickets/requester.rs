//! Correcting whose ticket it is, by hand or by answering whose words a forwarded mail brings.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::{Actor, Event};
use kept_domain::ids::{MessageId, PersonId, TicketId};
use kept_domain::messages::Channel;
use kept_domain::people::{EmailAddress, Person};
use kept_domain::tickets::{self as rules, ForwardQuestion, Refused, Ticket};
use kept_store::{Tx, events, messages, participants, people};

use super::{load, told_here};
use crate::consequences::record;
use crate::{Desk, Error};

/// Whose ticket it shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    Person(PersonId),
    /// An address, known or new, with the name to meet somebody new by.
    Address(EmailAddress, String),
}

/// Makes the ticket somebody else's; the client follows. Whoever it seemed to be goes on taking part if
/// they wrote.
///
/// # Errors
/// When the viewer may not, the ticket is set aside, or there is no such person.
pub async fn change_requester(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    whose: Whose,
) -> Result<Ticket, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            make_theirs(tx, &mut ticket, &whose, by, now)?;
            Ok(ticket)
        })
        .await
}

fn make_theirs(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    whose: &Whose,
    by: Actor,
    now: Timestamp,
) -> Result<(), Error> {
    let (to, client) = match whose {
        Whose::Person(person) => {
            let person = people::find(tx, *person)?.ok_or_else(|| Error::not_found("person"))?;
            (person.id, person.client)
        }
        Whose::Address(address, name) => {
            let who = crate::people::meet(tx, address, name, now)?;
            (who.id, who.client)
        }
    };
    let mut happens = rules::change_requester(ticket, to, client)?;
    if !happens.is_empty() {
        happens.extend(stays(tx, ticket)?);
    }
    record(tx, ticket, now, by, &happens)
}

/// Somebody from outside who wrote on the ticket still wants to hear of it.
fn stays(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Option<Event>, Error> {
    let before = match ticket.requester {
        Some(person) => people::find(tx, person)?,
        None => None,
    };
    let Some(before) = before.filter(|person| person.role.is_none()) else {
        return Ok(None);
    };
    let Some((message, address)) = wrote(tx, ticket, &before)? else {
        return Ok(None);
    };
    let standing = participants::standing(tx, ticket.id, before.id)?;
    // The ticket is no longer theirs, so that the rule sees them as anybody the mail names.
    let after = Ticket {
        requester: None,
        ..ticket.clone()
    };
    Ok(rules::named_in_mail(
        &after, before.id, &address, message, standing,
    ))
}

/// Their last mail here, and the address they wrote from.
pub(super) fn wrote(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    person: &Person,
) -> Result<Option<(MessageId, String)>, Error> {
    let here = told_here(tx, ticket.id)?;
    let said = messages::of_tickets(tx, &here)?;
    let mut theirs = said
        .into_iter()
        .rev()
        .filter(|m| m.person == Some(person.id) && m.channel == Channel::Mail && !m.automatic);
    Ok(theirs
        .next()
        .map(|message| (message.id, message.author_address)))
}

/// Takes the last change of the requester back.
///
/// # Errors
/// When the viewer may not, or nobody changed it.
pub async fn undo_requester(desk: &Desk, viewer: &Viewer, id: TicketId) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            let history = events::of_ticket(tx, id)?;
            let happens = rules::undo_requester(&ticket, &history)?;
            record(tx, &mut ticket, now, by, &happens)
        })
        .await
}

/// What an agent says about a mail that passes another on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForwardAnswer {
    /// The ticket belongs to whoever wrote the original.
    Writers,
    /// It stays with whoever forwarded it.
    Leave,
    /// The question stands again.
    AskAgain,
}

/// # Errors
/// When the viewer may not, the ticket is set aside, or the message passes nothing on.
pub async fn answer_forward(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    message: MessageId,
    answer: ForwardAnswer,
) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            let writer = writer_of(tx, id, message)?;
            let question = match answer {
                ForwardAnswer::Writers => return make_theirs(tx, &mut ticket, &writer, by, now),
                ForwardAnswer::Leave => ForwardQuestion::Left,
                ForwardAnswer::AskAgain => ForwardQuestion::Stands,
            };
            let happens = rules::answer_forward(&ticket, message, question)?;
            record(tx, &mut ticket, now, by, &happens)
        })
        .await
}

/// Whoever wrote what a message of this ticket passes on.
fn writer_of(tx: &mut Tx<'_>, id: TicketId, message: MessageId) -> Result<Whose, Error> {
    let stored = messages::find(tx, message)?.ok_or_else(|| Error::not_found("message"))?;
    if !told_here(tx, id)?.contains(&stored.ticket) {
        return Err(Error::not_found(format!("message on ticket #{id}")));
    }
    let origin = crate::intake::origin_of(tx, message)?;
    let origin = origin.ok_or(Refused::NothingPassedOn)?;
    let writer = origin.written_by;
    let address = EmailAddress::parse(&writer.address)
        .map_err(|error| Error::invalid("message", error.to_string()))?;
    Ok(Whose::Address(address, writer.name.unwrap_or_default()))
}
