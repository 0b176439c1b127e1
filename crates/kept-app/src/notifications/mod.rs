//! Tells people of the desk what concerns them: always on their page, and by the roads each of them chose.

mod follow;
pub mod hook;
pub(crate) mod letter;
mod mail;
mod mine;
mod pop_ups;

pub(crate) use follow::follow;
pub(crate) use mail::mail_due;
pub use mine::{From, MOST_COUNTED, Page, Told, choices, choose, open, see, see_one, told, unseen};
pub use pop_ups::{PopUps, pop_ups};

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use kept_domain::hours::Calendar;
use kept_domain::ids::{MessageId, PersonId};
use kept_domain::notifications::{How, Kind, Ways};
use kept_domain::tickets::Ticket;
use kept_store::notifications::{self, New};
use kept_store::{Tx, queues};

use crate::Error;

/// The topic under which somebody's notifications are watched.
pub fn topic(person: PersonId) -> String {
    format!("notifications:{person}")
}

/// Something to tell somebody.
pub(crate) struct Telling<'a> {
    pub person: PersonId,
    pub kind: Kind,
    pub words: &'a str,
    /// The message it is about, where there is one.
    pub message: Option<MessageId>,
    /// Something else tells them by mail.
    pub on_page: bool,
}

/// Writes it down, in the transaction of what it is about.
pub(crate) fn tell(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    telling: &Telling<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    let person = telling.person;
    let ways = match telling.on_page {
        true => Ways::PAGE,
        false => notifications::ways(tx, person, telling.kind)?,
    };
    let hours = match ways.reach_out() {
        true => hours_of(tx, ticket, person, now)?,
        false => None,
    };
    let opening = opening(now, hours.as_deref());
    let new = New {
        person,
        ticket: ticket.id,
        message: telling.message,
        kind: telling.kind,
        words: telling.words,
        mail_at: mail_at(ways.mail, hours.as_deref(), now),
        pop_up: ways.pop_up && opening == Some(now),
    };
    let id = notifications::insert(tx, new, now)?;
    if let Some(at) = opening.filter(|_| ways.hook) {
        hook::queue(tx, (ticket, telling), id, (at, now))?;
    }
    tx.announce(topic(person));
    Ok(())
}

/// The hours in which somebody may be reached about a ticket: any hour for whoever is on duty in its queue, the desk's for
/// the others.
fn hours_of(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    person: PersonId,
    now: Timestamp,
) -> Result<Option<Arc<Calendar>>, Error> {
    let mut all = queues::all(tx)?.into_iter();
    if all.any(|queue| queue.id == ticket.queue && queue.is_on_duty(person, now)) {
        return Ok(None);
    }
    let book = crate::agreements::book(tx)?;
    let wording = &book.choose(ticket, None).version.wording;
    Ok(Some(Arc::clone(&wording.desk)))
}

fn mail_at(how: How, hours: Option<&Calendar>, now: Timestamp) -> Option<Timestamp> {
    match how {
        How::Page => None,
        How::AtOnce => opening(now, hours),
        How::Digest => opening(tomorrow(now, hours), hours),
    }
}

/// The first moment from `from` on at which these hours let somebody be reached.
fn opening(from: Timestamp, hours: Option<&Calendar>) -> Option<Timestamp> {
    match hours {
        Some(hours) => hours.next_open(from),
        None => Some(from),
    }
}

/// The beginning of the next day by the clock of these hours.
fn tomorrow(now: Timestamp, hours: Option<&Calendar>) -> Timestamp {
    let zone = hours.map_or(jiff::tz::TimeZone::UTC, |hours| hours.zone().clone());
    let next = now
        .to_zoned(zone)
        .tomorrow()
        .and_then(|day| day.start_of_day());
    next.map_or(now + SignedDuration::from_hours(24), |day| day.timestamp())
}
