//! Time that is logged with a reply, a note or a call: in the same transaction, taken back with it, and moved with it.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kept_domain::event::{Actor, Event};
use kept_domain::ids::{MessageId, PersonId};
use kept_domain::tickets::Ticket;
use kept_domain::time_entries::{self as rules, Details, Spent, WorkType};
use kept_store::{Tx, time_entries as kept};

use super::{ended, just_now, moment};
use crate::Error;
use crate::consequences::record;

/// Work that a message came out of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Worked {
    pub spent: Spent,
    pub work_type: WorkType,
    /// When it began, where that is known; it is over now in any case.
    pub began: Option<Timestamp>,
}

/// Logs it beside the message; nothing when no time was written down.
pub(crate) fn with_message(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    (person, message): (PersonId, MessageId),
    worked: Option<Worked>,
    now: Timestamp,
) -> Result<(), Error> {
    let Some(worked) = worked else { return Ok(()) };
    let when = match worked.began {
        Some(began) => ended(rules::When::Began(began), worked.spent, now),
        None => just_now(worked.spent, now),
    };
    let details = Details {
        when,
        spent: worked.spent,
        work_type: worked.work_type,
        text: None,
    };
    let last = kept::last_number(tx, ticket.id)?;
    let at = moment(now, TimeZone::UTC);
    let event = rules::log(ticket, last, (person, Some(message)), &details, at)?;
    record(tx, ticket, now, Actor::Person(person), &[event])
}

/// The time of messages that went to another ticket goes there with them: it stays with the work.
pub(crate) fn carry_over(
    tx: &mut Tx<'_>,
    from: &mut Ticket,
    to: &mut Ticket,
    moved: &[MessageId],
    (by, now): (Actor, Timestamp),
) -> Result<(), Error> {
    for entry in kept::with_messages(tx, from.id, moved)? {
        let off = Event::TimeRemoved {
            entry: entry.number,
            spent: entry.details.spent,
            why: Some(format!("it is on #{} now, as its message is", to.id)),
        };
        let on = Event::TimeLogged {
            entry: kept::last_number(tx, to.id)? + 1,
            person: entry.person,
            message: entry.message,
            details: entry.details,
        };
        record(tx, from, now, by, &[off])?;
        record(tx, to, now, by, &[on])?;
    }
    Ok(())
}
