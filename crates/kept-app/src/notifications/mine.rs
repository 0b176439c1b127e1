//! What somebody was told, and how they want to hear of what.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::notifications::{How, Kind};
use kept_domain::tickets::Ticket;
use kept_store::notifications::{self, Notification};
use kept_store::{audit, tickets};

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

/// What the viewer was told, the newest first, before `before` when given; and where the next page begins.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn told(
    desk: &Desk,
    viewer: &Viewer,
    before: Option<i64>,
) -> Result<(Vec<Told>, Option<i64>), Error> {
    allow(viewer, Act::Read)?;
    let person = viewer.person;
    desk.store()
        .read(move |tx| {
            let mut rows = notifications::of_person(tx, person, before, PAGE + 1)?;
            let more = rows.len() > PAGE;
            rows.truncate(PAGE);
            let next = rows.last().filter(|_| more).map(|last| last.id);
            let mut told = Vec::with_capacity(rows.len());
            for notification in rows {
                if let Some(ticket) = tickets::find(tx, notification.ticket)? {
                    told.push(Told {
                        notification,
                        ticket,
                    });
                }
            }
            Ok((told, next))
        })
        .await
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

/// The viewer has seen all up to and with `last`.
///
/// # Errors
/// When the viewer may not, or the store can't take it.
pub async fn see(desk: &Desk, viewer: &Viewer, last: i64) -> Result<(), Error> {
    allow(viewer, Act::Read)?;
    let (person, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            notifications::see(tx, person, None, last, now)?;
            tx.announce(topic(person));
            Ok(())
        })
        .await
}

/// How the viewer hears of each kind.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn choices(desk: &Desk, viewer: &Viewer) -> Result<Vec<(Kind, How)>, Error> {
    allow(viewer, Act::Read)?;
    let person = viewer.person;
    desk.store()
        .read(move |tx| {
            let mut all = Vec::with_capacity(Kind::ALL.len());
            for kind in Kind::ALL {
                let chosen = notifications::choice(tx, person, kind)?;
                all.push((kind, chosen.unwrap_or_else(|| kind.by_default())));
            }
            Ok(all)
        })
        .await
}

/// # Errors
/// When the viewer may not, or the store can't take it.
pub async fn choose(desk: &Desk, viewer: &Viewer, choices: Vec<(Kind, How)>) -> Result<(), Error> {
    allow(viewer, Act::Read)?;
    let (person, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            for (kind, how) in choices {
                notifications::choose(tx, person, kind, how)?;
            }
            Ok(audit::write(
                tx,
                Some(person),
                "Chose what to hear by mail",
                now,
            )?)
        })
        .await
}
