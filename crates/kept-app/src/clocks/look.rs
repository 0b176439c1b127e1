//! One look at a ticket's clocks: its history, the agreement that holds, what is owed now and what happens next.

use std::sync::Arc;

use jiff::Timestamp;
use kept_domain::agreements::{Book, Wording};
use kept_domain::clocks::{self, How, Obligation, Owed, Stretch};
use kept_domain::event::{Event, Recorded};
use kept_domain::ids::{AgreementVersionId, TicketId};
use kept_domain::ladders::{self, Planned, Taken};
use kept_domain::scorecards::{Counting, countings};
use kept_domain::tickets::Ticket;
use kept_store::obligations::{Due, Next, Stored};
use kept_store::turns::Turn;
use kept_store::{Tx, events, history};

use super::holders::{Holder, holder_at, holders, parted};
use crate::{Error, agreements};

pub(crate) struct Look {
    /// The ticket's own lines.
    pub history: Vec<Recorded>,
    pub wording: Arc<Wording>,
    /// What the agreement is called, and which of its versions holds.
    pub agreement: String,
    pub version: i64,
    pub obligations: Vec<Obligation>,
    /// Whose turn it was, oldest first.
    pub turns: Vec<Stretch>,
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
        let turns = clocks::turns(&facts, now);
        let version = book.choose(ticket, bound(&history)).version;
        let wording = Arc::clone(&version.wording);
        let planned = ladders::plan(&wording, &obligations, &Taken::of(&history));
        Self {
            history,
            wording,
            agreement: version.name.clone(),
            version: version.number,
            obligations,
            turns,
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
            alarm: self.alarm().map(next_whole_ms),
        }
    }

    /// When a step is to be taken, or a due time passes of which nobody is told any more: after a new agreement gave more
    /// time for what was late once, that it is late again is written down and not told anew.
    fn alarm(&self) -> Option<Timestamp> {
        let step = self.planned.first().map(|it| it.at);
        let passes = self.obligations.iter().filter_map(Obligation::late_from);
        step.into_iter().chain(passes).min()
    }

    /// By when the client owes a confirmation of what was resolved.
    pub fn confirmation_due(&self) -> Option<Timestamp> {
        let owed = self.obligations.iter().filter(|it| it.is_owed());
        let mut confirmations = owed.filter(|it| it.owed == Owed::Confirmation);
        confirmations.next_back()?.due
    }

    /// What is owed and was, as it is stored.
    pub fn rows(&self, ticket: &Ticket) -> Vec<Stored> {
        let holders = holders(ticket.id, &self.history);
        let countings = countings(&self.obligations, ticket.aside().is_some());
        let rows = self.obligations.iter().zip(countings);
        rows.map(|(it, counting)| row(ticket, it, counting, &holders))
            .collect()
    }

    /// Whose turn it was and who held the ticket meanwhile, as it is stored.
    pub fn turn_rows(&self, ticket: &Ticket) -> Vec<Turn> {
        let holders = holders(ticket.id, &self.history);
        let whole = self.turns.iter().map(|turn| Stretch {
            from: whole_ms(turn.from),
            to: turn.to.map(whole_ms),
            ..*turn
        });
        whole
            .flat_map(|turn| parted(ticket, turn, &holders))
            .collect()
    }
}

fn row(
    ticket: &Ticket,
    obligation: &Obligation,
    counting: Counting,
    holders: &[(Timestamp, Holder)],
) -> Stored {
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
        used_ms: used_ms(obligation),
        counting,
    }
}

/// Only of what was done: what goes on is used up further every moment.
fn used_ms(obligation: &Obligation) -> Option<i64> {
    let done = obligation.end.filter(|end| end.how == How::Done);
    done.and_then(|_| i64::try_from(obligation.used.as_millis()).ok())
}

/// The agreement that holds for a ticket: what it is called, its version, and its wording.
pub(crate) fn terms(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
) -> Result<(String, i64, Arc<Wording>), Error> {
    let named = history::named(tx, &[ticket.id], &["agreement-changed"], 1)?;
    let book = agreements::book(tx)?;
    let version = book.choose(ticket, bound(&named)).version;
    let wording = Arc::clone(&version.wording);
    Ok((version.name.clone(), version.number, wording))
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

/// Rounded up: whoever looks a part of a millisecond too early finds nothing due.
fn next_whole_ms(at: Timestamp) -> Timestamp {
    let whole = whole_ms(at);
    match whole < at {
        true => whole + jiff::SignedDuration::from_millis(1),
        false => whole,
    }
}
