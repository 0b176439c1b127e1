//! Merging two tickets and taking it back.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::Actor;
use kept_domain::ids::TicketId;
use kept_domain::tickets::{self as rules, Refused, Ticket};
use kept_store::Tx;

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
            let (gone, taken) = rules::merge(&from, &into)?;
            record(tx, &mut from, now, by, &gone)?;
            record(tx, &mut into, now, by, &taken)
        })
        .await
}

/// Both tickets, the older one locked first: two who merge each into the other then wait for each
/// other once, not for ever.
pub(super) fn load_both(
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
            let (back, released) = rules::undo_merge(&from)?;
            record(tx, &mut from, now, by, &back)?;
            record(tx, &mut into, now, by, &released)?;
            Ok(target)
        })
        .await
}
