//! Standing in for somebody who is away: at the beginning what needs the desk until they are back goes over by a hand-over,
//! and at the end what is still open comes back, when that was chosen. Each once, whichever node works.

use jiff::Timestamp;
use kept_domain::event::Actor;
use kept_domain::ids::{PersonId, TicketId};
use kept_domain::promises::hand_over;
use kept_domain::tickets as rules;
use kept_store::absences::{self, Absence};
use kept_store::handovers::{self, Handover, Target};
use kept_store::jobs::{Job, LeaseError};
use kept_store::{Tx, promises, queues};

use super::job as handing;
use crate::consequences::{Hears, TICKETS, record_for};
use crate::delegation::must_be_here;
use crate::parts;
use crate::promises::write_down;
use crate::tickets::load;
use crate::{Desk, Error};

pub(crate) const JOB: &str = "absence-return";

/// Absences looked at at once.
const AT_ONCE: usize = 20;

/// Begins what has begun and ends what is over; says how many.
///
/// # Errors
/// When the store can't answer.
pub(crate) async fn due(desk: &Desk) -> Result<usize, Error> {
    let now = desk.now();
    let (begun, over) = desk
        .store()
        .read(move |tx| {
            let begun = absences::to_hand(tx, now, AT_ONCE)?;
            Ok::<_, Error>((begun, absences::to_return(tx, now, AT_ONCE)?))
        })
        .await?;
    let many = begun.len() + over.len();
    if many == 0 {
        return Ok(0);
    }
    desk.store()
        .write(move |tx| {
            for id in begun {
                begin(tx, id, now)?;
            }
            for id in over {
                if absences::begin_returning(tx, id, now)? {
                    parts::enqueue(tx, JOB, id, now)?;
                }
            }
            Ok::<_, Error>(())
        })
        .await?;
    desk.wake_worker();
    Ok(many)
}

fn begin(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> Result<(), Error> {
    let Some((absence, false)) = absences::find(tx, id)? else {
        return Ok(());
    };
    let Some(stand_in) = absence.stand_in else {
        return Ok(());
    };
    if !absences::begin_handing(tx, id, now)? {
        return Ok(());
    }
    let until = absence.away.until;
    let begun = Handover {
        id: 0,
        from: absence.person,
        to: taker(tx, &absence, stand_in.person, now)?,
        reason: absence.reason.clone(),
        outright: stand_in.outright,
        by: absence.entered_by.unwrap_or(absence.person),
        began: now,
        ended: None,
        after: TicketId(0),
        total: handovers::count_needing(tx, absence.person, until)?,
        moved: 0,
        stayed: 0,
        absence: Some(id),
    };
    let id = handovers::insert(tx, &begun)?;
    parts::enqueue(tx, handing::JOB, id, now)
}

/// Who stands in; when they are away themselves, or left, whoever is on duty where the absent one works.
fn taker(
    tx: &mut Tx<'_>,
    absence: &Absence,
    stand_in: PersonId,
    now: Timestamp,
) -> Result<Target, Error> {
    match must_be_here(tx, stand_in, now) {
        Ok(()) => return Ok(Target::Agent(stand_in)),
        Err(error @ Error::Store(_)) => return Err(error),
        Err(_) => {}
    }
    let all = queues::all(tx)?;
    let own = all.iter().find(|queue| {
        let mut members = queue.members.iter();
        members.any(|member| member.person == absence.person)
    });
    let queue = own.or(all.first());
    Ok(queue.map_or(Target::Agent(stand_in), |queue| Target::Queue(queue.id)))
}

/// What was promised on the tickets that went over and is due until the end goes with them.
pub(super) fn take_promises(
    tx: &mut Tx<'_>,
    id: i64,
    it: &Handover,
    now: Timestamp,
) -> Result<(), Error> {
    const MOST: usize = 10_000;
    let Some((absence, _)) = absences::find(tx, id)? else {
        return Ok(());
    };
    for (ticket, taker) in absences::gone(tx, id, MOST)? {
        for promise in promises::of_tickets(tx, &[ticket])? {
            let theirs = promise.promiser == it.from && promise.state.is_owed();
            if theirs && promise.due < absence.away.until {
                let mut ticket = load(tx, promise.ticket)?;
                let event = hand_over(&promise, taker)?;
                write_down(tx, &mut ticket, Actor::Person(it.by), event, now)?;
            }
        }
    }
    Ok(())
}

/// Gives back one part and comes again for the next.
pub(crate) async fn run(desk: &Desk, job: &Job) -> Result<(), LeaseError> {
    parts::run(desk, job, JOB, go_back).await
}

/// Whether there is more to give back.
fn go_back(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> Result<bool, Error> {
    let Some((absence, _)) = absences::find(tx, id)? else {
        return Ok(false);
    };
    let gone = absences::gone(tx, id, parts::AT_ONCE)?;
    for (ticket, taker) in &gone {
        match give_back(tx, &absence, *ticket, *taker, now) {
            Err(error @ (Error::Store(_) | Error::Random(_))) => return Err(error),
            // It ended or was merged meanwhile: it stays where it is.
            Ok(()) | Err(_) => absences::looked_at(tx, id, *ticket)?,
        }
    }
    tx.announce(TICKETS);
    Ok(gone.len() == parts::AT_ONCE)
}

/// What the other holds or was asked to take, and nobody gave on since.
fn give_back(
    tx: &mut Tx<'_>,
    absence: &Absence,
    id: TicketId,
    taker: PersonId,
    now: Timestamp,
) -> Result<(), Error> {
    let mut ticket = load(tx, id)?;
    if !ticket.status.is_open() {
        return Ok(());
    }
    let by = Actor::Person(absence.entered_by.unwrap_or(absence.person));
    let asked = ticket.delegation.map(|offer| offer.to);
    let events = match ticket.responsible {
        holder if holder == taker => rules::assign(&ticket, absence.person)?,
        holder if holder == absence.person && asked == Some(taker) => {
            rules::withdraw_offer(&ticket)?
        }
        _ => return Ok(()),
    };
    record_for(tx, &mut ticket, now, (by, Hears::OnPage), &events)?;
    for promise in promises::of_tickets(tx, &[id])? {
        let gone = absence
            .handed
            .is_some_and(|handed| promise.made_at < handed);
        if promise.promiser == taker && gone && promise.state.is_owed() {
            let event = hand_over(&promise, absence.person)?;
            write_down(tx, &mut ticket, by, event, now)?;
        }
    }
    Ok(())
}
