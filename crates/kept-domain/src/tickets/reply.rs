//! What the desk says: replies the client reads, and notes only the desk does.

use super::{AndThen, Refused, Status, Ticket};
use crate::event::{Event, Reopening};
use crate::ids::MessageId;
use crate::waits::Wait;

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

/// A reply that tells the client whom the desk waits for now.
///
/// # Errors
/// When the ticket is set aside.
pub fn reply_and_wait(
    ticket: &Ticket,
    message: MessageId,
    wait: Wait,
) -> Result<Vec<Event>, Refused> {
    let mut events = reply(ticket, message, AndThen::Update)?;
    events.push(Event::WaitBegan { wait });
    Ok(events)
}

/// A note for the desk. It can be written on any ticket, in any state.
pub fn note(message: MessageId) -> Vec<Event> {
    vec![Event::Noted { message }]
}

impl Ticket {
    /// # Errors
    /// When the ticket is spam or merged, saying what to do instead.
    pub(crate) fn must_be_in_sight(&self) -> Result<(), Refused> {
        match (self.merged_into, self.spam_since) {
            (Some(target), _) => Err(Refused::Merged(self.id, target)),
            (None, Some(_)) => Err(Refused::IsSpam(self.id)),
            (None, None) => Ok(()),
        }
    }

    /// # Errors
    /// When the ticket is set aside or has ended.
    pub(crate) fn must_be_open(&self) -> Result<(), Refused> {
        self.must_be_in_sight()?;
        if self.status.is_open() {
            Ok(())
        } else {
            Err(Refused::AlreadyEnded(self.id))
        }
    }
}
