//! Small changes to a ticket: who, where, how urgent, what it is called, whether it has ended.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::{Actor, Event};
use kept_domain::ids::{EventId, PersonId, QueueId, TicketId};
use kept_domain::people::Role;
use kept_domain::tickets::{self as rules, Kind, Priority, Refused, Tag, Ticket};
use kept_store::{Tx, events, people};

use super::load;
use crate::consequences::record;
use crate::delegation::{NewOffer, OfferTo};
use crate::{Desk, Error};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Assign(PersonId),
    Queue(QueueId),
    Priority(Priority),
    Kind(Kind),
    Tag(Tag),
    Untag(Tag),
    Subject(String),
    Resolve,
    /// The client said that it is done, in whatever way.
    Confirm,
    Close,
    Reopen,
    MarkSpam,
    UnmarkSpam,
}

/// Agents take tickets for themselves and offer them to others; dispatchers give them to anybody outright. Tells the line of the
/// history that says so; `None` when it was so already.
///
/// # Errors
/// When the viewer may not, the ticket or its new holder does not exist, or a rule refuses.
pub async fn change(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    change: Change,
) -> Result<Option<EventId>, Error> {
    allow(viewer, Act::WorkTickets)?;
    if let Change::Assign(to) = change
        && !assigns_outright(viewer, to)
    {
        return offer(desk, viewer, id, to).await;
    }
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            check(tx, &change)?;
            let events = decide(&ticket, &change)?;
            crate::fields::must_be_filled(tx, &ticket, &events)?;
            record(tx, &mut ticket, now, Actor::Person(by), &events)?;
            match events.last() {
                Some(event) => Ok(events::last_by(tx, id, by, event.name())?),
                None => Ok(None),
            }
        })
        .await
}

/// Whether somebody becomes responsible at once when this viewer says so.
pub fn assigns_outright(viewer: &Viewer, to: PersonId) -> bool {
    viewer.person == to || viewer.role >= Role::Dispatcher
}

async fn offer(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    to: PersonId,
) -> Result<Option<EventId>, Error> {
    let new = NewOffer {
        to: OfferTo::Agent(to),
        note: String::new(),
        due: None,
    };
    let (_, line) = crate::delegation::offer(desk, viewer, id, new).await?;
    Ok(line)
}

fn decide(ticket: &Ticket, change: &Change) -> Result<Vec<Event>, Refused> {
    match change {
        Change::Assign(to) => rules::assign(ticket, *to),
        Change::Queue(to) => rules::change_queue(ticket, *to),
        Change::Priority(to) => rules::change_priority(ticket, *to),
        Change::Kind(to) => rules::change_kind(ticket, *to),
        Change::Tag(tag) => rules::tag(ticket, tag),
        Change::Untag(tag) => rules::untag(ticket, tag),
        Change::Subject(to) => rules::change_subject(ticket, to),
        Change::Resolve => rules::resolve(ticket),
        Change::Confirm => rules::confirm(ticket),
        Change::Close => rules::close(ticket),
        Change::Reopen => rules::reopen(ticket),
        Change::MarkSpam => rules::mark_spam(ticket),
        Change::UnmarkSpam => rules::unmark_spam(ticket),
    }
}

/// What a rule can't know: whether the agent and the queue exist.
fn check(tx: &mut Tx<'_>, change: &Change) -> Result<(), Error> {
    match change {
        Change::Assign(to) => must_be_agent(tx, *to),
        Change::Queue(to) => must_be_queue(tx, *to),
        _ => Ok(()),
    }
}

pub(crate) fn must_be_agent(tx: &mut Tx<'_>, person: PersonId) -> Result<(), Error> {
    if people::works_here(tx, person)? {
        Ok(())
    } else {
        Err(Error::invalid(
            "responsible",
            "Choose somebody who works at this desk",
        ))
    }
}

pub(crate) fn must_be_queue(tx: &mut Tx<'_>, queue: QueueId) -> Result<(), Error> {
    let known = kept_store::queues::all(tx)?.iter().any(|q| q.id == queue);
    if known {
        Ok(())
    } else {
        Err(Error::invalid("queue", "Choose a queue that exists"))
    }
}
