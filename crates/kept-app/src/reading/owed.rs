//! What is and was owed on a ticket, each with the reasons in words.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::clocks::{self, Outcome, Owed, Side, Stretch};
use kept_domain::hours::Calendar;
use kept_domain::ids::TicketId;
use kept_domain::tickets::Ticket;
use kept_store::obligations::{self, Due, Stored};
use kept_store::{Tx, history, tickets, turns};

use crate::clocks::{Look, terms};
use crate::{Desk, Error};

/// One obligation as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obliged {
    pub owed: Owed,
    pub side: Side,
    pub outcome: Outcome,
    /// It stands still for now.
    pub is_paused: bool,
    /// Somebody still owes it, in time or late.
    pub is_owed: bool,
    /// `None` while it is paused.
    pub due: Option<Timestamp>,
    /// The due time that passed unmet.
    pub missed_at: Option<Timestamp>,
    /// Sentences, each a fact of its own.
    pub why: Vec<String>,
}

/// What the agreement that holds is called, its version, and everything owed under it: what goes on first, the next due at the
/// top, then what ended, the latest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obligations {
    pub agreement: String,
    pub version: i64,
    pub all: Vec<Obliged>,
    /// Whose turn it was, oldest first.
    pub turns: Vec<Stretch>,
    /// The desk's hours, which the turn strip is drawn in.
    pub hours: Arc<Calendar>,
    /// What is due next, by either side.
    pub next: Option<Due>,
    /// Of a long ticket only what is owed still and what was last, as it was written down, without the reasons.
    pub is_brief: bool,
}

/// How much of a long ticket's obligations is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// All of a ticket of usual length; of a longer one what is written beside it.
    Usual,
    Whole,
}

/// A ticket with more lines than this in its history is a long one.
const LONG: usize = 400;
/// What is shown of a long ticket's life.
const MOST_ENDED: usize = 20;
const MOST_TURNS: usize = 60;

/// `zone` is the reader's, for times that somebody gave by hand.
///
/// # Errors
/// When the viewer may not, or there is no such ticket.
pub async fn owed(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    zone: TimeZone,
    depth: Depth,
) -> Result<Obligations, Error> {
    allow(viewer, Act::Read)?;
    let now = desk.now();
    desk.store()
        .read(move |tx| {
            let ticket = tickets::find(tx, id)?;
            let ticket = ticket.ok_or_else(|| Error::not_found(format!("ticket #{id}")))?;
            if depth == Depth::Usual && history::is_longer_than(tx, &[id], LONG)? {
                return written_down(tx, &ticket);
            }
            let look = Look::at(tx, &ticket, now)?;
            Ok(shown(&look, now, &zone))
        })
        .await
}

/// What the clocks wrote down when something last happened.
fn written_down(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Obligations, Error> {
    let (agreement, version, wording) = terms(tx, ticket)?;
    let (mut all, ended) = obligations::newest(tx, ticket.id, MOST_ENDED)?;
    all.sort_by_key(|it| (it.due.is_none(), it.due));
    all.extend(ended);
    let turns = turns::newest(tx, ticket.id, MOST_TURNS)?;
    Ok(Obligations {
        agreement,
        version,
        all: all.iter().map(as_written).collect(),
        turns: turns::strip_of(&turns, ticket.id),
        hours: Arc::clone(&wording.desk),
        next: obligations::next_of(tx, ticket.id)?.due,
        is_brief: true,
    })
}

fn as_written(it: &Stored) -> Obliged {
    Obliged {
        owed: it.owed,
        side: it.side,
        outcome: it.settled.map_or(Outcome::Owed, |(_, outcome)| outcome),
        is_paused: it.ended.is_none() && it.due.is_none() && it.missed_at.is_none(),
        is_owed: it.ended.is_none(),
        due: it.due,
        missed_at: it.missed_at,
        why: vec![],
    }
}

fn shown(look: &Look, now: Timestamp, zone: &TimeZone) -> Obligations {
    let obliged = |it: &clocks::Obligation| Obliged {
        owed: it.owed,
        side: it.side,
        outcome: it.outcome(),
        is_paused: it.is_paused(),
        is_owed: it.is_owed(),
        due: it.due,
        missed_at: it.missed_at,
        why: clocks::why(it, now, zone),
    };
    let (mut running, ended): (Vec<_>, Vec<_>) =
        look.obligations.iter().partition(|it| it.is_owed());
    running.sort_by_key(|it| (it.is_paused(), it.due));
    let all = running.into_iter().chain(ended.into_iter().rev());
    Obligations {
        agreement: look.agreement.clone(),
        version: look.version,
        all: all.map(obliged).collect(),
        turns: look.turns.clone(),
        hours: Arc::clone(&look.wording.desk),
        next: look.next().due,
        is_brief: false,
    }
}
