//! What a version would do to the tickets that are open now, worked out on the real ones. Changes nothing.

use std::sync::Arc;

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::agreements::{Book, would_be_late};
use kept_domain::clocks::{CountFrom, Fact, Terms, facts};
use kept_domain::event::Recorded;
use kept_domain::ids::{AgreementVersionId, TicketId};
use kept_domain::tickets::Ticket;
use kept_store::{Tx, agreements, events, tickets};

use super::{Draft, book};
use crate::{Desk, Error};

/// Tickets looked at in one transaction.
const BATCH: usize = 100;
/// Tickets looked at in all: somebody waits for the page.
const MOST: usize = 1_000;

/// What each way of changing would bring.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effect {
    /// Open tickets it is for; at least so many when `more`.
    pub open: usize,
    /// There are further open tickets that nobody looked at.
    pub more: bool,
    /// Those that would be late at once with the change counting from now on.
    pub late_from_now: Vec<TicketId>,
    /// Those with the change counting from their start.
    pub late_from_start: Vec<TicketId>,
}

/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn effect(desk: &Desk, viewer: &Viewer, draft: &Draft) -> Result<Effect, Error> {
    allow(viewer, Act::Administer)?;
    let now = desk.now();
    let (mut effect, mut after, mut seen) = (Effect::default(), TicketId(0), 0);
    loop {
        let draft = draft.clone();
        let (batch, ids) = desk
            .store()
            .read(move |tx| batch(tx, &draft, after, now))
            .await?;
        effect.add(batch);
        seen += ids.len();
        match ids.last() {
            Some(last) if ids.len() == BATCH && seen < MOST => after = *last,
            _ => {
                effect.more = ids.len() == BATCH;
                return Ok(effect);
            }
        }
    }
}

impl Effect {
    fn add(&mut self, other: Effect) {
        self.open += other.open;
        self.late_from_now.extend(other.late_from_now);
        self.late_from_start.extend(other.late_from_start);
    }
}

fn batch(
    tx: &mut Tx<'_>,
    draft: &Draft,
    after: TicketId,
    now: Timestamp,
) -> Result<(Effect, Vec<TicketId>), Error> {
    let book = book(tx)?;
    let ids = agreements::open_tickets(tx, draft.scope, after, BATCH)?;
    let mut effect = Effect::default();
    for id in &ids {
        let Some(ticket) = tickets::find(tx, *id)? else {
            continue;
        };
        if !book.concerns(draft.scope, &ticket, now) {
            continue;
        }
        effect.open += 1;
        let facts = facts_of(tx, &book, *id)?;
        let (terms, _) = draft.wording.terms(ticket.priority, ticket.kind);
        let terms = Arc::new(terms);
        let late = |from| would_be_late(&facts, Arc::clone(&terms), from, now);
        if late(CountFrom::Now) {
            effect.late_from_now.push(*id);
        }
        if late(CountFrom::Start) {
            effect.late_from_start.push(*id);
        }
    }
    Ok((effect, ids))
}

/// What happened on a ticket so far, those merged into it included.
fn facts_of(tx: &mut Tx<'_>, book: &Book, id: TicketId) -> Result<Vec<Fact>, Error> {
    let history = events::of_ticket(tx, id)?;
    let mut others: Vec<Vec<Recorded>> = Vec::new();
    for merged in tickets::merged_into(tx, id)? {
        others.push(events::of_ticket(tx, merged)?);
    }
    let others: Vec<&[Recorded]> = others.iter().map(Vec::as_slice).collect();
    let terms = |ticket: &Ticket, bound: Option<AgreementVersionId>| -> Arc<Terms> {
        book.choose(ticket, bound).terms
    };
    Ok(facts(&history, &others, terms))
}
