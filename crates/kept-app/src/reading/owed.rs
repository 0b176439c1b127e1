//! What is and was owed on a ticket, each with the reasons in words.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::clocks::{self, Outcome, Owed, Side, Stretch};
use kept_domain::hours::Calendar;
use kept_domain::ids::TicketId;
use kept_store::obligations::Due;
use kept_store::tickets;

use crate::clocks::Look;
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
}

/// `zone` is the reader's, for times that somebody gave by hand.
///
/// # Errors
/// When the viewer may not, or there is no such ticket.
pub async fn owed(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    zone: TimeZone,
) -> Result<Obligations, Error> {
    allow(viewer, Act::Read)?;
    let now = desk.now();
    desk.store()
        .read(move |tx| {
            let ticket = tickets::find(tx, id)?;
            let ticket = ticket.ok_or_else(|| Error::not_found(format!("ticket #{id}")))?;
            let look = Look::at(tx, &ticket, now)?;
            Ok(shown(&look, now, &zone))
        })
        .await
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
    }
}
