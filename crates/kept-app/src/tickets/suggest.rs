//! What the composer shows beside a reply that is being written, and what its author is asked afterwards. Nothing of the
//! text is stored or goes anywhere else.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::{Event, Recorded};
use kept_domain::ids::{MessageId, TicketId};
use kept_domain::language::asks;
use kept_domain::language::plain::{Plainness, plainness};
use kept_domain::tickets::AndThen;
use kept_domain::turn::{Suggestion, Turn, suggest as read};
use kept_store::{events, messages, tickets};

use super::waiting::{self, NewWait};
use crate::clocks::Look;
use crate::reading::body_of;
use crate::{Desk, Error};

/// What a reply would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreseen {
    /// `None` while nothing is written.
    pub turn: Option<Suggestion>,
    /// How plainly it is written; `None` while nothing is.
    pub plain: Option<Plainness>,
    /// What the client would read below it, Markdown; `None` without a wait that is complete.
    pub below: Option<String>,
}

/// # Errors
/// When the viewer may not, or there is no such ticket.
pub async fn foresee(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    text: String,
    wait: Option<NewWait>,
) -> Result<Foreseen, Error> {
    allow(viewer, Act::WorkTickets)?;
    let now = desk.now();
    desk.store()
        .read(move |tx| {
            let ticket = tickets::find(tx, id)?;
            let ticket = ticket.ok_or_else(|| Error::not_found(format!("ticket #{id}")))?;
            let hours = Look::at(tx, &ticket, now.max(ticket.touched_at))?.wording;
            let wait = wait.map(|new| waiting::made(tx, &ticket, &new, now));
            let below = match wait {
                Some(Ok(wait)) => Some(waiting::told(tx, &ticket, &wait, now)?),
                // It is being filled in.
                Some(Err(Error::Invalid { .. })) | None => None,
                Some(Err(error)) => return Err(error),
            };
            Ok(Foreseen {
                turn: read(&text, now, &hours.desk),
                plain: plainness(&text),
                below,
            })
        })
        .await
}

/// The sentence in which the viewer's own `message` asks something, when the turn stayed with the desk after it.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn left_asking(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    message: MessageId,
) -> Result<Option<String>, Error> {
    allow(viewer, Act::WorkTickets)?;
    let person = viewer.person;
    desk.store()
        .read(move |tx| {
            let said = messages::find(tx, message)?.filter(|it| it.person == Some(person));
            let ticket = tickets::find(tx, id)?.filter(|it| it.turn() == Turn::Desk);
            let (Some(said), Some(_)) = (said, ticket) else {
                return Ok(None);
            };
            if !kept_our_turn(&events::of_ticket(tx, id)?, message) {
                return Ok(None);
            }
            Ok(asks::asked(&body_of(&said).new_text()).map(|asked| asked.what))
        })
        .await
}

/// Whether it was said here to inform, nothing was said since, and nobody corrected the turn or took it back.
fn kept_our_turn(history: &[Recorded], message: MessageId) -> bool {
    let told = history.iter().rev().find_map(|line| match &line.event {
        Event::Replied { message, then } => Some((*message, *then)),
        Event::MessageReceived { .. } | Event::TurnCorrected { .. } | Event::Withdrawn { .. } => {
            Some((MessageId(0), AndThen::Resolve))
        }
        _ => None,
    });
    told == Some((message, AndThen::Update))
}
