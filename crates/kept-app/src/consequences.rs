//! Records what a rule decided, and what else follows from each event. The one place for both.

use jiff::Timestamp;
use kept_domain::event::{Actor, Event};
use kept_domain::tickets::Ticket;
use kept_store::{Tx, events, tickets};

use crate::Error;

/// The topic under which lists of tickets are watched.
pub const TICKETS: &str = "tickets";
/// The topic under which outgoing mail is watched.
pub const OUTBOX: &str = "outbox";
/// The topic under which mail that waits for a human eye is watched.
pub const UNSORTED: &str = "unsorted";

/// Appends `events` to the ticket's history and brings the stored ticket up to date.
pub fn record(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    now: Timestamp,
    by: Actor,
    events: &[Event],
) -> Result<(), Error> {
    if events.is_empty() {
        return Ok(());
    }
    let before = ticket.clone();
    for event in events {
        ticket.apply(now, event);
        events::append(tx, ticket.id, now, by, event, ticket.turn())?;
        follow(tx, ticket, event);
    }
    tickets::save(tx, &before, ticket)?;
    Ok(())
}

/// Who must hear of an event. Exhaustive, so that a new event makes its author decide.
fn follow(tx: &mut Tx<'_>, ticket: &Ticket, event: &Event) {
    tx.announce(format!("ticket:{}", ticket.id));
    match event {
        Event::Opened { .. }
        | Event::MessageReceived { .. }
        | Event::Replied { .. }
        | Event::Assigned { .. }
        | Event::QueueChanged { .. }
        | Event::PriorityChanged { .. }
        | Event::SubjectChanged { .. }
        | Event::Resolved
        | Event::Reopened { .. }
        | Event::Closed
        | Event::MarkedSpam
        | Event::UnmarkedSpam
        | Event::MergedInto { .. }
        | Event::MergeUndone { .. } => tx.announce(TICKETS),
        Event::Acknowledged { .. } | Event::DeliveryFailed { .. } => tx.announce(OUTBOX),
        Event::Noted { .. } | Event::Absorbed { .. } | Event::Released { .. } => {}
    }
}
