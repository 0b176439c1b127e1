//! Opening a ticket. It has a responsible agent and a turn from its first moment.

use super::{Kind, Priority, Refused, clean_subject};
use crate::event::Event;
use crate::ids::{ClientId, PersonId, QueueId};
use crate::queues::Chosen;

/// What is known when a ticket is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    pub subject: String,
    pub kind: Kind,
    pub priority: Priority,
    pub queue: QueueId,
    pub requester: Option<PersonId>,
    pub client: Option<ClientId>,
    pub responsible: PersonId,
    pub chosen: Chosen,
}

/// # Errors
/// When the subject is empty; mail without a subject is given one before it gets here.
pub fn open(opening: Opening) -> Result<Event, Refused> {
    Ok(Event::Opened {
        subject: clean_subject(&opening.subject)?,
        kind: opening.kind,
        priority: opening.priority,
        queue: opening.queue,
        requester: opening.requester,
        client: opening.client,
        responsible: opening.responsible,
        chosen: opening.chosen,
    })
}
