//! Ending a ticket and taking the end back.

use super::{Refused, Status, Ticket};
use crate::event::{Event, Reopening};

/// Says the work is done, without a word to the client.
///
/// # Errors
/// When the ticket is set aside or has already ended.
pub fn resolve(ticket: &Ticket) -> Result<Vec<Event>, Refused> {
    ticket.must_be_in_sight()?;
    if ticket.status.is_open() {
        Ok(vec![Event::Resolved])
    } else {
        Err(Refused::AlreadyEnded(ticket.id))
    }
}

/// Ends a ticket for good. One that was never resolved is resolved first, so that the record is whole.
///
/// # Errors
/// When the ticket is set aside or is closed already.
pub fn close(ticket: &Ticket) -> Result<Vec<Event>, Refused> {
    ticket.must_be_in_sight()?;
    match ticket.status {
        Status::Closed => Err(Refused::AlreadyEnded(ticket.id)),
        Status::Resolved => Ok(vec![Event::Closed]),
        _ => Ok(vec![Event::Resolved, Event::Closed]),
    }
}

/// The client says that what was resolved is done; that ends it.
///
/// # Errors
/// When the ticket is set aside, is still worked on, or is closed already.
pub fn confirm(ticket: &Ticket) -> Result<Vec<Event>, Refused> {
    ticket.must_be_in_sight()?;
    match ticket.status {
        Status::Resolved => Ok(vec![Event::Confirmed, Event::Closed]),
        Status::Closed => Err(Refused::AlreadyEnded(ticket.id)),
        _ => Err(Refused::NotResolved(ticket.id)),
    }
}

/// # Errors
/// When the ticket is set aside or never ended.
pub fn reopen(ticket: &Ticket) -> Result<Vec<Event>, Refused> {
    ticket.must_be_in_sight()?;
    if ticket.status.is_open() {
        Err(Refused::StillOpen(ticket.id))
    } else {
        Ok(vec![Event::Reopened {
            why: Reopening::ByHand,
        }])
    }
}
