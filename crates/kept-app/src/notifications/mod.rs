//! Tells people of the desk what concerns them: always on their page, and by mail as each of them chose.

mod mail;
mod mine;

pub(crate) use mail::mail_due;
pub use mine::{MOST_COUNTED, Told, choices, choose, see, told, unseen};

use jiff::{SignedDuration, Timestamp};
use kept_domain::hours::Calendar;
use kept_domain::ids::{PersonId, TicketId};
use kept_domain::notifications::{How, Kind};
use kept_store::Tx;
use kept_store::notifications::{self, New};

use crate::Error;

/// The topic under which somebody's notifications are watched.
pub fn topic(person: PersonId) -> String {
    format!("notifications:{person}")
}

/// Something to tell somebody. `hours` are those in which mail may reach them; what is urgent for somebody on duty says
/// `None`.
pub(crate) struct Telling<'a> {
    pub person: PersonId,
    pub ticket: TicketId,
    pub kind: Kind,
    pub words: &'a str,
    pub hours: Option<&'a Calendar>,
}

/// Writes it down, in the transaction of what it is about.
pub(crate) fn tell(tx: &mut Tx<'_>, telling: &Telling<'_>, now: Timestamp) -> Result<(), Error> {
    let chosen = notifications::choice(tx, telling.person, telling.kind)?;
    let how = chosen.unwrap_or_else(|| telling.kind.by_default());
    let new = New {
        person: telling.person,
        ticket: telling.ticket,
        kind: telling.kind,
        words: telling.words,
        mail_at: mail_at(how, telling.hours, now),
    };
    notifications::insert(tx, new, now)?;
    tx.announce(topic(telling.person));
    Ok(())
}

fn mail_at(how: How, hours: Option<&Calendar>, now: Timestamp) -> Option<Timestamp> {
    let opening = |from: Timestamp| match hours {
        Some(hours) => hours.next_open(from),
        None => Some(from),
    };
    match how {
        How::Page => None,
        How::AtOnce => opening(now),
        How::Digest => opening(tomorrow(now, hours)),
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
