//! The ticket that tests begin with.

use crate::event::Event;
use crate::ids::{PersonId, QueueId};
use crate::queues::Chosen;
use crate::tickets::{Kind, Priority};

/// A printer that does not print, for person 1, who has duty.
pub(crate) fn opened() -> Event {
    opened_for(PersonId(1))
}

/// The same for somebody else.
pub(crate) fn opened_for(responsible: PersonId) -> Event {
    Event::Opened {
        subject: "Printer".into(),
        kind: Kind::Incident,
        priority: Priority::Normal,
        queue: QueueId(1),
        requester: None,
        client: None,
        responsible,
        chosen: Chosen::OnDuty,
    }
}
