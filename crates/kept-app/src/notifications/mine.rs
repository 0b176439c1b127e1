//! What somebody was told, and how they want to hear of what.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::{PersonId, TicketId};
use kept_domain::notifications::{Kind, Ways};
use kept_domain::tickets::Ticket;
use kept_store::notifications::{self, Notification, Which};
use kept_store::{Tx, audit, tickets};

use super::topic;
use crate::{Desk, Error};

/// Shown on one page.
const PAGE: usize = 50;
/// More than this is shown as so many and more.
pub const MOST_COUNTED: usize = 99;

/// One thing told, with the ticket it is about.
#[derive(Debug, Clone)]
pub struct Told {
    pub notification: Notification,
    pub ticket: Ticket,
}

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum From {
    /// With all that is new.
    #[default]
    Start,
    /// With what is new before this one.
    New(i64),
    /// With what was read before, told before this one.
    Read(i64),
}

/// What stands on one page, each list the newest first, with where the next page begins.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub new: Vec<Told>,
    pub read: Vec<Told>,
    pub next: Option<From>,
}

/// What the viewer was told, or only what is of one kind: first what is new, then what they read.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn told(
    desk: &Desk,
    viewer: &Viewer,
    only: Option<Kind>,
    from: From,
) -> Result<Page, Error> {
    allow(viewer, Act::Read)?;
    let person = viewer.person;
    desk.store()
        .read(move |tx| {
            let (new, next) = match from {
                From::Read(_) => (vec![], None),
                From::Start => listed(tx, person, (false, only, None))?,
                From::New(before) => listed(tx, person, (false, only, Some(before)))?,
            };
            if let Some(next) = next {
                let next = Some(From::New(next));
                return Ok(Page {
                    new,
                    next,
                    read: vec![],
                });
            }
            let before = match from {
                From::Read(before) => Some(before),
                From::Start | From::New(_) => None,
            };
            let (read, next) = listed(tx, person, (true, only, before))?;
            let next = next.map(From::Read);
            Ok(Page { new, read, next })
        })
        .await
}

type Part = (Vec<Told>, Option<i64>);

fn listed(
    tx: &mut Tx<'_>,
    person: PersonId,
    (seen, only, before): (bool, Option<Kind>, Option<i64>),
) -> Result<Part, Error> {
    let which = Which { seen, only, before };
    let mut rows = notifications::of_person(tx, person, which, PAGE + 1)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|last| last.id);
    Ok((with_tickets(tx, rows)?, next))
}

pub(super) fn with_tickets(tx: &mut Tx<'_>, rows: Vec<Notification>) -> Result<Vec<Told>, Error> {
    let mut told = Vec::with_capacity(rows.len());
    for notification in rows {
        if let Some(ticket) = tickets::find(tx, notification.ticket)? {
            told.push(Told {
                notification,
                ticket,
            });
        }
    }
    Ok(told)
}

/// How many the viewer has not seen; more than [`MOST_COUNTED`] is told as one more than that.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn unseen(desk: &Desk, viewer: &Viewer) -> Result<usize, Error> {
    allow(viewer, Act::Read)?;
    let person = viewer.person;
    let counted = desk
        .store()
        .read(move |tx| notifications::unseen(tx, person, MOST_COUNTED + 1));
    Ok(counted.await?)
}

/// The viewer has seen all up to and with `last`; those about one ticket, or of one kind, when such is given.
///
/// # Errors
/// When the viewer may not, or the store can't take it.
pub async fn see(
    desk: &Desk,
    viewer: &Viewer,
    (ticket, only): (Option<TicketId>, Option<Kind>),
    last: i64,
) -> Result<(), Error> {
    allow(viewer, Act::Read)?;
    let (person, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            notifications::see(tx, person, (ticket, only), last, now)?;
            tx.announce(topic(person));
            Ok(())
        })
        .await
}

/// The viewer has seen this one.
///
/// # Errors
/// When the viewer may not, or the store can't take it.
pub async fn see_one(desk: &Desk, viewer: &Viewer, id: i64) -> Result<(), Error> {
    allow(viewer, Act::Read)?;
    let (person, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            if notifications::see_one(tx, person, id, now)? {
                tx.announce(topic(person));
            }
            Ok(())
        })
        .await
}

/// The viewer goes to what this one is about, and so sees all that they were told of that ticket.
///
/// # Errors
/// When the viewer may not, or was never told this.
pub async fn open(desk: &Desk, viewer: &Viewer, id: i64) -> Result<Notification, Error> {
    allow(viewer, Act::Read)?;
    let (person, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let found = notifications::find(tx, person, id)?;
            let found = found.ok_or_else(|| Error::not_found("notice"))?;
            if notifications::see(tx, person, (Some(found.ticket), None), i64::MAX, now)? {
                tx.announce(topic(person));
            }
            Ok(found)
        })
        .await
}

/// How the viewer hears of each kind.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn choices(desk: &Desk, viewer: &Viewer) -> Result<Vec<(Kind, Ways)>, Error> {
    allow(viewer, Act::Read)?;
    let person = viewer.person;
    desk.store()
        .read(move |tx| {
            let mut all = Vec::with_capacity(Kind::ALL.len());
            for kind in Kind::ALL {
                all.push((kind, notifications::ways(tx, person, kind)?));
            }
            Ok(all)
        })
        .await
}

/// # Errors
/// When the viewer may not, or the store can't take it.
pub async fn choose(desk: &Desk, viewer: &Viewer, choices: Vec<(Kind, Ways)>) -> Result<(), Error> {
    allow(viewer, Act::Read)?;
    let (person, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            for (kind, ways) in choices {
                notifications::choose(tx, person, kind, ways)?;
            }
            Ok(audit::write(
                tx,
                Some(person),
                "Chose what to hear by which road",
                now,
            )?)
        })
        .await
}
