//! A hand-over at work: so many tickets a transaction, each written down with how far it is, until none is left.

use jiff::Timestamp;
use kept_domain::event::Actor;
use kept_domain::ids::{PersonId, TicketId};
use kept_domain::queues::on_duty;
use kept_domain::tickets as rules;
use kept_store::handovers::{self, Handover, Target};
use kept_store::jobs::{Job, LeaseError};
use kept_store::{Tx, absences, offers, queues};

use super::stand_in;
use crate::consequences::{Hears, TICKETS, record_for};
use crate::delegation::{NewOffer, OfferTo, offer_in};
use crate::notifications::letter::{self, Letter};
use crate::parts::{self, AT_ONCE};
use crate::tickets::load;
use crate::{Desk, Error};

pub(crate) const JOB: &str = "handover";

/// Does one part and comes again for the next.
pub(crate) async fn run(desk: &Desk, job: &Job) -> Result<(), LeaseError> {
    let at = desk.clone();
    parts::run(desk, job, JOB, move |tx, id, now| go_on(tx, &at, id, now)).await
}

/// Whether there is more to do.
fn go_on(tx: &mut Tx<'_>, desk: &Desk, id: i64, now: Timestamp) -> Result<bool, Error> {
    let Some(mut it) = handovers::find(tx, id)?.filter(|it| it.ended.is_none()) else {
        return Ok(false);
    };
    let held = match until(tx, &it, now)? {
        Some(until) => handovers::needing(tx, (it.from, until), it.after, AT_ONCE)?,
        None if it.absence.is_some() => vec![],
        None => handovers::held_by(tx, it.from, it.after, AT_ONCE)?,
    };
    let mut takers = takers(tx, &it, now)?;
    for ticket in &held {
        match hand(tx, &it, *ticket, &mut takers, now) {
            Ok(taker) => {
                it.moved += 1;
                if let Some(absence) = it.absence {
                    absences::went(tx, absence, *ticket, taker)?;
                }
            }
            Err(error @ (Error::Store(_) | Error::Random(_))) => return Err(error),
            // Nobody can take it now: it stays where it is, and is counted.
            Err(_) => it.stayed += 1,
        }
        it.after = *ticket;
    }
    let more = held.len() == AT_ONCE;
    if !more {
        it.ended = Some(now);
        let least = takers.iter().min_by_key(|t| (t.load, t.person));
        let least = least.map(|taker| taker.person);
        match it.absence {
            None => {
                crate::promises::take_over(tx, it.from, least, it.by, now)?;
            }
            Some(absence) => stand_in::take_promises(tx, absence, &it, now)?,
        }
        tell(tx, desk, &it, &takers, now)?;
    }
    handovers::went_on(tx, &it)?;
    tx.announce(TICKETS);
    Ok(more)
}

/// Until when whoever is away needs somebody else; `None` when they are here again, or nobody stands in.
fn until(tx: &mut Tx<'_>, it: &Handover, now: Timestamp) -> Result<Option<Timestamp>, Error> {
    let Some(id) = it.absence else {
        return Ok(None);
    };
    let known = absences::find(tx, id)?;
    let lasts = known.filter(|(known, gone)| !gone && known.away.covers(now));
    Ok(lasts.map(|(known, _)| known.away.until))
}

/// Who can take tickets, each with what they hold and are asked to take.
struct Taker {
    person: PersonId,
    load: i64,
}

fn takers(tx: &mut Tx<'_>, it: &Handover, now: Timestamp) -> Result<Vec<Taker>, Error> {
    let all = queues::all(tx)?;
    let people = match it.to {
        Target::Agent(person) => vec![person],
        Target::Queue(id) => {
            let queue = all.iter().find(|queue| queue.id == id);
            let queue = queue.ok_or_else(|| Error::not_found("queue"))?;
            let mut people = on_duty(queue, now).people;
            people.retain(|person| *person != it.from);
            match people.is_empty() {
                true if queue.dispatcher != it.from => vec![queue.dispatcher],
                _ => people,
            }
        }
    };
    let mut takers = Vec::new();
    for person in people {
        let members = all.iter().flat_map(|queue| &queue.members);
        let mut known = members.filter(|member| member.person == person);
        let held = known.next().map_or(0, |member| member.open_tickets);
        let load = held + offers::count(tx, person)?;
        takers.push(Taker { person, load });
    }
    Ok(takers)
}

/// To whoever has the least to do.
fn hand(
    tx: &mut Tx<'_>,
    it: &Handover,
    id: TicketId,
    takers: &mut [Taker],
    now: Timestamp,
) -> Result<PersonId, Error> {
    let taker = takers.iter_mut().min_by_key(|t| (t.load, t.person));
    let taker = taker.ok_or_else(|| Error::Conflict("nobody is there to take it".into()))?;
    let mut ticket = load(tx, id)?;
    if it.outright {
        let events = rules::assign(&ticket, taker.person)?;
        // One mail tells them of all, when the last has gone over.
        let by = (Actor::Person(it.by), Hears::OnPage);
        record_for(tx, &mut ticket, now, by, &events)?;
    } else {
        let offer = NewOffer {
            to: OfferTo::Agent(taker.person),
            note: it.reason.clone(),
            due: None,
        };
        offer_in(tx, &mut ticket, &offer, (it.by, Hears::OnPage), now)?;
    }
    taker.load += 1;
    Ok(taker.person)
}

/// One mail to each of those who take, not one a ticket.
fn tell(
    tx: &mut Tx<'_>,
    desk: &Desk,
    it: &Handover,
    takers: &[Taker],
    now: Timestamp,
) -> Result<(), Error> {
    let Some(queue) = queues::all(tx)?.into_iter().next().filter(|_| it.moved > 0) else {
        return Ok(());
    };
    let from = super::name(tx, it.from)?;
    let what = match it.outright {
        true => format!("You hold tickets of {from} now: {}.", it.reason),
        false => format!("You are asked to take tickets of {from}: {}.", it.reason),
    };
    let letter = Letter {
        subject: &format!("Tickets of {from}"),
        text: &format!("{what}\n\n{}/now\n", desk.config().public_url),
        queue: Some(queue.id),
    };
    for taker in takers {
        letter::send(tx, desk, taker.person, &letter, now)?;
    }
    Ok(())
}

/// Whether somebody goes on with it; for the doctor.
pub(crate) fn stuck(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for it in handovers::under_way(tx)? {
        if !parts::goes_on(tx, JOB, it.id)? {
            found.push(format!(
                "Hand-over {} stands still after #{}; begin it anew",
                it.id, it.after
            ));
        }
    }
    Ok(found)
}
