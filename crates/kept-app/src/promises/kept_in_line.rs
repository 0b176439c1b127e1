//! Keeps the stored promises of a ticket in line with its history.

use kept_domain::event::{Event, Recorded};
use kept_domain::ids::TicketId;
use kept_domain::promises::{Promise, record};
use kept_store::{Tx, promises};

use crate::Error;

/// To be called whenever something happened to a ticket, with its own lines.
pub(crate) fn refresh(tx: &mut Tx<'_>, id: TicketId, history: &[Recorded]) -> Result<(), Error> {
    if promised_nothing(history) {
        return Ok(());
    }
    rewrite(tx, id, history)
}

fn rewrite(tx: &mut Tx<'_>, id: TicketId, history: &[Recorded]) -> Result<(), Error> {
    let stored = promises::of_tickets(tx, &[id])?;
    let told = record(history);
    for promise in told.iter().filter(|it| !stored.contains(it)) {
        promises::put(tx, promise)?;
    }
    let is_told = |old: &&Promise| told.iter().any(|it| it.id == old.id);
    for gone in stored.iter().filter(|old| !is_told(old)) {
        promises::remove(tx, gone.id)?;
    }
    Ok(())
}

/// Where what is stored differs from what the history says, in words.
pub(crate) fn differences(
    tx: &mut Tx<'_>,
    id: TicketId,
    history: &[Recorded],
) -> Result<Option<String>, Error> {
    let mut told = record(history);
    told.sort_by_key(|it| it.id);
    let same = promises::of_tickets(tx, &[id])? == told;
    Ok((!same).then(|| format!("#{id} has other promises than its events say; rebuild it")))
}

/// The same as [`refresh`], also for promises that no event tells of.
pub(crate) fn rebuild(tx: &mut Tx<'_>, id: TicketId, history: &[Recorded]) -> Result<(), Error> {
    rewrite(tx, id, history)
}

/// Most tickets: nothing is asked of the store for them.
fn promised_nothing(history: &[Recorded]) -> bool {
    !history
        .iter()
        .any(|line| matches!(line.event, Event::Promised { .. }))
}
