//! What people say one ticket is to another: said on both in one transaction, taken back the same way, and what follows when
//! one of the two ends.

mod follow;

pub(crate) use follow::follow;
pub use kept_store::bonds::Bonded;

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::{Actor, Event, Recorded};
use kept_domain::ids::TicketId;
use kept_domain::tickets::{self as rules, Bond, Circle, Known, MOST_BONDS, Ticket};
use kept_store::lists::ListedTicket;
use kept_store::{Tx, bonds as stored, tickets};

use crate::consequences::record;
use crate::tickets::load_both;
use crate::{Desk, Error, reading};

/// What a ticket is to others, with what those told on it are.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn of_ticket(desk: &Desk, viewer: &Viewer, id: TicketId) -> Result<Vec<Bonded>, Error> {
    allow(viewer, Act::Read)?;
    let found = desk.store().read(move |tx| stored::of_ticket(tx, id));
    Ok(found.await?)
}

/// How many parts of a ticket are still open.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn open_parts(desk: &Desk, viewer: &Viewer, id: TicketId) -> Result<usize, Error> {
    let all = of_ticket(desk, viewer, id).await?;
    let mut parts: Vec<TicketId> = all
        .iter()
        .filter(|it| it.bond == Bond::ParentOf && it.is_open())
        .map(|it| it.ticket)
        .collect();
    parts.dedup();
    Ok(parts.len())
}

/// What a page shows to choose the other ticket of a link.
#[derive(Debug, Clone)]
pub struct Meant {
    /// What the ticket is about that is asked from.
    pub subject: String,
    /// Others that may be meant.
    pub found: Vec<ListedTicket>,
}

/// Tickets that may be meant by some words or by a number, without the one that is asked from.
///
/// # Errors
/// When the viewer may not, or there is no such ticket.
pub async fn meant(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    words: &str,
    zone: jiff::tz::TimeZone,
) -> Result<Meant, Error> {
    allow(viewer, Act::Read)?;
    let ticket = desk.store().read(move |tx| tickets::find(tx, id)).await?;
    let ticket = ticket.ok_or_else(|| Error::not_found(format!("ticket #{id}")))?;
    let named = words.parse::<u32>().map(|number| format!("#{number}"));
    let words = named.as_deref().unwrap_or(words);
    let mut found = reading::goals(desk, viewer, words, zone).await?.tickets;
    found.retain(|it| it.id != id);
    Ok(Meant {
        subject: ticket.subject,
        found,
    })
}

/// Says what `id` is to `other`, on both of them.
///
/// # Errors
/// When the viewer may not, either does not exist, or the rule refuses.
pub async fn relate(
    desk: &Desk,
    viewer: &Viewer,
    (id, bond, other): (TicketId, Bond, TicketId),
) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            if id == other {
                return Err(rules::Refused::RelatesToItself.into());
            }
            let mut both = load_both(tx, id, other)?;
            let known = known(tx, id, bond, other)?;
            let said = rules::relate(&both.0, bond, &both.1, known)?;
            say(tx, &mut both, said, (by, now))
        })
        .await
}

/// Takes it back; whatever either has become since.
///
/// # Errors
/// When the viewer may not, either does not exist, or they do not stand so.
pub async fn unrelate(
    desk: &Desk,
    viewer: &Viewer,
    (id, bond, other): (TicketId, Bond, TicketId),
) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let mut both = load_both(tx, id, other)?;
            let stands = stored::said_by(tx, id)?.contains(&(bond, other));
            let said = rules::unrelate(id, bond, other, stands)?;
            say(tx, &mut both, said, (by, now))
        })
        .await
}

fn say(
    tx: &mut Tx<'_>,
    both: &mut (Ticket, Ticket),
    (here, there): (Vec<Event>, Vec<Event>),
    (by, now): (Actor, Timestamp),
) -> Result<(), Error> {
    record(tx, &mut both.0, now, by, &here)?;
    record(tx, &mut both.1, now, by, &there)
}

fn known(tx: &mut Tx<'_>, id: TicketId, bond: Bond, other: TicketId) -> Result<Known, Error> {
    let here = stored::said_by(tx, id)?;
    let there = stored::said_by(tx, other)?;
    let circle = match bond.may_not_circle() {
        true => rules::circle(other, id, |level| stored::next(tx, level, bond, MOST_BONDS))?,
        false => Circle::None,
    };
    Ok(Known {
        stands: here.contains(&(bond, other)),
        bonds: here.len().max(there.len()),
        circle,
    })
}

/// Whether the stored bonds of a ticket are those its events say; for the doctor.
pub(crate) fn differ(
    tx: &mut Tx<'_>,
    id: TicketId,
    history: &[Recorded],
) -> Result<Option<String>, Error> {
    let told = rules::bonds(history.iter().map(|line| &line.event));
    let same = stored::said_by(tx, id)? == told;
    Ok((!same).then(|| format!("#{id} is linked otherwise than its events say; rebuild it")))
}

/// Writes them down again as the events say. What the others say of this ticket is written from their side.
pub(crate) fn rebuild(tx: &mut Tx<'_>, id: TicketId, history: &[Recorded]) -> Result<(), Error> {
    if differ(tx, id, history)?.is_none() {
        return Ok(());
    }
    stored::forget(tx, id)?;
    for line in history {
        stored::follow(tx, id, &line.event)?;
    }
    Ok(())
}
