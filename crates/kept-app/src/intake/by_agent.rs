//! An agent answers a ticket from their own mail program, and it is proven to be them: their reply is
//! recorded as one written at the desk, and goes out to the client under the desk's address.

use kept_domain::ids::TicketId;
use kept_domain::intake::{self as rules, Reason};
use kept_mail::markdown;
use kept_store::threads::{Landed, Leads};
use kept_store::{Tx, threads};

use super::arrival::Arrival;
use super::facts::Found;
use super::{Recipients, Taken, keep};
use crate::Error;
use crate::tickets::{self, ByMail};

/// `None` when the mail is not the desk's word, or can't be passed on: then it joins as any other.
pub(super) fn speak(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    found: &Found,
    id: TicketId,
    reason: &Reason,
) -> Result<Option<Taken>, Error> {
    let Some(agent) = &found.author else {
        return Ok(None);
    };
    let ticket = tickets::load(tx, id)?;
    let text = words(arrival);
    let speaks = rules::speaks_for_desk(&found.facts, ticket.requester, reason);
    if !speaks || ticket.aside().is_some() || text.is_empty() {
        return Ok(None);
    }
    let spoken = ByMail {
        agent,
        address: arrival.author.as_ref().map(|author| &author.address),
        text,
        last_words: super::last_words(&arrival.mail.body.new_text()),
        told: Recipients::of(&arrival.mail),
        files: &arrival.files,
        raw: &arrival.raw,
        identity: &arrival.identity,
        message_ref: arrival.answer_ref.clone(),
    };
    let message = tickets::reply_by_mail(tx, ticket, &spoken, arrival.received_at)?;
    keep::judged(tx, arrival, message)?;
    if let Some(own) = arrival.mail.message_id.as_deref() {
        threads::remember_own(tx, own, Leads::to(id, message))?;
    }
    keep::arrived(tx, arrival, Landed::Message(message))?;
    Ok(Some(Taken::Joined(id)))
}

/// What they wrote now, as Markdown that shows just these words.
fn words(arrival: &Arrival) -> String {
    let new = arrival.mail.body.new_text();
    let lines: Vec<String> = new.trim().lines().map(markdown::literal).collect();
    lines.join("\n")
}
