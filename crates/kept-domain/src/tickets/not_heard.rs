//! Something we wrote did not arrive. What follows for the ticket is up to whether anybody heard it.

use super::{Status, Ticket};
use crate::event::{Event, Reopening};

/// The event as it is, and when nobody heard what we said, an ended ticket is open again: whoever
/// resolved it believes that the client knows.
pub fn not_heard(ticket: &Ticket, told: Event) -> Vec<Event> {
    let ended = matches!(ticket.status, Status::Resolved | Status::Closed);
    let reopens = ended && told.says_unheard();
    let reopened = reopens.then_some(Event::Reopened {
        why: Reopening::NobodyHeard,
    });
    std::iter::once(told).chain(reopened).collect()
}
