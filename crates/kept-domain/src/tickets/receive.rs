//! A message from outside joins a ticket.

use super::{Status, Ticket};
use crate::event::{Event, Reopening};
use crate::ids::{MessageId, PersonId};
use crate::intake::Reason;

/// A message that belongs to the ticket, as intake decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    pub message: MessageId,
    pub from: Option<PersonId>,
    /// Written by a program: it is filed, but it moves nothing.
    pub automatic: bool,
    /// A person's thanks and nothing else.
    pub thanks: bool,
    pub reason: Reason,
}

/// Never refused: what people write is always taken. A person's word wakes an ended ticket.
pub fn receive(ticket: &Ticket, received: Received) -> Vec<Event> {
    let ended = matches!(ticket.status, Status::Resolved | Status::Closed);
    let wakes = ended && !received.automatic && !received.thanks;
    let arrival = Event::MessageReceived {
        message: received.message,
        from: received.from,
        automatic: received.automatic,
        thanks: received.thanks,
        reason: received.reason,
    };
    let reopening = wakes.then_some(Event::Reopened {
        why: Reopening::ClientWrote,
    });
    std::iter::once(arrival).chain(reopening).collect()
}
