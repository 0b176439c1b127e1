//! What else a new ticket has to do with: an older ticket it came out of, another queue it was sent to.

use kept_domain::event::{Actor, Event};
use kept_domain::ids::{QueueId, TicketId};
use kept_domain::intake::Reason;
use kept_domain::tickets::Ticket;
use kept_store::{Tx, events, links, tickets};

use super::arrival::Arrival;
use crate::Error;
use crate::consequences::record;

/// Links a ticket with the one its mail came out of, and says so on both.
pub(super) fn link(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    ticket: &mut Ticket,
    reason: &Reason,
) -> Result<(), Error> {
    let Some((link, older)) = reason.link() else {
        return Ok(());
    };
    let now = arrival.handled_at;
    links::add(tx, ticket.id, older, link)?;
    let linked = Event::Linked {
        ticket: older,
        link,
    };
    record(tx, ticket, now, Actor::Kept, &[linked])?;
    let mut older = crate::tickets::load(tx, older)?;
    let from = Event::LinkedFrom {
        ticket: ticket.id,
        link,
    };
    record(tx, &mut older, now, Actor::Kept, &[from])
}

/// Says on the ticket which other queues its mail was sent to, each once: one ticket does for all, and
/// whoever looks sees that.
pub(super) fn also_sent_to(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    ticket: TicketId,
    queues: &[QueueId],
) -> Result<(), Error> {
    let ticket = tickets::told_at(tx, ticket)?;
    let current = tickets::find(tx, ticket)?.map(|ticket| ticket.queue);
    if queues.iter().all(|queue| Some(*queue) == current) {
        return Ok(());
    }
    let mut told: Vec<QueueId> = current.into_iter().collect();
    for line in events::of_ticket(tx, ticket)? {
        match line.event {
            Event::Opened { queue, .. } | Event::AlsoSentTo { queue } => told.push(queue),
            _ => {}
        }
    }
    let mut ticket = crate::tickets::load(tx, ticket)?;
    for queue in queues.iter().filter(|queue| !told.contains(queue)) {
        let also = Event::AlsoSentTo { queue: *queue };
        record(tx, &mut ticket, arrival.handled_at, Actor::Kept, &[also])?;
    }
    Ok(())
}
