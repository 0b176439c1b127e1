//! What somebody sees who follows the link of a summary: their own words as we understood them, and nothing else of the
//! ticket.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kept_domain::calls::{Answer, Call, record};
use kept_domain::ids::MessageId;
use kept_domain::tickets::Ticket;
use kept_store::messages::Message;
use kept_store::{Tx, events, messages, queues, tickets};

use super::summary::{when, zone_of};
use crate::private_links::{self, Purpose};
use crate::reading::body_of;
use crate::{Desk, Error};

/// A call for whoever called.
#[derive(Debug, Clone)]
pub struct Page {
    pub call: Call,
    pub number: i64,
    pub subject: String,
    /// The address of the queue, to write to.
    pub write_to: Option<String>,
    pub name: String,
    pub said: String,
    /// `Monday, 23 November at 10:40 (CET)`, in the client's own zone.
    pub when: String,
    /// When they answered, in the same way.
    pub answered: Option<String>,
    /// What they said instead, once they did.
    pub correction: Option<String>,
}

/// The call a link is about.
///
/// # Errors
/// When there is no such link, or nothing of the call any more; the same answer for both.
pub async fn by_link(desk: &Desk, token: &str, from: &str) -> Result<Page, Error> {
    let link = private_links::enter(desk, Purpose::Call, token, from).await?;
    let (message, now) = (MessageId(link.about), desk.now());
    desk.store()
        .read(move |tx| {
            let found = find(tx, message)?;
            page(tx, found, now)
        })
        .await
}

/// A call, its message, and the ticket it is told on now.
pub(super) struct Found {
    pub call: Call,
    pub message: Message,
    pub ticket: Ticket,
}

pub(super) fn find(tx: &mut Tx<'_>, message: MessageId) -> Result<Found, Error> {
    let gone = || Error::not_found("page");
    let message = messages::find(tx, message)?.ok_or_else(gone)?;
    let id = tickets::told_at(tx, message.ticket)?;
    let ticket = tickets::find(tx, id)?.ok_or_else(gone)?;
    let here = crate::tickets::told_here(tx, id)?;
    let lines = events::of_tickets(tx, &here)?;
    let call = record(&lines)
        .into_iter()
        .find(|it| it.message == message.id);
    Ok(Found {
        call: call.ok_or_else(gone)?,
        message,
        ticket,
    })
}

fn page(tx: &mut Tx<'_>, found: Found, now: Timestamp) -> Result<Page, Error> {
    let Found {
        call,
        message,
        ticket,
    } = found;
    let zone = zone_of(tx, &ticket, now)?;
    let all = queues::all(tx)?;
    let queue = all.into_iter().find(|queue| queue.id == ticket.queue);
    let address = queue.and_then(|queue| queue.addresses.into_iter().next());
    let (answered, correction) = answer(tx, &call, &zone)?;
    Ok(Page {
        call,
        number: ticket.id.0,
        subject: ticket.subject,
        write_to: address.map(|address| address.to_string()),
        said: body_of(&message).new_text(),
        when: when(message.claimed_at.unwrap_or(message.at), &zone),
        name: message.author_name,
        answered,
        correction,
    })
}

fn answer(
    tx: &mut Tx<'_>,
    call: &Call,
    zone: &TimeZone,
) -> Result<(Option<String>, Option<String>), Error> {
    Ok(match call.answer {
        None => (None, None),
        Some(Answer::Confirmed { at }) => (Some(when(at, zone)), None),
        Some(Answer::Corrected { at, correction, .. }) => {
            let words = messages::find(tx, correction)?;
            let words = words.map(|it| body_of(&it).new_text());
            (Some(when(at, zone)), words)
        }
    })
}
