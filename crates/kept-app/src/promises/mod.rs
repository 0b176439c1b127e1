//! Words given at the desk: made, kept, agreed on anew, handed over. What became of each follows from the history.

mod calendar;
mod client;
mod kept_in_line;
mod listed;
mod moved;
mod offered;
mod taken_over;
mod with_reply;

pub use calendar::{Feed, feed, feed_links, make_feed, month, withdraw_feed};
pub use client::{dismiss, make_for_client, offered_by_client};
pub(crate) use kept_in_line::{differences, rebuild, refresh};
pub use listed::{Listed, of_ticket, owed};
pub use moved::move_to;
pub use offered::{Offered, offered};
pub(crate) use taken_over::take_over;
pub(crate) use with_reply::said;
pub use with_reply::{Moved, WithReply};

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::clocks::Side;
use kept_domain::event::{Actor, Event};
use kept_domain::ids::{MessageId, PersonId, PromiseId, TicketId};
use kept_domain::messages::Audience;
use kept_domain::promises::{self as rules, CannotPromise, Given, Promise, State};
use kept_domain::tickets::Ticket;
use kept_store::{Tx, messages, promises};

use crate::consequences::record;
use crate::tickets::{load, must_be_agent};
use crate::{Desk, Error};

/// As somebody writes it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPromise {
    pub what: String,
    pub due: Timestamp,
    /// The viewer's own message that gives it, if one does.
    pub message: Option<MessageId>,
}

/// The viewer promises something to the client.
///
/// # Errors
/// When the viewer may not, nothing is promised, the time is over, the message is not theirs, or the ticket has ended.
pub async fn make(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    new: NewPromise,
) -> Result<PromiseId, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (person, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            if let Some(message) = new.message {
                must_be_theirs(tx, id, person, message)?;
            }
            make_on(tx, &mut ticket, (Side::Desk, person), person, &new, now)
        })
        .await
}

/// It is done, without a reply that says so.
///
/// # Errors
/// When the viewer may not, there is no such promise, or it is over.
pub async fn keep(desk: &Desk, viewer: &Viewer, id: PromiseId) -> Result<TicketId, Error> {
    act(desk, viewer, id, |_, promise| {
        rules::keep(promise, None).map_err(Error::from)
    })
    .await
}

/// Somebody else at the desk keeps it from now on.
///
/// # Errors
/// When the viewer may not, there is no such promise, it is over or theirs already, or they do not work here.
pub async fn hand_over(
    desk: &Desk,
    viewer: &Viewer,
    id: PromiseId,
    to: PersonId,
) -> Result<TicketId, Error> {
    act(desk, viewer, id, move |tx, promise| {
        must_be_agent(tx, to)?;
        Ok(rules::hand_over(promise, to)?)
    })
    .await
}

async fn act(
    desk: &Desk,
    viewer: &Viewer,
    id: PromiseId,
    decide: impl Fn(&mut Tx<'_>, &Promise) -> Result<Event, Error> + Send + 'static,
) -> Result<TicketId, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let promise = find(tx, id)?;
            let mut ticket = load(tx, promise.ticket)?;
            // Somebody may have been quicker.
            let promise = find(tx, id)?;
            let event = decide(tx, &promise)?;
            write_down(tx, &mut ticket, by, event, now)?;
            Ok(kept_store::tickets::told_at(tx, ticket.id)?)
        })
        .await
}

/// A missed promise is broken; once, on the ticket it was given on.
pub(crate) fn broke(tx: &mut Tx<'_>, id: PromiseId, now: Timestamp) -> Result<(), Error> {
    let Some(promise) = promises::find(tx, id)? else {
        return Ok(());
    };
    match rules::broken(&promise) {
        Some(event) => {
            let mut ticket = load(tx, promise.ticket)?;
            write_down(tx, &mut ticket, Actor::Kept, event, now)
        }
        None => Ok(()),
    }
}

fn make_on(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    (side, promiser): (Side, PersonId),
    by: PersonId,
    new: &NewPromise,
    now: Timestamp,
) -> Result<PromiseId, Error> {
    let known = promises::of_tickets(tx, &[ticket.id])?;
    let given = Given {
        side,
        promiser,
        what: new.what.clone(),
        due: new.due,
        message: new.message,
    };
    let given = rules::give(ticket, &known, given, now)?;
    let id = promises::insert(tx, &as_made(ticket.id, &given, now))?;
    record(tx, ticket, now, Actor::Person(by), &[given.promised(id)])?;
    Ok(id)
}

fn as_made(ticket: TicketId, given: &Given, now: Timestamp) -> Promise {
    Promise {
        id: PromiseId(0),
        ticket,
        side: given.side,
        promiser: given.promiser,
        what: given.what.clone(),
        due: given.due,
        made_at: now,
        message: given.message,
        state: State::Open,
        kept_by: None,
    }
}

/// Records it on the ticket the promise was given on, and looks anew at the one that is told on.
pub(crate) fn write_down(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    by: Actor,
    event: Event,
    now: Timestamp,
) -> Result<(), Error> {
    record(tx, ticket, now, by, &[event])?;
    let told_at = kept_store::tickets::told_at(tx, ticket.id)?;
    if told_at != ticket.id {
        let told = load(tx, told_at)?;
        crate::clocks::refresh(tx, &told, now)?;
    }
    Ok(())
}

fn find(tx: &mut Tx<'_>, id: PromiseId) -> Result<Promise, Error> {
    promises::find(tx, id)?.ok_or_else(|| Error::not_found("promise"))
}

/// A promise is read out of one's own words to the client only.
fn must_be_theirs(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    person: PersonId,
    message: MessageId,
) -> Result<(), Error> {
    let said = messages::find(tx, message)?.filter(|said| {
        said.ticket == ticket && said.person == Some(person) && said.audience == Audience::Client
    });
    let said = said.ok_or_else(|| Error::not_found("message"))?;
    let history = kept_store::events::of_ticket(tx, said.ticket)?;
    let gone = history.iter().any(
        |line| matches!(line.event, Event::Withdrawn { message: gone, .. } if gone == message),
    );
    match gone {
        true => Err(Error::not_found("message")),
        false => Ok(()),
    }
}

impl From<CannotPromise> for Error {
    fn from(why: CannotPromise) -> Self {
        let words = why.to_string();
        match why {
            CannotPromise::Nothing | CannotPromise::TooLong => Error::invalid("what", words),
            CannotPromise::Past | CannotPromise::TooFar => Error::invalid("due", words),
            CannotPromise::Ticket(refused) => refused.into(),
            CannotPromise::TooMany(_)
            | CannotPromise::TooLate
            | CannotPromise::SameTime
            | CannotPromise::Over
            | CannotPromise::TheirsAlready
            | CannotPromise::TheClients => Error::Conflict(words),
        }
    }
}
