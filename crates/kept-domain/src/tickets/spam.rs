//! Spam is marked, never deleted, and the mark can be taken back.

use super::{Refused, Ticket};
use crate::event::Event;

/// # Errors
/// When the ticket is merged or marked already.
pub fn mark_spam(ticket: &Ticket) -> Result<Vec<Event>, Refused> {
    ticket.must_be_in_sight()?;
    Ok(vec![Event::MarkedSpam])
}

/// # Errors
/// When the ticket carries no such mark.
pub fn unmark_spam(ticket: &Ticket) -> Result<Vec<Event>, Refused> {
    ticket
        .spam_since
        .map(|_| vec![Event::UnmarkedSpam])
        .ok_or(Refused::NotSpam(ticket.id))
}
