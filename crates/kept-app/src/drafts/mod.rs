//! What people are writing, kept while they write: found again on another device and after a crash, gone when it is sent
//! or thrown away. A draft is its author's alone.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::drafts::{self as rules, BadDraft, DISCARDED_FOR, Draft, Kept, Saved};
use kept_domain::ids::{PersonId, TicketId};
use kept_store::unsent::{self, Listed};
use kept_store::{Tx, tickets};

use crate::tickets::told_here;
use crate::{Desk, Error};

/// Drafts of one person; beyond that the oldest makes room.
pub const MOST: usize = 200;

/// A version as its author's browser sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewDraft {
    pub text: String,
    /// The other fields of its form.
    pub fields: Vec<(String, String)>,
    /// The version it goes on from.
    pub base: Option<Timestamp>,
    /// There is a newer one, and this is only put beside it.
    pub is_older: bool,
}

impl From<BadDraft> for Error {
    fn from(problem: BadDraft) -> Self {
        Error::invalid("text", problem.to_string())
    }
}

/// What the viewer is writing on a ticket, or (with `None`) as a new one.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn of(
    desk: &Desk,
    viewer: &Viewer,
    ticket: Option<TicketId>,
) -> Result<Option<Kept>, Error> {
    allow(viewer, Act::Read)?;
    let person = viewer.person;
    desk.store()
        .read(move |tx| Ok(stands(tx, person, ticket)?.filter(waits)))
        .await
}

/// Everything the viewer has begun and not sent, the newest first.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn all(desk: &Desk, viewer: &Viewer) -> Result<Vec<Listed>, Error> {
    allow(viewer, Act::Read)?;
    let person = viewer.person;
    let read = desk
        .store()
        .read(move |tx| unsent::of_person(tx, person, MOST));
    Ok(read.await?)
}

/// Keeps a version; gives what stands then. Without words in it the draft is thrown away.
///
/// # Errors
/// When the viewer may not, there is no such ticket, or it is too long.
pub async fn save(
    desk: &Desk,
    viewer: &Viewer,
    ticket: Option<TicketId>,
    new: NewDraft,
) -> Result<Option<Kept>, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (person, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            if let Some(id) = ticket {
                tickets::find(tx, id)?.ok_or_else(|| Error::not_found(format!("ticket #{id}")))?;
            }
            let known = stands(tx, person, ticket)?.filter(waits);
            if new.text.trim().is_empty() {
                return emptied(tx, person, ticket, known, &new, now);
            }
            let saved = Saved {
                draft: Draft {
                    text: new.text,
                    fields: new.fields,
                    saved_at: now,
                },
                base: new.base,
                is_older: new.is_older,
            };
            let kept = rules::save(known, saved)?;
            put(tx, person, ticket, &kept)?;
            unsent::tidy(tx, person, now - DISCARDED_FOR, MOST)?;
            Ok(Some(kept))
        })
        .await
}

/// Its author took all the words out. What was written elsewhere meanwhile stays.
fn emptied(
    tx: &mut Tx<'_>,
    person: PersonId,
    ticket: Option<TicketId>,
    known: Option<Kept>,
    new: &NewDraft,
    now: Timestamp,
) -> Result<Option<Kept>, Error> {
    let Some(known) = known else { return Ok(None) };
    if new.is_older || new.base != Some(known.draft.saved_at) {
        return Ok(Some(known));
    }
    let discarded = Kept {
        discarded_at: Some(now),
        ..known
    };
    put(tx, person, ticket, &discarded)?;
    Ok(None)
}

/// Throws the draft away; [`restore`] brings it back.
///
/// # Errors
/// When the viewer may not.
pub async fn discard(desk: &Desk, viewer: &Viewer, ticket: Option<TicketId>) -> Result<(), Error> {
    set_discarded(desk, viewer, ticket, true).await
}

/// # Errors
/// When the viewer may not, or there is none.
pub async fn restore(desk: &Desk, viewer: &Viewer, ticket: Option<TicketId>) -> Result<(), Error> {
    set_discarded(desk, viewer, ticket, false).await
}

