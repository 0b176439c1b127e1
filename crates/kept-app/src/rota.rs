//! Who has duty in the coming weeks, and the dates on which that is changed by hand.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use kept_domain::access::{Act, Denied, Viewer, allow};
use kept_domain::ids::{PersonId, QueueId};
use kept_domain::people::Role;
use kept_domain::queues::{
    self as rules, Asker, CannotStandIn, DutyDay, Exception, Queue, Swap, duty_days,
};
use kept_store::duty_exceptions::{self, Kept};
use kept_store::{Tx, audit, people, queues};

use crate::consequences::TICKETS;
use crate::{Desk, Error};

/// Days that are shown: four weeks from a Monday on.
const DAYS: i64 = 28;
/// Dates of one queue that can differ; more would be another rota.
const MOST: usize = 400;

/// A queue with its next four weeks.
#[derive(Debug, Clone)]
pub struct Weeks {
    pub queue: Queue,
    /// By the queue's clock.
    pub today: Date,
    /// From this week's Monday on.
    pub days: Vec<DutyDay>,
    /// What differs from today on, by date.
    pub exceptions: Vec<Kept>,
}

/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn weeks(desk: &Desk, viewer: &Viewer) -> Result<Vec<Weeks>, Error> {
    allow(viewer, Act::Read)?;
    let now = desk.now();
    desk.store()
        .read(move |tx| {
            let all = queues::all(tx)?;
            all.into_iter().map(|queue| of(tx, queue, now)).collect()
        })
        .await
}

fn of(tx: &mut Tx<'_>, queue: Queue, now: Timestamp) -> Result<Weeks, Error> {
    let today = today(&queue, now);
    let since_monday = i64::from(today.weekday().to_monday_zero_offset());
    let monday = today.saturating_sub(since_monday.days());
    Ok(Weeks {
        days: duty_days(&queue, monday, DAYS),
        exceptions: duty_exceptions::since(tx, queue.id, today)?,
        today,
        queue,
    })
}

/// The date by the queue's clock.
fn today(queue: &Queue, now: Timestamp) -> Date {
    let zone = TimeZone::get(&queue.zone).unwrap_or(TimeZone::UTC);
    now.to_zoned(zone).date()
}

/// On a date somebody has the duty of somebody else, or nobody has. Agents give away their own, dispatchers anybody's.
///
/// # Errors
/// When the viewer may not, or whoever is to have it can't.
pub async fn change(
    desk: &Desk,
    viewer: &Viewer,
    id: QueueId,
    wanted: Exception,
) -> Result<(), Error> {
    write(desk, viewer, id, move |queue, asker, today| {
        Ok(vec![rules::stand_in(queue, asker, wanted, today)?])
    })
    .await
}

/// Two people take each other's duty.
///
/// # Errors
/// When the viewer may not, or one of them can't.
pub async fn swap(desk: &Desk, viewer: &Viewer, id: QueueId, wanted: Swap) -> Result<(), Error> {
    write(desk, viewer, id, move |queue, asker, today| {
        Ok(rules::swap(queue, asker, wanted, today)?.to_vec())
    })
    .await
}

async fn write(
    desk: &Desk,
    viewer: &Viewer,
    id: QueueId,
    decide: impl Fn(&Queue, Asker, Date) -> Result<Vec<Exception>, CannotStandIn> + Send + 'static,
) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (asker, now) = (asker(viewer), desk.now());
    desk.store()
        .write(move |tx| {
            let queue = find(tx, id)?;
            let today = today(&queue, now);
            for exception in decide(&queue, asker, today)? {
                put(tx, &queue, exception, today)?;
                let what = in_words(tx, &queue, &exception)?;
                audit::write(tx, Some(asker.person), &what, now)?;
            }
            tx.announce(TICKETS);
            Ok(())
        })
        .await
}

/// Replaces what was said of the same duty. Whoever has their own by the weekly rota needs no exception.
fn put(tx: &mut Tx<'_>, queue: &Queue, new: Exception, today: Date) -> Result<(), Error> {
    let known = duty_exceptions::since(tx, queue.id, today)?;
    let same =
        |it: &&Kept| (it.exception.date, it.exception.instead_of) == (new.date, new.instead_of);
    for old in known.iter().filter(same) {
        duty_exceptions::remove(tx, queue.id, old.id)?;
    }
    let of_all = |it: &Kept| it.exception.date == new.date && it.exception.instead_of.is_none();
    let back = new.instead_of.is_some() && new.instead_of == new.person;
    if back && !known.iter().any(of_all) {
        return Ok(());
    }
    if known.len() >= MOST {
        let problem = format!("at most {MOST} dates can differ; change the weekly rota instead");
        return Err(Error::Conflict(problem));
    }
    duty_exceptions::insert(tx, queue.id, &new)?;
    Ok(())
}

/// What differed does no longer: the weekly rota holds for that duty again.
///
/// # Errors
/// When the viewer may not, or there is no such exception.
pub async fn take_back(desk: &Desk, viewer: &Viewer, queue: QueueId, id: i64) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (asker, now) = (asker(viewer), desk.now());
    desk.store()
        .write(move |tx| {
            let queue = find(tx, queue)?;
            let known = duty_exceptions::find(tx, queue.id, id)?;
            let known = known.ok_or_else(|| Error::not_found("change of the rota"))?;
            if !rules::may_take_back(asker, &known.exception) {
                return Err(CannotStandIn::NotYours.into());
            }
            duty_exceptions::remove(tx, queue.id, id)?;
            let date = known.exception.date;
            let what = format!("Duty in {} on {date} is as in the weekly rota", queue.name);
            audit::write(tx, Some(asker.person), &what, now)?;
            tx.announce(TICKETS);
            Ok(())
        })
        .await
}

fn asker(viewer: &Viewer) -> Asker {
    Asker {
        person: viewer.person,
        dispatches: viewer.role >= Role::Dispatcher,
    }
}

fn find(tx: &mut Tx<'_>, id: QueueId) -> Result<Queue, Error> {
    let found = queues::all(tx)?.into_iter().find(|queue| queue.id == id);
    found.ok_or_else(|| Error::not_found("queue"))
}

/// `Duty of Ines Moreau in Support on 2026-11-23: Noor Haddad`.
fn in_words(tx: &mut Tx<'_>, queue: &Queue, it: &Exception) -> Result<String, Error> {
    let mut name = |person: Option<PersonId>, none: &str| -> Result<String, Error> {
        let Some(person) = person else {
            return Ok(none.to_owned());
        };
        let found = people::names(tx, &[person])?.pop();
        Ok(found.map_or_else(|| none.to_owned(), |(_, name)| name))
    };
    let whose = name(it.instead_of, "everybody")?;
    let who = name(it.person, "nobody")?;
    let (queue, date) = (&queue.name, it.date);
    Ok(format!("Duty of {whose} in {queue} on {date}: {who}"))
}

impl From<CannotStandIn> for Error {
    fn from(why: CannotStandIn) -> Self {
        let words = why.to_string();
        match why {
            CannotStandIn::NotYours | CannotStandIn::Nobody => Error::Denied(Denied {
                needs: Role::Dispatcher,
            }),
            CannotStandIn::Date | CannotStandIn::NoDuty => Error::invalid("date", words),
            CannotStandIn::NotAMember | CannotStandIn::Away | CannotStandIn::OnePerson => {
                Error::invalid("person", words)
            }
            CannotStandIn::Same => Error::Conflict(words),
        }
    }
}
