//! What was said is passed on to somebody outside the conversation, and they answer the desk alone.

use super::{Refused, Ticket};
use crate::event::Event;
use crate::ids::{MessageId, PersonId};
use crate::intake::Reason;

/// `message` passes one message on, or (without `of`) the whole conversation. It moves nobody's turn: whoever waits for the
/// answer says so.
///
/// # Errors
/// When the ticket is set aside.
pub fn forward(
    ticket: &Ticket,
    message: MessageId,
    of: Option<MessageId>,
    to: String,
) -> Result<Vec<Event>, Refused> {
    ticket.must_be_in_sight()?;
    Ok(vec![Event::Forwarded { message, of, to }])
}

/// What is known of a mail that came in on a ticket some of which was forwarded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answering {
    /// It answers a mail by which an agent forwarded something.
    pub answers_forward: bool,
    /// Its writer is one of those it was forwarded to, or got a copy nobody else knows of.
    pub was_forwarded_to: bool,
    /// Its writer asked, takes part, or is of the ticket's client.
    pub is_of_client: bool,
    /// Somebody of the client's side got the same mail.
    pub client_has_it: bool,
}

/// Whether only the desk reads it. What the client has anyway, or says themselves, is no secret.
pub fn is_private(it: Answering) -> bool {
    (it.answers_forward || it.was_forwarded_to) && !it.is_of_client && !it.client_has_it
}

/// The answer as the ticket's history tells it. Nothing wakes: the client said nothing.
pub fn receive_privately(message: MessageId, from: Option<PersonId>, reason: Reason) -> Vec<Event> {
    vec![Event::ForwardAnswered {
        message,
        from,
        reason,
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_to_a_forward_is_the_desks_unless_the_client_has_it() {
        let check = |what: [bool; 4], expected: bool| {
            let [
                answers_forward,
                was_forwarded_to,
                is_of_client,
                client_has_it,
            ] = what;
            let it = Answering {
                answers_forward,
                was_forwarded_to,
                is_of_client,
                client_has_it,
            };
            assert_eq!(is_private(it), expected, "{it:?}");
        };
        check([true, true, false, false], true);
        check([true, false, false, false], true);
        check([false, true, false, false], true);
        check([false, false, false, false], false);
        check([true, true, true, false], false);
        check([true, true, false, true], false);
    }
}
