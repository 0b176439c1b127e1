//! An agent says what became of a duty, and closes its ticket with it when nothing else is left to do.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::duties::{self as rules, CannotEnd, State};
use kept_domain::event::{Actor, Event};
use kept_domain::ids::{DutyRunId, TicketId};
use kept_domain::tickets::close;
use kept_store::duties;

use crate::consequences::record;
use crate::tickets::load;
use crate::{Desk, Error};

/// The client did it. Tells on which ticket that is read.
///
/// # Errors
/// When the viewer may not, there is no such duty, or it is over.
pub async fn done(
    desk: &Desk,
    viewer: &Viewer,
    run: DutyRunId,
    closes: bool,
) -> Result<TicketId, Error> {
    end(desk, viewer, run, closes, |run, state| {
        rules::done(run, state)
    })
    .await
}

/// The client did not do it; both sides can read why.
///
/// # Errors
/// The same, and when no reason is given.
pub async fn not_done(
    desk: &Desk,
    viewer: &Viewer,
    run: DutyRunId,
    why: String,
    closes: bool,
) -> Result<TicketId, Error> {
    end(desk, viewer, run, closes, move |run, state| {
        rules::not_done(run, state, &why)
    })
    .await
}

async fn end(
    desk: &Desk,
    viewer: &Viewer,
    id: DutyRunId,
    closes: bool,
    decide: impl Fn(DutyRunId, State) -> Result<Event, CannotEnd> + Send + 'static,
) -> Result<TicketId, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let missing = || Error::not_found("duty");
            let run = duties::find(tx, id)?.ok_or_else(missing)?;
            let mut ticket = load(tx, run.ticket.ok_or_else(missing)?)?;
            // Somebody may have been quicker.
            let run = duties::find(tx, id)?.ok_or_else(missing)?;
            let mut events = vec![decide(id, run.state)?];
            if closes && ticket.is_open() {
                events.extend(close(&ticket)?);
            }
            record(tx, &mut ticket, now, by, &events)?;
            let told_at = kept_store::tickets::told_at(tx, ticket.id)?;
            if told_at != ticket.id {
                let told = load(tx, told_at)?;
                crate::clocks::refresh(tx, &told, now)?;
            }
            Ok(told_at)
        })
        .await
}

impl From<CannotEnd> for Error {
    fn from(why: CannotEnd) -> Self {
        let words = why.to_string();
        match why {
            CannotEnd::Over => Error::Conflict(words),
            CannotEnd::NoReason | CannotEnd::TooLong => Error::invalid("why", words),
        }
    }
}
