//! An act on many tickets at work: so many a transaction, each ticket written down with what became of it, until none
//! is left. After a restart it goes on where it was.

use jiff::Timestamp;
use kept_domain::bulk::{Before, BulkAct, CHANGED_SINCE, Outcome, decide, put_back, reason};
use kept_domain::event::{Actor, Event};
use kept_domain::ids::TicketId;
use kept_domain::tickets::Ticket;
use kept_store::bulk::{self, Bulk, Fate, State};
use kept_store::jobs::{Job, LeaseError};
use kept_store::{Tx, events};

use crate::consequences::{Hears, TICKETS, record_for};
use crate::delegation::{NewOffer, OfferTo, offer_in};
use crate::parts::{self, AT_ONCE};
use crate::tickets::load;
use crate::{Desk, Error, fields};

pub(crate) const JOB: &str = "bulk";

/// The topic under which one act is watched.
pub(crate) fn topic(id: i64) -> String {
    parts::key(JOB, id)
}

/// Does one part and comes again for the next.
pub(crate) async fn run(desk: &Desk, job: &Job) -> Result<(), LeaseError> {
    parts::run(desk, job, JOB, some).await
}

/// One part at once, for whoever waits for the answer; whether there is more.
///
/// # Errors
/// When the store can't answer.
pub async fn part(desk: &Desk, id: i64) -> Result<bool, Error> {
    let now = desk.now();
    desk.store().write(move |tx| some(tx, id, now)).await
}

/// Whether there is more to do.
fn some(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> Result<bool, Error> {
    let Some(it) = bulk::find_to_change(tx, id)?.filter(|it| it.state.goes_on()) else {
        return Ok(false);
    };
    let undoes = it.state == State::Undoing;
    let which = if undoes {
        Outcome::Done
    } else {
        Outcome::Waiting
    };
    let tickets = bulk::next(tx, id, which, AT_ONCE)?;
    for (ticket, before) in &tickets {
        let fate = match undoes {
            true => undo_one(tx, &it, *ticket, before.as_ref(), now)?,
            false => do_one(tx, &it, *ticket, now)?,
        };
        bulk::settle(tx, id, *ticket, &fate)?;
    }
    let more = tickets.len() == AT_ONCE;
    if !more {
        let ended = if undoes { State::Undone } else { State::Done };
        bulk::set_state(tx, id, ended, Some(now))?;
    }
    tx.announce(TICKETS);
    tx.announce(topic(id));
    Ok(more)
}

fn do_one(tx: &mut Tx<'_>, it: &Bulk, id: TicketId, now: Timestamp) -> Result<Fate, Error> {
    let mut ticket = load(tx, id)?;
    let before = Before::of(&ticket, now);
    let events = match decide(&it.act, &ticket) {
        Ok(events) if events.is_empty() => return Ok(fate(Outcome::Same, None, None)),
        Ok(events) => events,
        Err(refused) => return Ok(fate(Outcome::Refused, Some(reason(&refused)), None)),
    };
    if let Some(why) = fields::held_back(tx, &ticket, &events)? {
        return Ok(fate(Outcome::Refused, Some(why), None));
    }
    match carry_out(tx, it, &mut ticket, &events, now) {
        Ok(()) => Ok(fate(Outcome::Done, None, Some(before))),
        Err(error) => refused_or_lost(error, Outcome::Refused),
    }
}

fn undo_one(
    tx: &mut Tx<'_>,
    it: &Bulk,
    id: TicketId,
    before: Option<&Before>,
    now: Timestamp,
) -> Result<Fate, Error> {
    let changed = || fate(Outcome::Stayed, Some(CHANGED_SINCE.to_owned()), None);
    let Some(before) = before else {
        return Ok(changed());
    };
    let mut ticket = load(tx, id)?;
    let by = Actor::Person(it.by);
    let history = match it.act {
        BulkAct::Resolve | BulkAct::Close => events::of_ticket(tx, id)?,
        _ => vec![],
    };
    match put_back(&it.act, &ticket, before, (&history, by)) {
        Ok(Some(events)) => {
            record_for(tx, &mut ticket, now, (by, Hears::OnPage), &events)?;
            Ok(fate(Outcome::Undone, None, None))
        }
        Ok(None) => Ok(changed()),
        Err(refused) => Ok(fate(Outcome::Stayed, Some(reason(&refused)), None)),
    }
}

/// As if it were done singly, but that nobody gets a mail for each ticket.
fn carry_out(
    tx: &mut Tx<'_>,
    it: &Bulk,
    ticket: &mut Ticket,
    events: &[Event],
    now: Timestamp,
) -> Result<(), Error> {
    let BulkAct::Offer { to } = it.act else {
        let by = (Actor::Person(it.by), Hears::OnPage);
        return record_for(tx, ticket, now, by, events);
    };
    let offer = NewOffer {
        to: OfferTo::Agent(to),
        note: String::new(),
        due: None,
    };
    offer_in(tx, ticket, &offer, (it.by, Hears::OnPage), now).map(drop)
}

/// What the rules refuse is told; what went wrong ends this part, which is done anew.
fn refused_or_lost(error: Error, outcome: Outcome) -> Result<Fate, Error> {
    match error {
        error @ (Error::Store(_) | Error::Random(_)) => Err(error),
        other => Ok(fate(outcome, Some(other.to_string()), None)),
    }
}

fn fate(outcome: Outcome, why: Option<String>, before: Option<Before>) -> Fate {
    Fate {
        outcome,
        why,
        before,
    }
}

/// Whether somebody goes on with it; for the doctor.
pub(crate) fn stuck(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for it in bulk::under_way(tx)? {
        if !parts::goes_on(tx, JOB, it.id)? {
            found.push(format!(
                "Act {} on many tickets stands still; open /bulk/{} and take it back, or do it anew",
                it.id, it.id
            ));
        }
    }
    Ok(found)
}
