//! Watching: agents hear what is said on tickets that are not theirs, and how those end. It changes nothing else about a ticket.

mod follow;

pub(crate) use follow::follow;

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::{Actor, Event, Recorded};
use kept_domain::ids::{PersonId, TicketId};
use kept_domain::tickets::{self as rules, Refused};
use kept_store::{Tx, watchers};

use crate::consequences::record;
use crate::tickets::{load, must_be_agent, told_here};
use crate::{Desk, Error};

/// Who watches a ticket, by name: those who watched what was merged into it too.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn of_ticket(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
) -> Result<Vec<(PersonId, String)>, Error> {
    allow(viewer, Act::Read)?;
    let all = desk.store().read(move |tx| watchers::of_ticket(tx, id));
    Ok(all.await?)
}

/// Lets the viewer, or a colleague whom they ask, watch a ticket. Said again, nothing changes.
///
/// # Errors
/// When the viewer may not, there is no such ticket, `person` does not work here, or too many watch it.
pub async fn watch(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    person: PersonId,
) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            must_be_agent(tx, person)?;
            let watching: Vec<PersonId> = watchers::of_ticket(tx, id)?
                .into_iter()
                .map(|(known, _)| known)
                .collect();
            let watched = rules::watch(id, &watching, person)?;
            record(tx, &mut ticket, now, by, watched.as_slice())
        })
        .await
}

/// Ends it, also where it was said of a ticket that is told here since a merge.
///
/// # Errors
/// When the viewer may not, there is no such ticket, or they do not watch it.
pub async fn unwatch(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    person: PersonId,
) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            load(tx, id)?;
            let mut watched = false;
            for here in told_here(tx, id)? {
                if watchers::said_of(tx, here)?.contains(&person) {
                    let mut ticket = load(tx, here)?;
                    record(tx, &mut ticket, now, by, &[Event::Unwatched { person }])?;
                    watched = true;
                }
            }
            if !watched {
                return Err(Refused::WatchesNot(id).into());
            }
            tx.announce(format!("ticket:{id}"));
            Ok(())
        })
        .await
}

/// Whether the stored watchers of a ticket are those its events say; for the doctor.
pub(crate) fn differ(
    tx: &mut Tx<'_>,
    id: TicketId,
    history: &[Recorded],
) -> Result<Option<String>, Error> {
    let told = rules::watchers(history.iter().map(|line| &line.event));
    let same = watchers::said_of(tx, id)? == told;
    Ok((!same).then(|| format!("#{id} is watched by others than its events say; rebuild it")))
}

/// Writes them down again as the events say.
pub(crate) fn rebuild(tx: &mut Tx<'_>, id: TicketId, history: &[Recorded]) -> Result<(), Error> {
    if differ(tx, id, history)?.is_none() {
        return Ok(());
    }
    watchers::forget(tx, id)?;
    for line in history {
        watchers::follow(tx, id, line.at, &line.event)?;
    }
    Ok(())
}
