//! Delegation: offering a ticket to a colleague or to a queue's people on duty, and what they say to it.
//!
//! Whoever is responsible stays so until the other accepts. What nobody answers goes back, and both are told.

mod due;
mod job;

pub(crate) use due::answer_by;
pub use due::{MOST_MINUTES, change as change_minutes, current as minutes};
pub(crate) use job::{JOB, follow, is_scheduled, run};

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::{Actor, Event};
use kept_domain::ids::{EventId, PersonId, QueueId, TicketId};
use kept_domain::queues::{Queue, responsible_besides};
use kept_domain::tickets::{self as rules, Offer, Ticket};
use kept_store::{Tx, absences, events, offers, people, queues};

use crate::consequences::{Hears, record, record_for};
use crate::tickets::{load, must_be_agent};
use crate::{Desk, Error};

/// Whom it is offered to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferTo {
    Agent(PersonId),
    /// Whoever is on duty there now, by its rota.
    Queue(QueueId),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOffer {
    pub to: OfferTo,
    pub note: String,
    /// `None` for the desk's usual time.
    pub due: Option<Timestamp>,
}

/// Offers a ticket; tells to whom it went, and the line of the history that says so.
///
/// # Errors
/// When the viewer may not, the other does not work here or is away, or the rule refuses.
pub async fn offer(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    new: NewOffer,
) -> Result<(PersonId, Option<EventId>), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (viewer.person, desk.now());
    let offered = desk
        .store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            let to = offer_in(tx, &mut ticket, &new, (by, Hears::AsChosen), now)?;
            Ok::<_, Error>((to, events::last_by(tx, id, by, "delegated")?))
        })
        .await?;
    desk.wake_worker();
    Ok(offered)
}

/// The same within a transaction.
pub(crate) fn offer_in(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    new: &NewOffer,
    (by, hears): (PersonId, Hears),
    now: Timestamp,
) -> Result<PersonId, Error> {
    let all = queues::all(tx)?;
    let own = all.iter().find(|queue| queue.id == ticket.queue);
    let own = own.ok_or_else(|| Error::not_found("queue"))?;
    let (to, hours) = match new.to {
        OfferTo::Agent(person) => (person, own),
        OfferTo::Queue(id) => on_duty_in(&all, id, ticket, now)?,
    };
    must_be_here(tx, to, now)?;
    let due = match new.due {
        Some(due) => due,
        None => answer_by(tx, hours, now)?,
    };
    let note = Some(new.note.clone()).filter(|note| !note.trim().is_empty());
    let events = rules::delegate(ticket, Offer { to, due, note }, now)?;
    record_for(tx, ticket, now, (Actor::Person(by), hears), &events)?;
    Ok(to)
}

fn on_duty_in<'a>(
    all: &'a [Queue],
    id: QueueId,
    ticket: &Ticket,
    now: Timestamp,
) -> Result<(PersonId, &'a Queue), Error> {
    let queue = all.iter().find(|queue| queue.id == id);
    let queue = queue.ok_or_else(|| Error::invalid("to", "Choose a queue that exists"))?;
    let (to, _) = responsible_besides(queue, now, Some(ticket.responsible));
    if to == ticket.responsible {
        let problem = format!("Nobody else is on duty in {}", queue.name);
        return Err(Error::invalid("to", problem));
    }
    Ok((to, queue))
}

/// Nothing is offered to people who left or are away.
pub(crate) fn must_be_here(tx: &mut Tx<'_>, person: PersonId, now: Timestamp) -> Result<(), Error> {
    must_be_agent(tx, person)?;
    let Some(absence) = absences::of_person(tx, person, now)? else {
        return Ok(());
    };
    let name = people::names(tx, &[person])?.pop().map(|(_, name)| name);
    let problem = format!(
        "{} is away until {} (UTC); choose somebody else",
        name.unwrap_or_default(),
        absence.away.until.strftime("%a %d %b %H:%M")
    );
    Err(Error::invalid("to", problem))
}

/// Tells the line of the history that says so.
///
/// # Errors
/// When the viewer may not, or it is not offered to them.
pub async fn accept(desk: &Desk, viewer: &Viewer, id: TicketId) -> Result<Option<EventId>, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            let events = rules::accept(&ticket, by)?;
            record(tx, &mut ticket, now, Actor::Person(by), &events)?;
            Ok(events::last_by(tx, id, by, "delegation-accepted")?)
        })
        .await
}

/// The reason is told to whoever offered it.
///
/// # Errors
/// When the viewer may not, it is not offered to them, or they give no reason.
pub async fn decline(desk: &Desk, viewer: &Viewer, id: TicketId, why: String) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            let events = rules::decline(&ticket, by, &why)?;
            record(tx, &mut ticket, now, Actor::Person(by), &events)
        })
        .await?;
    desk.wake_worker();
    Ok(())
}

/// # Errors
/// When the viewer may not, or it is offered to nobody.
pub async fn withdraw(desk: &Desk, viewer: &Viewer, id: TicketId) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            let events = rules::withdraw_offer(&ticket)?;
            record(tx, &mut ticket, now, Actor::Person(by), &events)
        })
        .await
}

/// What follows when nobody answered until `now`: the ticket stays with whoever offered it, and both are told. Nothing
/// while there is time, or when it was answered meanwhile.
pub(crate) fn time_out(tx: &mut Tx<'_>, id: TicketId, now: Timestamp) -> Result<(), Error> {
    let mut ticket = load(tx, id)?;
    let Some(event) = rules::time_out(&ticket, now) else {
        return Ok(());
    };
    record(tx, &mut ticket, now, Actor::Kept, &[event])
}

/// What is offered to somebody who stops working here comes back at once.
pub(crate) fn give_back(
    tx: &mut Tx<'_>,
    person: PersonId,
    by: PersonId,
    now: Timestamp,
) -> Result<(), Error> {
    const AT_ONCE: usize = 200;
    loop {
        let offered = offers::to(tx, person, AT_ONCE)?;
        if offered.is_empty() {
            return Ok(());
        }
        for offer in offered {
            let mut ticket = load(tx, offer.ticket)?;
            let events: Vec<Event> = rules::withdraw_offer(&ticket)?;
            record(tx, &mut ticket, now, Actor::Person(by), &events)?;
        }
    }
}