async fn set_discarded(
    desk: &Desk,
    viewer: &Viewer,
    ticket: Option<TicketId>,
    discarded: bool,
) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (person, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| match stands(tx, person, ticket)? {
            None if discarded => Ok(()),
            None => Err(gone()),
            Some(known) => {
                let kept = Kept {
                    discarded_at: discarded.then_some(now),
                    ..known
                };
                put(tx, person, ticket, &kept)
            }
        })
        .await
}

/// The version that was written elsewhere stands, and the one that stood is beside it.
///
/// # Errors
/// When the viewer may not, or there is no other version.
pub async fn swap(desk: &Desk, viewer: &Viewer, ticket: Option<TicketId>) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (person, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let known = stands(tx, person, ticket)?.filter(waits);
            let swapped = known.and_then(|known| rules::swap(known, now));
            put(tx, person, ticket, &swapped.ok_or_else(gone)?)
        })
        .await
}

/// The ticket was opened or the call logged: what was being written for it is said.
///
/// # Errors
/// When the viewer may not, or the store can't take it.
pub async fn finish(desk: &Desk, viewer: &Viewer, ticket: Option<TicketId>) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let person = viewer.person;
    desk.store()
        .write(move |tx| match ticket {
            Some(id) => sent(tx, person, id),
            None => Ok(unsent::remove_new(tx, person)?),
        })
        .await
}

/// What was being written on a ticket was sent.
pub(crate) fn sent(tx: &mut Tx<'_>, person: PersonId, ticket: TicketId) -> Result<(), Error> {
    let here = told_here(tx, ticket)?;
    Ok(unsent::remove(tx, person, &here)?)
}

/// A message was taken back while its author was writing the next one: both are kept, the older words stand.
pub(crate) fn taken_back(
    tx: &mut Tx<'_>,
    person: PersonId,
    ticket: TicketId,
    text: String,
    now: Timestamp,
) -> Result<(), Error> {
    let Some(known) = stands(tx, person, Some(ticket))?.filter(waits) else {
        return Ok(());
    };
    let saved = Saved {
        draft: Draft {
            text,
            fields: vec![],
            saved_at: now,
        },
        base: None,
        is_older: false,
    };
    put(tx, person, Some(ticket), &rules::save(Some(known), saved)?)
}

/// The message that was taken back is not to be said after all; what was written meanwhile stands again.
pub(crate) fn dropped(
    tx: &mut Tx<'_>,
    person: PersonId,
    ticket: TicketId,
    now: Timestamp,
) -> Result<(), Error> {
    let Some(known) = stands(tx, person, Some(ticket))?.filter(waits) else {
        return Ok(());
    };
    let kept = rules::swap(known.clone(), now).map_or_else(
        || Kept {
            discarded_at: Some(now),
            ..known
        },
        |swapped| Kept {
            other: None,
            ..swapped
        },
    );
    put(tx, person, Some(ticket), &kept)
}

fn waits(kept: &Kept) -> bool {
    kept.discarded_at.is_none()
}

fn gone() -> Error {
    Error::Conflict("this draft is gone; it was sent, or thrown away a while ago".into())
}

fn stands(
    tx: &mut Tx<'_>,
    person: PersonId,
    ticket: Option<TicketId>,
) -> Result<Option<Kept>, Error> {
    let here = ticket.map_or_else(|| Ok(vec![]), |id| told_here(tx, id))?;
    Ok(unsent::find(tx, person, &here)?.map(|(_, kept)| kept))
}

/// Of tickets told together one holds the draft: the one it was written on last.
fn put(
    tx: &mut Tx<'_>,
    person: PersonId,
    ticket: Option<TicketId>,
    kept: &Kept,
) -> Result<(), Error> {
    if let Some(id) = ticket {
        let mut others = told_here(tx, id)?;
        others.retain(|other| *other != id);
        unsent::remove(tx, person, &others)?;
    }
    Ok(unsent::put(tx, person, ticket, kept)?)
}
