//! Waiting on a third party: it begins, says something new, ends. One is waited for at a time.

use super::{Refused, Ticket};
use crate::event::Event;
use crate::turn::Turn;
use crate::waits::Wait;

/// Waits for somebody who is neither the desk nor the client; the turn is theirs. Where somebody was waited for
/// already, this takes the place of that.
///
/// # Errors
/// When the ticket is set aside or has ended.
pub fn begin_wait(ticket: &Ticket, wait: Wait) -> Result<Vec<Event>, Refused> {
    ticket.must_be_open()?;
    Ok(match &ticket.wait {
        Some(known) if *known == wait && ticket.turn() == Turn::ThirdParty => vec![],
        Some(_) if ticket.turn() == Turn::ThirdParty => vec![Event::WaitChanged { wait }],
        _ => vec![Event::WaitBegan { wait }],
    })
}

/// They did their part, or are not waited for any more.
///
/// # Errors
/// When nobody is waited for.
pub fn end_wait(ticket: &Ticket) -> Result<Vec<Event>, Refused> {
    match ticket.open_wait() {
        Some(_) => Ok(vec![Event::WaitEnded]),
        None => Err(Refused::NotWaiting(ticket.id)),
    }
}
