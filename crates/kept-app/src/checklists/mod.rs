//! Checklists of tickets: steps are added, changed, ticked and read.

mod shown;

pub use shown::{Listed, Task, of_ticket, open_steps, tasks};

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::checklists::{self as rules, BadStep, NewStep, Step};
use kept_domain::event::{Actor, Event};
use kept_domain::ids::TicketId;
use kept_domain::tickets::Ticket;
use kept_store::{Tx, events, steps};

use crate::consequences::record;
use crate::tickets::{load, must_be_agent};
use crate::{Desk, Error};

/// What somebody does with a checklist; a step is named by its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    Add(Vec<NewStep>),
    Change(u32, NewStep),
    Shift {
        step: u32,
        up: bool,
    },
    Remove(u32),
    /// Takes a removal back.
    Restore(u32),
    /// With what shows it; may be empty.
    Tick(u32, String),
    Untick(u32),
}

/// # Errors
/// When the viewer may not, the ticket is set aside, the step is gone, or what is written can't be taken.
pub async fn edit(desk: &Desk, viewer: &Viewer, id: TicketId, edit: Edit) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            let events = decide(tx, &ticket, &edit)?;
            record(tx, &mut ticket, now, by, &events)
        })
        .await
}

fn decide(tx: &mut Tx<'_>, ticket: &Ticket, edit: &Edit) -> Result<Vec<Event>, Error> {
    let history = events::of_ticket(tx, ticket.id)?;
    let steps = rules::steps(&history);
    let decided = match edit {
        Edit::Add(new) => {
            new.iter().try_for_each(|step| may_have(tx, step, None))?;
            rules::add(ticket, &history, new)
        }
        Edit::Change(number, new) => {
            let known = steps.iter().find(|step| step.number == *number);
            may_have(tx, new, known)?;
            rules::change(ticket, &steps, *number, new)
        }
        Edit::Shift { step, up } => rules::shift(ticket, &steps, *step, *up),
        Edit::Remove(number) => rules::remove(ticket, &steps, *number),
        Edit::Restore(number) => rules::restore(ticket, &history, *number),
        Edit::Tick(number, evidence) => rules::tick(ticket, &steps, *number, evidence),
        Edit::Untick(number) => rules::untick(ticket, &steps, *number),
    };
    decided.map_err(refused)
}

/// The checklist a ticket begins with.
pub(crate) fn first(ticket: &Ticket, steps: &[NewStep]) -> Result<Vec<Event>, Error> {
    rules::add(ticket, &[], steps).map_err(|problem| match problem {
        BadStep::Refused(refused) => refused.into(),
        other => Error::invalid("steps", other.to_string()),
    })
}

/// A step is given to people who work here. It stays with somebody who left until it is given to another.
fn may_have(tx: &mut Tx<'_>, new: &NewStep, known: Option<&Step>) -> Result<(), Error> {
    match new.person {
        Some(person) if known.and_then(|step| step.person) != Some(person) => {
            must_be_agent(tx, person)
        }
        _ => Ok(()),
    }
}

/// Brings the stored steps in line with the history, when something happened to them.
pub(crate) fn follow(tx: &mut Tx<'_>, ticket: TicketId, happened: &[Event]) -> Result<(), Error> {
    if !happened.iter().any(rules::concerns) {
        return Ok(());
    }
    let history = events::of_ticket(tx, ticket)?;
    Ok(steps::replace(tx, ticket, &rules::steps(&history))?)
}

fn refused(problem: BadStep) -> Error {
    match problem {
        BadStep::Refused(refused) => refused.into(),
        BadStep::Gone => Error::Conflict(problem.to_string()),
        BadStep::Nothing | BadStep::TooLong | BadStep::TooMany => {
            Error::invalid("what", problem.to_string())
        }
        BadStep::EvidenceTooLong => Error::invalid("evidence", problem.to_string()),
    }
}
