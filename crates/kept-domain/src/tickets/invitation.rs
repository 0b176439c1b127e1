//! Whether the desk comes to a meeting it was invited to. It moves no turn: nothing was said about the request.

use super::{Refused, Ticket};
use crate::event::Event;
use crate::ids::{MessageId, OutgoingId};
use crate::messages::InvitationAnswer;

/// The organizer, `to`, was told. `message` brought the invitation to the meeting `uid`.
///
/// # Errors
/// When the ticket is set aside.
pub fn answer_invitation(
    ticket: &Ticket,
    message: MessageId,
    uid: &str,
    answer: InvitationAnswer,
    outgoing: OutgoingId,
    to: &str,
) -> Result<Event, Refused> {
    ticket.must_be_in_sight()?;
    Ok(Event::InvitationAnswered {
        message,
        uid: uid.to_owned(),
        answer,
        outgoing,
        to: to.to_owned(),
    })
}
