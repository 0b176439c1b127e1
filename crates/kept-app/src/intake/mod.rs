//! Mail that comes in: the raw bytes are kept first, then it is understood, then it becomes a ticket,
//! joins one, or waits in Unsorted. A mail is acknowledged to its server only after all that is durable.

mod acknowledge;
mod arrival;
mod author;
mod beside;
pub(crate) mod budget;
mod by_agent;
mod candidates;
mod claims;
mod facts;
mod handed_in;
mod invitation;
mod keep;
mod meant;
mod origin;
mod outside;
mod participants;
mod passed_on;
mod recipients;
mod remark;
mod reported;
mod shown;
mod sides;
mod speaker;
mod too_large;
mod unsorted;
mod voice;
mod words;

pub(crate) use arrival::File;
pub use origin::{How, Origin};
pub(crate) use origin::{of_message as origin_of, of_tickets as origins_of};
pub(crate) use participants::{Named, bring_in};
pub use recipients::Recipients;
pub use unsorted::{Settle, restore, settle};
pub use words::last_words;

use std::sync::Arc;

use bytes::Bytes;
use kept_domain::ids::{QueueId, TicketId, UnsortedId};
use kept_domain::intake::authentic::Authentic;
use kept_domain::intake::{self as rules, Decision, MailKind, Unsorted};
use kept_store::{StoreError, Tx};
use serde::{Deserialize, Serialize};

use crate::{Desk, Error, undelivered};
use arrival::Arrival;
use facts::Found;

/// How a mail was handed to us (RFC 5321 §2.3.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// `None` when there was no envelope; an empty text is the null return path.
    pub from: Option<String>,
    pub to: Vec<String>,
    pub via: Via,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    Smtp,
    Lmtp,
    Pipe,
    Http,
    /// Fetched from a mailbox; what is addressed to no queue goes to this one.
    Mailbox(QueueId),
}

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Taken {
    Opened(TicketId),
    Joined(TicketId),
    Unsorted(UnsortedId),
    Duplicate,
}

/// Two nodes may take the same mail at once; the one that loses looks again.
const TRIES: usize = 4;

/// Takes a mail in. When this returns `Ok`, the mail is durable, raw bytes included.
///
/// # Errors
/// When the store can't take it; nothing of it is kept then and its server should try again.
pub async fn take_in(desk: &Desk, raw: Bytes, envelope: Envelope) -> Result<Taken, Error> {
    take_in_checked(desk, raw, envelope, None).await
}

/// The same for a mail whose sender was checked on the way.
///
/// # Errors
/// As [`take_in`].
pub async fn take_in_checked(
    desk: &Desk,
    raw: Bytes,
    envelope: Envelope,
    checked: Option<Authentic>,
) -> Result<Taken, Error> {
    let now = desk.now();
    let arrival = arrival::understand(desk, raw, envelope, checked, now).await?;
    let arrival = Arc::new(arrival);
    let mut tries = 1;
    loop {
        let again = Arc::clone(&arrival);
        let taken = desk
            .store()
            .write(move |tx| decide_and_keep(tx, &again))
            .await;
        match taken {
            Err(Error::Store(StoreError::Unique { .. } | StoreError::Conflict))
                if tries < TRIES =>
            {
                tries += 1;
            }
            Ok(taken) => {
                metrics::counter!("kept_mails_taken_in_total").increment(1);
                desk.wake_worker();
                return Ok(taken);
            }
            Err(error) => return Err(error),
        }
    }
}

/// Takes in the headers of a mail that is too large to be had whole: it waits in Unsorted for somebody
/// to look at it where it is, and whoever wrote it is told.
///
/// # Errors
/// When the store can't take it.
pub async fn take_in_headers(desk: &Desk, head: Bytes, envelope: Envelope) -> Result<Taken, Error> {
    let now = desk.now();
    let arrival = arrival::understand(desk, head, envelope, None, now).await?;
    let limit = desk.config().largest_mail_bytes as u64;
    let taken = desk.store().write(move |tx| {
        let found = facts::gather(tx, &arrival)?;
        if let Some(seen) = found.facts.seen {
            return keep::copy(tx, &arrival, &found, seen);
        }
        too_large::tell_sender(tx, &arrival, &found, limit)?;
        keep::unsorted(tx, &arrival, &found, Unsorted::TooLarge)
    });
    let taken = taken.await?;
    desk.wake_worker();
    Ok(taken)
}

fn decide_and_keep(tx: &mut Tx<'_>, arrival: &Arrival) -> Result<Taken, Error> {
    let claimed = claims::before(tx, arrival)?;
    let found = facts::gather(tx, arrival)?;
    heard_from(tx, arrival, &found)?;
    let taken = keep_as_decided(tx, arrival, &found)?;
    if let Taken::Opened(ticket) | Taken::Joined(ticket) = taken {
        claims::check(tx, arrival, ticket, &claimed)?;
    }
    Ok(taken)
}

fn keep_as_decided(tx: &mut Tx<'_>, arrival: &Arrival, found: &Found) -> Result<Taken, Error> {
    match rules::decide(&found.facts) {
        Decision::Duplicate { of } => keep::copy(tx, arrival, found, of),
        Decision::Unsorted(reason) => keep::unsorted(tx, arrival, found, reason),
        Decision::Join {
            ticket,
            reason,
            automatic,
        } => {
            if let Some(spoken) = by_agent::speak(tx, arrival, found, ticket, &reason)? {
                return Ok(spoken);
            }
            keep::join(tx, arrival, found, ticket, reason, automatic)
        }
        Decision::Open {
            queue,
            speaker,
            reason,
            automatic,
            acknowledge,
        } => {
            let opening = keep::Beginning {
                queue,
                speaker,
                may_be_replayed: rules::may_be_replayed(&found.facts, &reason),
                reason,
                automatic,
                acknowledge,
            };
            keep::open(tx, arrival, found, opening)
        }
    }
}

/// Who writes to us has a mailbox, whatever came back from there before. A bounce says nothing of whom it
/// claims to be from.
fn heard_from(tx: &mut Tx<'_>, arrival: &Arrival, found: &facts::Found) -> Result<(), Error> {
    let kind = found.facts.kind;
    let speaks = !matches!(kind, MailKind::Bounce | MailKind::Report);
    match &arrival.author {
        Some(author) if speaks && found.facts.seen.is_none() => {
            undelivered::heard_from(tx, &author.address, arrival.received_at)
        }
        _ => Ok(()),
    }
}

/// Whether any of these addresses takes mail here, plus-details aside.
///
/// # Errors
/// When the store can't answer.
pub async fn takes_mail_for(desk: &Desk, address: &str) -> Result<bool, Error> {
    let Ok(address) = kept_domain::people::EmailAddress::parse(address) else {
        return Ok(false);
    };
    let base = address.without_detail();
    desk.store()
        .read(move |tx| Ok(!kept_store::queues::of_addresses(tx, &[address, base])?.is_empty()))
        .await
}
