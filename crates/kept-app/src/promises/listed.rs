//! Promises as pages show them.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::{PersonId, TicketId};
use kept_domain::promises::Promise;
use kept_store::{Tx, people, promises, tickets};

use crate::tickets::told_here;
use crate::{Desk, Error};

/// A promise with the names that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub promise: Promise,
    /// Who keeps it.
    pub name: String,
    /// The ticket it is told on, and its subject.
    pub ticket: TicketId,
    pub subject: String,
}

/// Promises on one page.
const MOST: usize = 200;

/// Those of a ticket and of the tickets told on it, in the order in which they were made.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn of_ticket(desk: &Desk, viewer: &Viewer, id: TicketId) -> Result<Vec<Listed>, Error> {
    allow(viewer, Act::Read)?;
    desk.store()
        .read(move |tx| {
            let here = told_here(tx, id)?;
            let found = promises::of_tickets(tx, &here)?;
            listed(tx, found)
        })
        .await
}

/// What is still to keep at the whole desk: the viewer's own first, then by due time.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn owed(desk: &Desk, viewer: &Viewer) -> Result<Vec<Listed>, Error> {
    allow(viewer, Act::Read)?;
    let person = viewer.person;
    desk.store()
        .read(move |tx| {
            let found = promises::owed(tx, person, MOST)?;
            listed(tx, found)
        })
        .await
}

pub(super) fn listed(tx: &mut Tx<'_>, found: Vec<Promise>) -> Result<Vec<Listed>, Error> {
    let who: Vec<PersonId> = found.iter().map(|it| it.promiser).collect();
    let names = people::names(tx, &who)?;
    let mut all = Vec::with_capacity(found.len());
    for promise in found {
        let name = names.iter().find(|(id, _)| *id == promise.promiser);
        let name = name.map_or_else(|| "Somebody".to_owned(), |(_, name)| name.clone());
        let ticket = tickets::told_at(tx, promise.ticket)?;
        let subject = tickets::find(tx, ticket)?.map_or_else(String::new, |it| it.subject);
        all.push(Listed {
            promise,
            name,
            ticket,
            subject,
        });
    }
    Ok(all)
}
