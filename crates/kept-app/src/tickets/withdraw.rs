//! Taking back what was written a moment ago: nothing goes out, and the words wait in the composer again.

use jiff::{SignedDuration, Timestamp};
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::{Actor, Event, Recorded};
use kept_domain::ids::{MessageId, TicketId};
use kept_domain::messages::{Audience, Channel};
use kept_domain::tickets::{self as rules, Refused};
use kept_store::held::{self, Draft};
use kept_store::messages::Message;
use kept_store::{Tx, events, fulltext, messages, outgoing, threads, tickets};

use super::{LONGEST_UNDO_SECONDS, is_forward, load};
use crate::consequences::record;
use crate::{Desk, Error, sender};

/// Takes the viewer's own message back, wherever it was moved meanwhile; gives the ticket it is told on.
///
/// # Errors
/// When it is not theirs, is on its way already, or was taken back before.
pub async fn withdraw(desk: &Desk, viewer: &Viewer, message: MessageId) -> Result<TicketId, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (viewer, now) = (viewer.clone(), desk.now());
    desk.store()
        .write(move |tx| take_back(tx, &viewer, message, now))
        .await
}

fn take_back(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: MessageId,
    now: Timestamp,
) -> Result<TicketId, Error> {
    let message = messages::find(tx, id)?.filter(|message| {
        message.person == Some(viewer.person) && message.channel == Channel::Desk
    });
    let message = message.ok_or(Refused::NothingToTakeBack)?;
    let mut ticket = load(tx, message.ticket)?;
    let history = events::of_ticket(tx, ticket.id)?;
    let event = rules::withdraw(&history, id)?;
    call_off(tx, &message, now)?;
    record(tx, &mut ticket, now, Actor::Person(viewer.person), &[event])?;
    fulltext::remove(tx, id)?;
    messages::withdraw(tx, id, now)?;
    let draft = Draft {
        message: id,
        and_then: meant(&history, id).to_owned(),
    };
    held::keep_draft(tx, &draft, ticket.id, viewer.person)?;
    let words = crate::reading::body_of(&message).new_text();
    let told = tickets::told_at(tx, ticket.id)?;
    crate::drafts::taken_back(tx, viewer.person, told, words, now)?;
    last_words(tx, ticket.id)?;
    Ok(tickets::told_at(tx, ticket.id)?)
}

/// Keeps the mail from going out. The worker that has it already wins: what may be gone is not taken back.
fn call_off(tx: &mut Tx<'_>, message: &Message, now: Timestamp) -> Result<(), Error> {
    let too_late =
        || Error::Conflict("this is on its way already; write again to put it right".into());
    if message.audience == Audience::Desk && !is_forward(message) {
        let over = message.at + SignedDuration::from_secs(LONGEST_UNDO_SECONDS);
        return if now <= over { Ok(()) } else { Err(too_late()) };
    }
    let held = held::of_message(tx, message.ticket, message.id)?.ok_or_else(too_late)?;
    if !sender::call_off(tx, held.outgoing)? || !outgoing::withdraw(tx, held.outgoing)? {
        return Err(too_late());
    }
    held::release(tx, held.outgoing)?;
    if let Some(own) = &message.message_ref {
        threads::forget_own(tx, own)?;
    }
    Ok(())
}

/// What the reply was to do with the turn.
fn meant(history: &[Recorded], id: MessageId) -> &'static str {
    if rules::wait_of(history, id).is_some() {
        return "wait";
    }
    let passes_on = |it: &Event| matches!(it, Event::Forwarded { message, .. } if *message == id);
    if history.iter().any(|line| passes_on(&line.event)) {
        return "forward";
    }
    let then = history.iter().find_map(|line| match line.event {
        Event::Replied { message, then } if message == id => Some(then.as_str()),
        _ => None,
    });
    then.unwrap_or_default()
}

/// Lists show what was said last, which is now what was said before.
fn last_words(tx: &mut Tx<'_>, id: TicketId) -> Result<(), Error> {
    let said = messages::of_tickets(tx, &[id])?;
    let last = said
        .iter()
        .rev()
        .find(|message| message.audience == Audience::Client && !message.automatic);
    let words = last.map_or_else(String::new, |message| {
        crate::intake::last_words(&crate::reading::body_of(message).new_text())
    });
    let by = last.and_then(|message| message.person);
    Ok(tickets::set_last_words(tx, id, &words, by)?)
}

/// Forgets a message of the viewer's that was taken back and is not to be said after all.
///
/// # Errors
/// When there is none.
pub async fn drop_draft(desk: &Desk, viewer: &Viewer, message: MessageId) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (person, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            if !held::drop_draft(tx, message, person)? {
                return Err(Refused::NothingToTakeBack.into());
            }
            let on = messages::find(tx, message)?.map(|it| it.ticket);
            match on {
                Some(id) => {
                    let told = tickets::told_at(tx, id)?;
                    crate::drafts::dropped(tx, person, told, now)
                }
                None => Ok(()),
            }
        })
        .await
}
