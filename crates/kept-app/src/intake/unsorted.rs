//! A person decides about a mail that waits in Unsorted. What was discarded can be fetched back.

use std::sync::Arc;

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::{MessageId, QueueId, TicketId, UnsortedId};
use kept_domain::intake::{self as rules, Reason, Silence};
use kept_store::{Tx, authentic, threads, tickets, unsorted};

use super::arrival::{self, Arrival};
use super::{Envelope, Via, facts, keep, reported, voice};
use crate::consequences::UNSORTED;
use crate::{Desk, Error};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settle {
    /// It begins a ticket.
    Open(Option<QueueId>),
    /// It belongs to this ticket.
    Join(TicketId),
    /// Nobody needs it. It stays stored, and can be restored.
    Discard,
}

/// Does with the mail what somebody decided; returns the ticket it is on now.
///
/// # Errors
/// When the viewer may not, it was settled already, or the ticket does not exist.
pub async fn settle(
    desk: &Desk,
    viewer: &Viewer,
    id: UnsortedId,
    how: Settle,
) -> Result<Option<TicketId>, Error> {
    allow(viewer, Act::SortMail)?;
    let waiting = desk
        .store()
        .read(move |tx| {
            let found_out = authentic::in_unsorted(tx, id)?;
            Ok::<_, Error>((unsorted::find(tx, id)?, found_out))
        })
        .await?;
    let (waiting, found_out) = waiting;
    let checked = found_out.and_then(|text| serde_json::from_str(&text).ok());
    let waiting = waiting.ok_or_else(|| Error::not_found("mail"))?;
    let raw = desk.blobs().get(desk.store(), &waiting.raw_sha256).await?;
    let raw = raw.ok_or_else(|| Error::not_found("original of this mail"))?;
    let envelope = serde_json::from_str(&waiting.envelope).unwrap_or(Envelope {
        from: None,
        to: vec![],
        via: Via::Pipe,
    });
    let arrival = arrival::understand(desk, raw, envelope, checked, waiting.at).await?;
    let arrival = Arc::new(arrival);
    let (person, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let ticket = carry_out(tx, &arrival, id, how)?;
            let settled_as = if ticket.is_some() {
                "ticket"
            } else {
                "discarded"
            };
            if !unsorted::settle(tx, id, person, now, settled_as, ticket)? {
                return Err(Error::Conflict(
                    "somebody has already decided about this mail".into(),
                ));
            }
            tx.announce(UNSORTED);
            Ok(ticket)
        })
        .await
}

fn carry_out(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    id: UnsortedId,
    how: Settle,
) -> Result<Option<TicketId>, Error> {
    let (ticket, message) = match how {
        Settle::Discard => return Ok(None),
        Settle::Join(ticket) => join(tx, arrival, ticket)?,
        Settle::Open(queue) => open(tx, arrival, queue)?,
    };
    // The fingerprint moves from the waiting mail to the message it becomes.
    threads::moved(tx, id, message)?;
    Ok(Some(ticket))
}

fn join(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    named: TicketId,
) -> Result<(TicketId, MessageId), Error> {
    let found = facts::gather(tx, arrival)?;
    let voice = voice::of_sender(tx, arrival, &found)?;
    let ticket = tickets::told_at(tx, named)?;
    let joining = keep::Joining {
        ticket,
        reason: Reason::ByHand,
        automatic: found.facts.kind.by_program(),
        may_be_replayed: false,
    };
    let message = keep::join_as(tx, arrival, &voice, joining, &found.queues)?;
    reported::tell_by_hand(tx, arrival, ticket, message)?;
    Ok((ticket, message))
}

fn open(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    queue: Option<QueueId>,
) -> Result<(TicketId, MessageId), Error> {
    let found = facts::gather(tx, arrival)?;
    let sender = voice::of_sender(tx, arrival, &found)?;
    let beginning = keep::Beginning {
        queue: queue.unwrap_or(found.facts.default_queue),
        speaker: rules::speaker(&found.facts),
        reason: Reason::ByHand,
        automatic: found.facts.kind.by_program(),
        acknowledge: Err(Silence::WrittenByProgram),
        may_be_replayed: false,
    };
    let opened = keep::open_as(tx, arrival, &sender, &found.queues, &beginning)?;
    Ok((opened.ticket.id, opened.message))
}

/// Takes a discard back.
///
/// # Errors
/// When the viewer may not, or it was not discarded.
pub async fn restore(desk: &Desk, viewer: &Viewer, id: UnsortedId) -> Result<(), Error> {
    allow(viewer, Act::SortMail)?;
    desk.store()
        .write(move |tx| {
            if !unsorted::unsettle(tx, id)? {
                return Err(Error::Conflict("this mail was not discarded".into()));
            }
            tx.announce(UNSORTED);
            Ok(())
        })
        .await
}
