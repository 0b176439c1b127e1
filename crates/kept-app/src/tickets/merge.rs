//! Merging two tickets and taking it back.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::{Actor, Event};
use kept_domain::ids::TicketId;
use kept_domain::tickets::{self as rules, Refused, Ticket};
use kept_store::{Tx, events, participants, people};

use super::load;
use crate::consequences::record;
use crate::{Desk, Error};

/// Tells `source` on `target` from now on.
///
/// # Errors
/// When the viewer may not, either does not exist, or the rule refuses.
pub async fn merge(
    desk: &Desk,
    viewer: &Viewer,
    source: TicketId,
    target: TicketId,
) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let (mut from, mut into) = load_both(tx, source, target)?;
            tell_on(tx, &mut from, &mut into, (by, now))
        })
        .await
}

/// Tells `from` on `into`, with whoever asked on it.
pub(super) fn tell_on(
    tx: &mut Tx<'_>,
    from: &mut Ticket,
    into: &mut Ticket,
    (by, now): (Actor, Timestamp),
) -> Result<(), Error> {
    let (gone, taken) = rules::merge(from, into)?;
    let hears = hears(tx, from, into)?;
    record(tx, from, now, by, hears.as_slice())?;
    record(tx, from, now, by, &gone)?;
    record(tx, into, now, by, &taken)
}

/// What lets whoever asked hear of it: on the ticket they asked on, so that it ends when the merge does.
fn hears(tx: &mut Tx<'_>, from: &Ticket, into: &Ticket) -> Result<Option<Event>, Error> {
    let requester = match from.requester {
        Some(person) => people::find(tx, person)?,
        None => None,
    };
    let Some(requester) = requester.filter(|person| person.role.is_none()) else {
        return Ok(None);
    };
    let wrote = super::requester::wrote(tx, from, &requester)?;
    let first = requester.addresses.first();
    let heard_at = wrote.map(|(message, address)| (address, Some(message)));
    let Some((address, message)) = heard_at.or_else(|| Some((first?.to_string(), None))) else {
        return Ok(None);
    };
    let standings = [
        participants::standing(tx, from.id, requester.id)?,
        participants::standing(tx, into.id, requester.id)?,
    ];
    Ok(rules::hears_after_merge(
        from,
        into,
        (&address, message),
        standings,
    ))
}

/// Both tickets, the older one locked first: two who merge each into the other then wait for each
/// other once, not for ever.
pub(crate) fn load_both(
    tx: &mut Tx<'_>,
    source: TicketId,
    target: TicketId,
) -> Result<(Ticket, Ticket), Error> {
    if source <= target {
        return Ok((load(tx, source)?, load(tx, target)?));
    }
    let into = load(tx, target)?;
    Ok((load(tx, source)?, into))
}

/// Lets `source` stand by itself again; returns where it was told.
///
/// # Errors
/// When the viewer may not, it does not exist, or it is not merged.
pub async fn undo_merge(desk: &Desk, viewer: &Viewer, source: TicketId) -> Result<TicketId, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let mut from = load(tx, source)?;
            let target = from.merged_into.ok_or(Refused::NotMerged(source))?;
            let mut into = load(tx, target)?;
            let (back, released) = rules::undo_merge(&from, &events::of_ticket(tx, target)?)?;
            record(tx, &mut from, now, by, &back)?;
            record(tx, &mut into, now, by, &released)?;
            Ok(target)
        })
        .await
}
