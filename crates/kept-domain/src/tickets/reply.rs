//! What the desk says: replies the client reads, and notes only the desk does.

use super::{AndThen, Refused, Status, Ticket};
use crate::event::{Event, Reopening};
use crate::ids::MessageId;

/// A reply to the client. Asking or updating an ended ticket reopens it.
///
/// # Errors
/// When the ticket is set aside.
pub fn reply(ticket: &Ticket, message: MessageId, then: AndThen) -> Result<Vec<Event>, Refused> {
    ticket.must_be_in_sight()?;
    let ended = matches!(ticket.status, Status::Resolved | Status::Closed);
    let reopened = Event::Reopened {
        why: Reopening::DeskWrote,
    };
    let replied = Event::Replied { message, then };
    Ok(match then {
        AndThen::Resolve if ticket.status == Status::Closed => vec![replied],
        AndThen::Resolve => vec![replied, Event::Resolved],
        AndThen::Ask | AndThen::Update if ended => vec![reopened, replied],
        AndThen::Ask | AndThen::Update => vec![replied],
    })
}

/// A note for the desk. It can be written on any ticket, in any state.
pub fn note(message: MessageId) -> Vec<Event> {
    vec![Event::Noted { message }]
}

impl Ticket {
    /// # Errors
    /// When the ticket is spam or merged, saying what to do instead.
    pub(super) fn must_be_in_sight(&self) -> Result<(), Refused> {
        match (self.merged_into, self.spam_since) {
            (Some(target), _) => Err(Refused::Merged(self.id, target)),
            (None, Some(_)) => Err(Refused::IsSpam(self.id)),
            (None, None) => Ok(()),
        }
    }
}
