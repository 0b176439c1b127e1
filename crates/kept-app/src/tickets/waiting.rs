//! Waiting on a third party: begun and changed alone or with a reply, and ended.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::Actor;
use kept_domain::ids::TicketId;
use kept_domain::tickets::{self as rules, Ticket};
use kept_domain::waits::{BadWait, NextDate, Wait};
use kept_store::{Tx, queues};

use super::load;
use crate::clocks::Look;
use crate::consequences::record;
use crate::settings::texts::{self, Text, Told};
use crate::{Desk, Error};

/// As somebody writes it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWait {
    pub party: String,
    pub what: String,
    /// Their reference; may be empty.
    pub tracking: String,
    pub next: NextDate,
}

/// Waits for somebody; where somebody is waited for already, says what is new about it.
///
/// # Errors
/// When the viewer may not, something is missing, the date is over, or the ticket is set aside or has ended.
pub async fn wait_for(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    new: NewWait,
) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            let wait = made(tx, &ticket, &new, now)?;
            let events = rules::begin_wait(&ticket, wait)?;
            record(tx, &mut ticket, now, by, &events)
        })
        .await
}

/// What they were waited for has come, or is not waited for any more.
///
/// # Errors
/// When the viewer may not, or nobody is waited for.
pub async fn end_wait(desk: &Desk, viewer: &Viewer, id: TicketId) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            let events = rules::end_wait(&ticket)?;
            record(tx, &mut ticket, now, by, &events)
        })
        .await
}

/// Dates are those of the queue's zone.
pub(super) fn made(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    new: &NewWait,
    now: Timestamp,
) -> Result<Wait, Error> {
    let queue = queues::all(tx)?.into_iter().find(|q| q.id == ticket.queue);
    let zone = queue.and_then(|queue| TimeZone::get(&queue.zone).ok());
    let next = new.next.instant(now, &zone.unwrap_or(TimeZone::UTC));
    let wait = Wait::new(&new.party, &new.what, Some(&new.tracking), next, now);
    wait.map_err(|problem| Error::invalid(field(problem), problem.to_string()))
}

/// What the client reads of it below a reply, as Markdown; times are those of the client's own zone.
pub(super) fn told(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    wait: &Wait,
    now: Timestamp,
) -> Result<String, Error> {
    let hours = Look::at(tx, ticket, now.max(ticket.touched_at))?.wording;
    let zone = hours.client.zone();
    let told = Told {
        number: ticket.id.0,
        subject: ticket.subject.clone(),
        party: wait.party.clone(),
        what: wait.what.trim_end_matches('.').to_owned(),
        reference: wait.tracking.clone().unwrap_or_default(),
        hear_by: hear_by(wait.next, zone),
        ..Told::default()
    };
    Ok(texts::filled(tx, Text::Waiting, &told)?.trim().to_owned())
}

/// `Thursday, 26 November, 17:00 (Lisbon time)`.
fn hear_by(at: Timestamp, zone: &TimeZone) -> String {
    let place = zone.iana_name().unwrap_or("UTC");
    let place = place.rsplit('/').next().unwrap_or(place).replace('_', " ");
    let at = at.to_zoned(zone.clone()).strftime("%A, %-d %B, %H:%M");
    match &*place {
        "UTC" => format!("{at} UTC"),
        place => format!("{at} ({place} time)"),
    }
}

fn field(problem: BadWait) -> &'static str {
    match problem {
        BadWait::NoParty | BadWait::TooLong => "party",
        BadWait::NoMatter => "what",
        BadWait::Past | BadWait::TooFar => "next",
    }
}
