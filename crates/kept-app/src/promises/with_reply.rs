//! What a reply does to promises: it gives one, keeps some, agrees on another time. Written with the reply, both or neither.

use jiff::Timestamp;
use kept_domain::clocks::Side;
use kept_domain::event::Actor;
use kept_domain::ids::{MessageId, PersonId, PromiseId};
use kept_domain::promises as rules;
use kept_domain::tickets::Ticket;
use kept_store::Tx;

use super::{NewPromise, find, make_on, write_down};
use crate::Error;
use crate::consequences::record;
use crate::tickets::told_here;

/// What the author of a reply marked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WithReply {
    /// What the reply promises, and by when.
    pub makes: Option<(String, Timestamp)>,
    pub keeps: Vec<PromiseId>,
    pub moves: Option<Moved>,
}

/// Another time that the reply says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    pub promise: PromiseId,
    pub due: Timestamp,
}

/// To be called once the reply stands on the ticket, in the same transaction.
pub(crate) fn said(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    (person, message): (PersonId, MessageId),
    with: &WithReply,
    now: Timestamp,
) -> Result<(), Error> {
    for id in &with.keeps {
        let event = rules::keep(&find(tx, *id)?, Some(message))?;
        on_its_ticket(tx, ticket, person, (*id, event), now)?;
    }
    if let Some(moved) = with.moves {
        let promise = find(tx, moved.promise)?;
        let event = rules::agree_on(&promise, moved.due, message, now)?;
        on_its_ticket(tx, ticket, person, (moved.promise, event), now)?;
    }
    if let Some((what, due)) = &with.makes {
        let new = NewPromise {
            what: what.clone(),
            due: *due,
            message: Some(message),
        };
        make_on(tx, ticket, (Side::Desk, person), person, &new, now)?;
    }
    Ok(())
}

/// A promise that was given on a ticket merged into this one stays on that.
fn on_its_ticket(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    person: PersonId,
    (id, event): (PromiseId, kept_domain::event::Event),
    now: Timestamp,
) -> Result<(), Error> {
    let (by, at) = (Actor::Person(person), find(tx, id)?.ticket);
    if at == ticket.id {
        return record(tx, ticket, now, by, &[event]);
    }
    if !told_here(tx, ticket.id)?.contains(&at) {
        return Err(Error::not_found("promise"));
    }
    let mut own = crate::tickets::load(tx, at)?;
    write_down(tx, &mut own, by, event, now)
}
