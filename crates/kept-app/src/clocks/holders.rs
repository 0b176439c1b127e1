//! Who held a ticket when, so that each stretch of its life goes on the right record.

use jiff::Timestamp;
use kept_domain::clocks::Stretch;
use kept_domain::event::Recorded;
use kept_domain::ids::{ClientId, PersonId, QueueId, TicketId};
use kept_domain::tickets::Ticket;
use kept_store::turns::Turn;

/// On whose record something goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Holder {
    pub client: Option<ClientId>,
    pub queue: QueueId,
    pub responsible: PersonId,
}

impl Holder {
    pub fn of(ticket: &Ticket) -> Self {
        Self {
            client: ticket.client,
            queue: ticket.queue,
            responsible: ticket.responsible,
        }
    }
}

/// Who held the ticket from when on, in order. Its history is gone through once.
pub(super) fn holders(id: TicketId, history: &[Recorded]) -> Vec<(Timestamp, Holder)> {
    let mut found: Vec<(Timestamp, Holder)> = Vec::new();
    let mut ticket: Option<Ticket> = None;
    for line in history {
        match &mut ticket {
            None => ticket = Ticket::opened(id, line.at, &line.event),
            Some(ticket) => ticket.apply(line.at, &line.event),
        }
        if let Some(holder) = ticket.as_ref().map(Holder::of)
            && found.last().is_none_or(|(_, last)| *last != holder)
        {
            found.push((line.at, holder));
        }
    }
    found
}

pub(super) fn holder_at(holders: &[(Timestamp, Holder)], at: Timestamp) -> Option<Holder> {
    let until = holders.iter().rfind(|(from, _)| *from <= at);
    until.map(|(_, holder)| *holder)
}

/// A turn, parted where the ticket came to other hands.
pub(super) fn parted(ticket: &Ticket, turn: Stretch, holders: &[(Timestamp, Holder)]) -> Vec<Turn> {
    let changes = holders.iter().map(|(from, _)| *from);
    let within = changes.filter(|at| turn.from < *at && turn.to.is_none_or(|to| *at < to));
    let mut begins: Vec<Timestamp> = std::iter::once(turn.from).chain(within).collect();
    begins.sort_unstable();
    begins.dedup();
    let ends = begins.iter().skip(1).copied().map(Some).chain([turn.to]);
    let part = |(from, to): (&Timestamp, Option<Timestamp>)| {
        let holder = holder_at(holders, *from).unwrap_or_else(|| Holder::of(ticket));
        Turn {
            ticket: ticket.id,
            whose: turn.whose,
            from: *from,
            to,
            client: holder.client,
            queue: holder.queue,
            responsible: holder.responsible,
        }
    };
    begins.iter().zip(ends).map(part).collect()
}
