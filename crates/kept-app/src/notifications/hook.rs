//! An agent's own web-hook: what is told to them is told to a program of theirs as well, in their hours and as they chose.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::PersonId;
use kept_domain::tickets::Ticket;
use kept_store::hooks::{Delivery, Hook, NewDelivery, State};
use kept_store::{StoreError, Tx, audit, notifications, people};
use serde_json::json;

use super::Telling;
use super::letter::{self, Letter};
use crate::hooks::{self, Address, Ended};
use crate::{Desk, Error};

/// Deliveries shown under the address.
const SHOWN: usize = 5;
/// Deliveries looked at for whether trouble is new.
const LOOKED_AT: usize = 50;

/// The web-hook as its owner sees it.
#[derive(Debug, Clone)]
pub struct Shown {
    pub url: String,
    /// What signs all that is told.
    pub secret: Option<String>,
    /// The last things it was told, the latest first.
    pub told: Vec<Delivery>,
}

/// The topic under which somebody's web-hook is watched.
pub(crate) fn topic(person: PersonId) -> String {
    format!("hook:{person}")
}

/// The viewer's own web-hook; `None` when they have none.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn shown(desk: &Desk, viewer: &Viewer) -> Result<Option<Shown>, Error> {
    allow(viewer, Act::Read)?;
    let person = viewer.person;
    let read = desk.store().read(move |tx| {
        let sealed = notifications::hook(tx, person)?;
        let told = kept_store::hooks::of(tx, Hook::Person(person), SHOWN)?;
        Ok::<_, Error>(sealed.map(|sealed| (sealed, told)))
    });
    let Some((sealed, told)) = read.await? else {
        return Ok(None);
    };
    let address = Address::opened(desk, &sealed);
    Ok(address.map(|address| Shown {
        url: address.url,
        secret: address.secret,
        told,
    }))
}

/// Sets the address, or with an empty text removes it. The secret stays while there is an address.
///
/// # Errors
/// When the viewer may not, or nothing can be told to this address; `hook` is the field.
pub async fn change(desk: &Desk, viewer: &Viewer, url: &str) -> Result<(), Error> {
    allow(viewer, Act::Read)?;
    let (person, now) = (viewer.person, desk.now());
    let url = url.trim();
    let sealed = match url {
        "" => None,
        url => {
            let before = desk.store().read(move |tx| notifications::hook(tx, person));
            let before = before.await?.and_then(|it| Address::opened(desk, &it));
            Some(Address::new(desk, url, before)?.sealed(desk)?)
        }
    };
    desk.store()
        .write(move |tx| {
            notifications::set_hook(tx, person, sealed.as_deref(), now)?;
            let what = "Changed the web-hook of their own notices";
            Ok(audit::write(tx, Some(person), what, now)?)
        })
        .await
}

/// Tells the web-hook something at once, to see how it answers.
///
/// # Errors
/// When the viewer may not, or has no web-hook.
pub async fn try_it(desk: &Desk, viewer: &Viewer) -> Result<Ended, Error> {
    allow(viewer, Act::Read)?;
    let (person, now) = (viewer.person, desk.now());
    let body = json!({
        "kind": "try",
        "says": "A try. This is where you are told.",
        "at": now.to_string(),
    });
    let id = desk.store().write(move |tx| {
        if notifications::hook(tx, person)?.is_none() {
            return Err(Error::not_found("web-hook"));
        }
        let new = NewDelivery {
            hook: Hook::Person(person),
            ticket: None,
            notification: None,
            url: None,
            body: &body.to_string(),
        };
        Ok(kept_store::hooks::insert(tx, &new, now)?)
    });
    hooks::try_out(desk, id.await?).await
}

/// Writes down what their web-hook is told of a notification, if they have one, from `at` on.
pub(super) fn queue(
    tx: &mut Tx<'_>,
    (ticket, telling): (&Ticket, &Telling<'_>),
    notification: i64,
    (at, now): (Timestamp, Timestamp),
) -> Result<(), Error> {
    if notifications::hook(tx, telling.person)?.is_none() {
        return Ok(());
    }
    let body = json!({
        "kind": telling.kind.as_str(),
        "says": telling.words,
        "at": now.to_string(),
        "ticket": { "number": ticket.id.0, "subject": ticket.subject },
        "message": telling.message.map(|it| it.0),
    });
    let new = NewDelivery {
        hook: Hook::Person(telling.person),
        ticket: Some(ticket.id),
        notification: Some(notification),
        url: None,
        body: &body.to_string(),
    };
    Ok(hooks::queue(tx, &new, at, now)?)
}

/// Where somebody's notification goes now; `None` when they have no web-hook, have left, or read it before.
pub(crate) fn sealed_for(
    tx: &mut Tx<'_>,
    person: PersonId,
    notification: Option<i64>,
) -> Result<Option<String>, Error> {
    if !people::works_here(tx, person)? {
        return Ok(None);
    }
    if let Some(id) = notification {
        let found = notifications::find(tx, person, id)?;
        if found.is_none_or(|it| it.seen_at.is_some()) {
            return Ok(None);
        }
    }
    Ok(notifications::hook(tx, person)?)
}

/// Tells them by mail that their web-hook does not work: once, until something reaches it again.
pub(crate) fn gave_up(
    tx: &mut Tx<'_>,
    desk: &Desk,
    person: PersonId,
    why: &str,
    now: Timestamp,
) -> Result<(), Error> {
    if was_failing(tx, person)? {
        return Ok(());
    }
    let text = format!(
        "Something you should have heard by your web-hook could not be told: {why}.\n\nIt stands under Notices all the same. Look at the address and try it: {}/you#hook\n",
        desk.config().public_url
    );
    let letter = Letter {
        subject: "Kept: your web-hook does not work",
        text: &text,
        queue: None,
    };
    letter::send(tx, desk, person, &letter, now)
}

fn was_failing(tx: &mut Tx<'_>, person: PersonId) -> Result<bool, StoreError> {
    Ok(last_failure(tx, person)?.is_some())
}

/// The last delivery that ended, when it failed.
fn last_failure(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Delivery>, StoreError> {
    let told = kept_store::hooks::of(tx, Hook::Person(person), LOOKED_AT)?;
    let last = told.into_iter().find(|it| it.state != State::Queued);
    Ok(last.filter(|it| it.state == State::Failed))
}

/// Why the viewer's web-hook could not be told the last thing; `None` when it was, or there is none.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn fails(desk: &Desk, viewer: &Viewer) -> Result<Option<String>, Error> {
    allow(viewer, Act::Read)?;
    let person = viewer.person;
    let failure = desk
        .store()
        .read(move |tx| match notifications::hook(tx, person)? {
            Some(_) => last_failure(tx, person),
            None => Ok(None),
        });
    Ok(failure.await?.and_then(|it| it.says))
}
