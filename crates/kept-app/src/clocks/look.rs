//! One look at a ticket's clocks: its history, the agreement that holds, what is owed now and what happens next.

use std::sync::Arc;

use jiff::Timestamp;
use kept_domain::agreements::{Book, Wording};
use kept_domain::clocks::{self, Obligation};
use kept_domain::event::{Event, Recorded};
use kept_domain::ids::{AgreementVersionId, ClientId, PersonId, QueueId, TicketId};
use kept_domain::ladders::{self, Planned, Taken};
use kept_domain::tickets::Ticket;
use kept_store::obligations::{Due, Next, Stored};
use kept_store::{Tx, events};

use crate::{Error, agreements};

pub(crate) struct Look {
    /// The ticket's own lines.
    pub history: Vec<Recorded>,
    pub wording: Arc<Wording>,
    /// What the agreement is called, and which of its versions holds.
    pub agreement: String,
    pub version: i64,
    pub obligations: Vec<Obligation>,
    /// The steps still to come, the next first.
    pub planned: Vec<Planned>,
}

impl Look {
    pub fn at(tx: &mut Tx<'_>, ticket: &Ticket, now: Timestamp) -> Result<Self, Error> {
        let history = events::of_ticket(tx, ticket.id)?;
        Self::with(tx, ticket, history, now)
    }

    /// The same with its own lines at hand.
    pub fn with(
        tx: &mut Tx<'_>,
        ticket: &Ticket,
        history: Vec<Recorded>,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let others = absorbed(tx, ticket.id, &history)?;
        let book = agreements::book(tx)?;
        Ok(Self::of(ticket, history, &others, &book, now))
    }

    fn of(
        ticket: &Ticket,
        history: Vec<Recorded>,
        others: &[Recorded],
        book: &Book,
        now: Timestamp,
    ) -> Self {
        let others: Vec<&[Recorded]> = others.chunk_by(|a, b| a.ticket == b.ticket).collect();
        let facts = clocks::facts(&history, &others, |ticket, bound| {
            book.choose(ticket, bound).terms
        });
        let obligations = clocks::run(&facts, now);
        let version = book.choose(ticket, bound(&history)).version;
        let wording = Arc::clone(&version.wording);
        let planned = ladders::plan(&wording, &obligations, &Taken::of(&history));
        Self {
            history,
            wording,
            agreement: version.name.clone(),
            version: version.number,
            obligations,
            planned,
        }
    }

    /// What is due next, and when to look again.
    pub fn next(&self) -> Next {
        let owed = self.obligations.iter().filter(|it| it.is_owed());
        let due = owed.filter_map(|it| {
            Some(Due {
                at: whole_ms(it.missed_at.or(it.due)?),
                owed: it.owed,
                side: it.side,
            })
        });
        Next {
            due: due.min_by_key(|due| (due.at, due.owed)),
            alarm: self.planned.first().map(|it| whole_ms(it.at)),
        }
    }

    /// What is owed and was, as it is stored.
    pub fn rows(&self, ticket: &Ticket) -> Vec<Stored> {
        let holders = holders(ticket.id, &self.history);
        let rows = self.obligations.iter();
        rows.map(|it| row(ticket, it, &holders)).collect()
    }
}

fn row(ticket: &Ticket, obligation: &Obligation, holders: &[(Timestamp, Holder)]) -> Stored {
    let settled = obligation.settled();
    let then = settled.and_then(|(at, _)| holder_at(holders, at));
    let holder = then.unwrap_or_else(|| Holder::of(ticket));
    Stored {
        ticket: ticket.id,
        owed: obligation.owed,
        run: i64::from(obligation.run),
        side: obligation.side,
        began: whole_ms(obligation.began),
        due: obligation.due.map(whole_ms),
        warn_at: obligation.warn_at.map(whole_ms),
        missed_at: obligation.missed_at.map(whole_ms),
        ended: obligation.end.map(|end| (whole_ms(end.at), end.how)),
        settled: settled.map(|(at, outcome)| (whole_ms(at), outcome)),
        client: holder.client,
        queue: holder.queue,
        responsible: holder.responsible,
    }
}

/// On whose record something goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Holder {
    client: Option<ClientId>,
    queue: QueueId,
    responsible: PersonId,
}

impl Holder {
    fn of(ticket: &Ticket) -> Self {
        Self {
            client: ticket.client,
            queue: ticket.queue,
            responsible: ticket.responsible,
        }
    }
}

/// Who held the ticket from when on, in order. Its history is gone through once.
fn holders(id: TicketId, history: &[Recorded]) -> Vec<(Timestamp, Holder)> {
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

fn holder_at(holders: &[(Timestamp, Holder)], at: Timestamp) -> Option<Holder> {
    let until = holders.iter().rfind(|(from, _)| *from <= at);
    until.map(|(_, holder)| *holder)
}

/// The lines of the tickets that are told on this one, ticket by ticket.
fn absorbed(tx: &mut Tx<'_>, id: TicketId, own: &[Recorded]) -> Result<Vec<Recorded>, Error> {
    if !own
        .iter()
        .any(|line| matches!(line.event, Event::Absorbed { .. }))
    {
        return Ok(vec![]);
    }
    let told: Vec<TicketId> = crate::tickets::told_here(tx, id)?
        .into_iter()
        .skip(1)
        .collect();
    let mut lines = match told.is_empty() {
        true => vec![],
        false => events::of_tickets(tx, &told)?,
    };
    lines.sort_by_key(|line| (line.ticket, line.id));
    Ok(lines)
}

/// The version its history names last, if any.
fn bound(history: &[Recorded]) -> Option<AgreementVersionId> {
    history.iter().rev().find_map(|line| match line.event {
        Event::AgreementChanged { version, .. } => Some(version),
        _ => None,
    })
}

/// Times are stored in milliseconds.
fn whole_ms(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
}
