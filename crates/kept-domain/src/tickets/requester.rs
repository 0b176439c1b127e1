//! Whose ticket it is: correcting the requester, and what becomes of a mail somebody passed on.

use super::{Refused, Ticket};
use crate::event::{Event, Recorded};
use crate::ids::{ClientId, MessageId, PersonId};

/// Makes the ticket `to`'s; their client follows. Changing nothing records nothing.
///
/// # Errors
/// When the ticket is set aside.
pub fn change_requester(
    ticket: &Ticket,
    to: PersonId,
    client: Option<ClientId>,
) -> Result<Vec<Event>, Refused> {
    ticket.must_be_in_sight()?;
    if ticket.requester == Some(to) {
        return Ok(vec![]);
    }
    Ok(vec![Event::RequesterChanged {
        from: ticket.requester,
        to: Some(to),
        client_from: ticket.client,
        client_to: client,
    }])
}

/// Takes the last change of the requester back.
///
/// # Errors
/// When the ticket is set aside, or nobody changed its requester.
pub fn undo_requester(ticket: &Ticket, history: &[Recorded]) -> Result<Vec<Event>, Refused> {
    ticket.must_be_in_sight()?;
    let last = history.iter().rev().find_map(|line| match line.event {
        Event::RequesterChanged {
            from, client_from, ..
        } => Some((from, client_from)),
        _ => None,
    });
    let (to, client_to) = last.ok_or(Refused::RequesterUnchanged(ticket.id))?;
    Ok(vec![Event::RequesterChanged {
        from: ticket.requester,
        to,
        client_from: ticket.client,
        client_to,
    }])
}

/// Whether an agent said about a forwarded mail that it stays with whoever sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForwardQuestion {
    Stands,
    Left,
}

/// Says that a forwarded mail stays with whoever sent it, or asks again.
///
/// # Errors
/// When the ticket is set aside.
pub fn answer_forward(
    ticket: &Ticket,
    message: MessageId,
    answer: ForwardQuestion,
) -> Result<Vec<Event>, Refused> {
    ticket.must_be_in_sight()?;
    Ok(vec![match answer {
        ForwardQuestion::Left => Event::ForwardLeft { message },
        ForwardQuestion::Stands => Event::ForwardAskedAgain { message },
    }])
}

/// What the history says last about this message's question.
pub fn forward_question(history: &[Recorded], message: MessageId) -> ForwardQuestion {
    let said = history.iter().rev().find_map(|line| match line.event {
        Event::ForwardLeft { message: about } if about == message => Some(ForwardQuestion::Left),
        Event::ForwardAskedAgain { message: about } if about == message => {
            Some(ForwardQuestion::Stands)
        }
        _ => None,
    });
    said.unwrap_or(ForwardQuestion::Stands)
}
