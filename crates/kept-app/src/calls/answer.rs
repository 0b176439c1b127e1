//! Whoever called says that we understood, or what they meant instead. They have a link and no session; each counts once.

use jiff::Timestamp;
use kept_domain::calls::{self as rules, Wanted};
use kept_domain::event::Actor;
use kept_domain::ids::{MessageId, PersonId};
use kept_domain::tickets::Ticket;
use kept_mail::Mailbox;
use kept_store::Tx;

use super::log::{self, Spoken};
use super::page::{Found, find};
use crate::consequences::record;
use crate::private_links::{self, Purpose};
use crate::settings::closing;
use crate::{Desk, Error};

/// It is what they meant. A second time changes nothing.
///
/// # Errors
/// When there is no such link, or they corrected it.
pub async fn confirm(desk: &Desk, token: &str, from: &str) -> Result<(), Error> {
    let link = private_links::enter(desk, Purpose::Call, token, from).await?;
    let (message, now) = (MessageId(link.about), desk.now());
    desk.store()
        .write(move |tx| {
            let (found, mut ticket) = locked(tx, message)?;
            let Some(event) = rules::confirm(&found.call)? else {
                return Ok(());
            };
            let by = by(found.call.person);
            record(tx, &mut ticket, now, by, &[event])
        })
        .await
}

/// They meant something else: their words go into the conversation, and the turn to the desk.
///
/// # Errors
/// When there is no such link, they wrote nothing or too much, corrected it before, or the ticket was closed long ago.
pub async fn correct(
    desk: &Desk,
    token: &str,
    from: &str,
    words: String,
    wanted: Wanted,
) -> Result<(), Error> {
    rules::check_words(&words)?;
    let link = private_links::enter(desk, Purpose::Call, token, from).await?;
    let (message, now) = (MessageId(link.about), desk.now());
    desk.store()
        .write(move |tx| {
            let (found, mut ticket) = locked(tx, message)?;
            let grace = closing::grace(tx)?;
            // Asked before their words are written: a correction that is refused leaves none.
            rules::correct(&ticket, &found.call, (wanted, message), grace, now)?;
            let correction = say(tx, &found, &ticket, &words, now)?;
            let meant = (wanted, correction);
            let events = rules::correct(&ticket, &found.call, meant, grace, now)?;
            record(tx, &mut ticket, now, by(found.call.person), &events)
        })
        .await
}

/// The call as it stands once its ticket is ours to change: somebody may have been quicker.
fn locked(tx: &mut Tx<'_>, message: MessageId) -> Result<(Found, Ticket), Error> {
    let ticket = find(tx, message)?.ticket.id;
    let ticket = crate::tickets::load(tx, ticket)?;
    Ok((find(tx, message)?, ticket))
}

fn by(person: Option<PersonId>) -> Actor {
    person.map_or(Actor::Kept, Actor::Person)
}

fn say(
    tx: &mut Tx<'_>,
    found: &Found,
    ticket: &Ticket,
    words: &str,
    now: Timestamp,
) -> Result<MessageId, Error> {
    let known = match found.call.person {
        Some(person) => log::who(tx, person)?,
        None => None,
    };
    let (who, mailbox) = known.map_or_else(
        || (None, Mailbox::bare("")),
        |(who, mailbox)| (Some(who), mailbox),
    );
    let words = words.replace("\r\n", "\n");
    let spoken = Spoken {
        ticket,
        by: who.as_ref(),
        mailbox: &mailbox,
        text: words.trim(),
        at: now,
        begins: false,
        files: &[],
    };
    log::say(tx, &spoken, now)
}
