//! Takes back how a ticket was sorted: what one line of its history changed is as it was before, by one line more.

use jiff::Timestamp;
use kept_domain::access::{Act, Denied, Viewer, allow};
use kept_domain::event::{Actor, Event, Recorded};
use kept_domain::ids::{EventId, PersonId, TicketId};
use kept_domain::people::Role;
use kept_domain::tickets::{self as rules, Sorted, Stays};
use kept_store::{Tx, events, people};

use super::{assigns_outright, load, must_be_queue};
use crate::consequences::record;
use crate::{Desk, Error};

/// Tells what puts it back; `None` when it is as it was already. Whoever took a ticket may give it back for a day; otherwise it
/// takes the same right to give a ticket to somebody as ever.
///
/// # Errors
/// When the viewer may not, the line sorts nothing on this ticket, it was changed since, or whom or what it would go back to is gone.
pub async fn put_back(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    line: EventId,
) -> Result<Option<Event>, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (viewer, now) = (viewer.clone(), desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            let history = events::of_ticket(tx, id)?;
            let back = match rules::put_back(&ticket, &history, line) {
                Ok(back) => back,
                Err(stays) => return Err(why(tx, &viewer, stays)?),
            };
            let Some(back) = back else { return Ok(None) };
            let done = history.iter().find(|it| it.id == line);
            may(&viewer, done, &back, now)?;
            must_be_there(tx, &back)?;
            let by = Actor::Person(viewer.person);
            record(tx, &mut ticket, now, by, std::slice::from_ref(&back))?;
            Ok(Some(back))
        })
        .await
}

fn may(
    viewer: &Viewer,
    done: Option<&Recorded>,
    back: &Event,
    now: Timestamp,
) -> Result<(), Denied> {
    let own = done.is_some_and(|line| rules::is_fresh_act_of(line, viewer.person, now));
    match back {
        Event::Assigned { to, .. } if !own && !assigns_outright(viewer, *to) => Err(Denied {
            needs: Role::Dispatcher,
        }),
        _ => Ok(()),
    }
}

/// What the rule can't know: whoever had it, and the queue it was in, may be gone.
fn must_be_there(tx: &mut Tx<'_>, back: &Event) -> Result<(), Error> {
    match back {
        Event::Assigned { to, .. } if !people::works_here(tx, *to)? => {
            let had = name(tx, *to)?;
            let problem = format!("{had} no longer works here; give it to somebody who does");
            Err(Error::Conflict(problem))
        }
        Event::QueueChanged { to, .. } => must_be_queue(tx, *to),
        _ => Ok(()),
    }
}

fn why(tx: &mut Tx<'_>, viewer: &Viewer, stays: Stays) -> Result<Error, Error> {
    Ok(match stays {
        Stays::Refused(refused) => refused.into(),
        Stays::NothingSuch => Error::not_found("change to take back"),
        Stays::ChangedSince(by, what) => {
            let who = match by {
                Actor::Person(person) if person == viewer.person => "you".to_owned(),
                Actor::Person(person) => name(tx, person)?,
                Actor::Rule(_) => "a rule".to_owned(),
                Actor::Kept => "Kept".to_owned(),
            };
            Error::Conflict(said(&who, &what))
        }
    })
}

fn said(who: &str, what: &Sorted) -> String {
    format!("{who} changed {what} since, so it stays as it is")
}

fn name(tx: &mut Tx<'_>, person: PersonId) -> Result<String, Error> {
    let known = people::names(tx, &[person])?.pop();
    Ok(known.map_or_else(|| "somebody".to_owned(), |(_, name)| name))
}
