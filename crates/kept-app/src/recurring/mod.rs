//! Tickets that recur: written by admins, opened by the worker, each date once.

mod open;

pub(crate) use open::open_due;

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::{ClientId, RecurrenceId};
use kept_domain::recurring::{BadRecurrence, Recurrence};
use kept_store::recurrences::{self, MOST, Run, Stored};
use kept_store::{Tx, clients, templates};

use crate::tickets::must_be_queue;
use crate::{Desk, Error};

/// Dates shown before somebody saves.
const SHOWN: usize = 5;
/// Past dates on one page.
const PAST: usize = 10;

/// One with its coming dates and what the last ones became.
#[derive(Debug, Clone)]
pub struct Detail {
    pub stored: Stored,
    /// What its client is called.
    pub client: Option<String>,
    pub coming: Vec<Timestamp>,
    pub runs: Vec<Run>,
}

/// Those that are there, by name.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn all(desk: &Desk, viewer: &Viewer) -> Result<Vec<Stored>, Error> {
    allow(viewer, Act::Administer)?;
    desk.store().read(|tx| Ok(recurrences::all(tx)?)).await
}

/// # Errors
/// When the viewer may not, or there is none (any more).
pub async fn one(desk: &Desk, viewer: &Viewer, id: RecurrenceId) -> Result<Detail, Error> {
    allow(viewer, Act::Administer)?;
    let now = desk.now();
    desk.store()
        .read(move |tx| {
            let stored = there(tx, id)?;
            let client = match stored.recurrence.client {
                Some(client) => clients::find(tx, client)?.map(|client| client.name),
                None => None,
            };
            Ok(Detail {
                client,
                coming: stored.recurrence.next_after(now, SHOWN),
                runs: recurrences::runs(tx, id, PAST)?,
                stored,
            })
        })
        .await
}

/// The client of this name; nobody for an empty one.
///
/// # Errors
/// When the viewer may not, or no client is called so.
pub async fn client_named(
    desk: &Desk,
    viewer: &Viewer,
    name: String,
) -> Result<Option<ClientId>, Error> {
    allow(viewer, Act::Administer)?;
    if name.is_empty() {
        return Ok(None);
    }
    let found = desk
        .store()
        .read(move |tx| clients::find_by_name(tx, &name));
    let found: Option<ClientId> = found.await?;
    let problem = || Error::invalid("client", "No client is called that; look at Clients");
    found.map(Some).ok_or_else(problem)
}

/// The next dates it would have.
///
/// # Errors
/// When the viewer may not, or it can't recur like that.
pub fn coming(
    desk: &Desk,
    viewer: &Viewer,
    recurrence: Recurrence,
) -> Result<Vec<Timestamp>, Error> {
    allow(viewer, Act::Administer)?;
    let recurrence = recurrence.checked().map_err(refused)?;
    Ok(recurrence.next_after(desk.now(), SHOWN))
}

/// Adds one, or writes one anew; what was opened stays.
///
/// # Errors
/// When the viewer may not, it is gone, or something in it can't be taken.
pub async fn write(
    desk: &Desk,
    viewer: &Viewer,
    id: Option<RecurrenceId>,
    recurrence: Recurrence,
) -> Result<RecurrenceId, Error> {
    allow(viewer, Act::Administer)?;
    let recurrence = recurrence.checked().map_err(refused)?;
    let now = desk.now();
    let written = desk.store().write(move |tx| {
        check(tx, &recurrence)?;
        let next = recurrence.next_after(now, 1).pop();
        match id {
            Some(id) => {
                let paused = there(tx, id)?.is_paused;
                recurrences::update(tx, id, &recurrence, next.filter(|_| !paused))?;
                Ok(id)
            }
            None if recurrences::all(tx)?.len() >= MOST => Err(Error::Conflict(format!(
                "there are {MOST} of them already; remove one first"
            ))),
            None => Ok(recurrences::insert(tx, &recurrence, next)?),
        }
    });
    let id = written.await?;
    desk.wake_worker();
    Ok(id)
}

/// Opens nothing for now, or goes on with what comes next; what passed meanwhile is left out.
///
/// # Errors
/// When the viewer may not, or there is none (any more).
pub async fn pause(
    desk: &Desk,
    viewer: &Viewer,
    id: RecurrenceId,
    paused: bool,
) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let now = desk.now();
    let done = desk.store().write(move |tx| {
        let next = there(tx, id)?.recurrence.next_after(now, 1).pop();
        let next = next.filter(|_| !paused);
        Ok::<_, Error>(recurrences::set_paused(tx, id, paused, next)?)
    });
    done.await?;
    desk.wake_worker();
    Ok(())
}

/// Takes it away; `back` takes that back.
///
/// # Errors
/// When the viewer may not, or there is no such one.
pub async fn remove(
    desk: &Desk,
    viewer: &Viewer,
    id: RecurrenceId,
    back: bool,
) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let now = desk.now();
    let done = desk.store().write(move |tx| {
        let known = recurrences::find(tx, id)?;
        let known = known.ok_or_else(|| Error::not_found("recurring ticket"))?;
        let next = known.recurrence.next_after(now, 1).pop();
        let next = next.filter(|_| back && !known.is_paused);
        let removed = (!back).then_some(now);
        Ok::<_, Error>(recurrences::set_removed(tx, id, removed, next)?)
    });
    done.await?;
    desk.wake_worker();
    Ok(())
}

fn there(tx: &mut Tx<'_>, id: RecurrenceId) -> Result<Stored, Error> {
    let known = recurrences::find(tx, id)?;
    let known = known.filter(|known| known.removed_at.is_none());
    known.ok_or_else(|| Error::not_found("recurring ticket"))
}

fn check(tx: &mut Tx<'_>, recurrence: &Recurrence) -> Result<(), Error> {
    let template = templates::find(tx, recurrence.template)?;
    if template.is_none_or(|known| known.removed_at.is_some()) {
        return Err(Error::invalid("template", "Choose a template that exists"));
    }
    if let Some(client) = recurrence.client
        && clients::find(tx, client)?.is_none()
    {
        return Err(Error::invalid("client", "Choose a client that exists"));
    }
    match recurrence.queue {
        Some(queue) => must_be_queue(tx, queue),
        None => Ok(()),
    }
}

fn refused(problem: BadRecurrence) -> Error {
    let field = match problem {
        BadRecurrence::NoName | BadRecurrence::LongName => "name",
        BadRecurrence::Zone(_) => "first",
        BadRecurrence::Rule(_) => "rule",
    };
    Error::invalid(field, problem.to_string())
}
