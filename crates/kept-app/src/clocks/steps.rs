//! Takes the steps of the ladders: written into the history, and told to whoever they concern.

use jiff::Timestamp;
use kept_domain::clocks::{Key, Owed, Side};
use kept_domain::event::{Actor, Event};
use kept_domain::ids::{PersonId, PromiseId, TicketId};
use kept_domain::ladders::Step;
use kept_domain::notifications::Kind;
use kept_domain::people::Role;
use kept_domain::tickets::Ticket;
use kept_store::{Tx, people, queues};

use super::{Look, refresh, silence};
use crate::consequences::record;
use crate::notifications::{self, Telling};
use crate::{Desk, Error};

/// One look takes at most so many; a ticket that wants more is looked at again.
const MOST_AT_ONCE: usize = 50;

/// All steps of a ticket that are due by `now`, in their order.
pub(super) fn take_due(
    tx: &mut Tx<'_>,
    desk: &Desk,
    id: TicketId,
    now: Timestamp,
) -> Result<(), Error> {
    let mut ticket = crate::tickets::load(tx, id)?;
    for _ in 0..MOST_AT_ONCE {
        let look = Look::at(tx, &ticket, now)?;
        let due = look.planned.first().filter(|planned| planned.at <= now);
        let Some(step) = due.map(|planned| planned.step) else {
            break;
        };
        take(tx, desk, &mut ticket, &look, step, now)?;
    }
    refresh(tx, &ticket, now)
}

fn take(
    tx: &mut Tx<'_>,
    desk: &Desk,
    ticket: &mut Ticket,
    look: &Look,
    step: Step,
    now: Timestamp,
) -> Result<(), Error> {
    let events = match step {
        Step::Warn { owed, run } => {
            let to = ticket.responsible;
            tell(tx, ticket, (to, Kind::DueSoon), &due_soon(owed), now)?;
            vec![Event::Warned { owed, run, to }]
        }
        Step::Miss { owed, run, due } => {
            missed(tx, ticket, look, owed, now)?;
            vec![Event::Missed { owed, run, due }]
        }
        Step::Escalate { owed, run, step } => {
            let to = higher(tx, ticket, look)?;
            tell(tx, ticket, (to, Kind::Escalated), &late(owed), now)?;
            let escalated = Event::Escalated {
                owed,
                run,
                step,
                to,
            };
            vec![escalated]
        }
        Step::Remind { owed, run, step } => {
            let outgoing = silence::remind(tx, desk, ticket, look, (owed, step), now)?;
            let reminded = Event::Reminded {
                owed,
                run,
                step,
                outgoing,
            };
            vec![reminded]
        }
        Step::Park => {
            silence::parked(tx, desk, ticket, look, now)?;
            vec![Event::Parked]
        }
        Step::CloseUnanswered => {
            silence::closed(tx, desk, ticket, look, now)?;
            vec![Event::ClosedUnanswered]
        }
        Step::CloseUnconfirmed => vec![Event::Closed],
    };
    record(tx, ticket, now, Actor::Kept, &events)?;
    if let Step::Miss { owed, run, .. } = step
        && let Some(promise) = promise_of(look, owed, run)
    {
        crate::promises::broke(tx, promise, now)?;
        *ticket = crate::tickets::load(tx, ticket.id)?;
    }
    Ok(())
}

/// Which promise an obligation is about.
fn promise_of(look: &Look, owed: Owed, run: i64) -> Option<PromiseId> {
    let mut those = look.obligations.iter();
    let it = those.find(|it| (it.owed, i64::from(it.run)) == (owed, run))?;
    match it.key()? {
        Key::Promise(id) => Some(id),
        Key::Line(_) | Key::Duty(_) => None,
    }
}

/// What the desk missed is told to the responsible agent and to the dispatcher; what the client missed stands on the record
/// and in the reminders.
fn missed(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    look: &Look,
    owed: Owed,
    now: Timestamp,
) -> Result<(), Error> {
    let ours = look
        .obligations
        .iter()
        .any(|it| it.is_owed() && it.owed == owed && it.side == Side::Desk);
    if !ours {
        return Ok(());
    }
    let kind = match owed {
        Owed::Promise => Kind::PromiseBroken,
        _ => Kind::Late,
    };
    tell(tx, ticket, (ticket.responsible, kind), &late(owed), now)?;
    let dispatcher = dispatcher(tx, ticket)?;
    if dispatcher != ticket.responsible {
        tell(tx, ticket, (dispatcher, Kind::Late), &late(owed), now)?;
    }
    Ok(())
}

fn due_soon(owed: Owed) -> String {
    format!("Due soon: {}", owed.words())
}

fn late(owed: Owed) -> String {
    format!("Late: {}", owed.words())
}

fn tell(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    (person, kind): (PersonId, Kind),
    words: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let telling = Telling {
        person,
        kind,
        words,
        message: None,
        on_page: false,
    };
    notifications::tell(tx, ticket, &telling, now)
}

fn dispatcher(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<PersonId, Error> {
    let queue = queues::all(tx)?
        .into_iter()
        .find(|queue| queue.id == ticket.queue);
    Ok(queue.map_or(ticket.responsible, |queue| queue.dispatcher))
}

/// Whom the agreement names, else the first admin who works here, else the dispatcher.
fn higher(tx: &mut Tx<'_>, ticket: &Ticket, look: &Look) -> Result<PersonId, Error> {
    let named = look.wording.escalation.and_then(|escalation| escalation.to);
    if let Some(named) = named
        && people::works_here(tx, named)?
    {
        return Ok(named);
    }
    let agents = people::agents(tx)?.into_iter();
    let mut admins = agents.filter(|agent| agent.role == Some(Role::Admin) && !agent.has_left);
    match admins.next() {
        Some(admin) => Ok(admin.id),
        None => dispatcher(tx, ticket),
    }
}
