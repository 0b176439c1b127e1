//! Puts tickets off for one agent, and brings them back: at their time, before something is due, or when something happens.

mod follow;
mod shown;
mod wake;

pub(crate) use follow::{Sleepers, follow, retime};
pub use shown::of_ticket;
pub(crate) use shown::{mark, take_off};
pub(crate) use wake::wake_due;

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::{Actor, Event};
use kept_domain::ids::TicketId;
use kept_domain::snoozes::{self as rules, BadSnooze, Until, Why};

use crate::consequences::record;
use crate::tickets::load;
use crate::{Desk, Error};

/// The ticket is out of the viewer's Now and Inbox until then. Said again, the last word counts.
///
/// # Errors
/// When the viewer may not, the ticket is set aside or has ended, or the time is over or too far ahead.
pub async fn snooze(desk: &Desk, viewer: &Viewer, id: TicketId, until: Until) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            let events = rules::snooze(&ticket, until, now).map_err(refused)?;
            record(tx, &mut ticket, now, by, &events)
        })
        .await?;
    desk.wake_worker();
    Ok(())
}

/// The viewer wants it back at once.
///
/// # Errors
/// When the viewer may not, or did not put it off.
pub async fn wake(desk: &Desk, viewer: &Viewer, id: TicketId) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (person, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            let known = kept_store::snoozes::on_tickets(tx, person, &[id])?;
            if !known.iter().any(|it| it.woken.is_none()) {
                return Err(Error::Conflict(format!("#{id} is not snoozed (any more)")));
            }
            let why = Why::ByHand;
            let woken = Event::Woken { person, why };
            record(tx, &mut ticket, now, Actor::Person(person), &[woken])
        })
        .await
}

fn refused(problem: BadSnooze) -> Error {
    match problem {
        BadSnooze::Refused(refused) => refused.into(),
        BadSnooze::Past | BadSnooze::TooFar => Error::invalid("until", problem.to_string()),
    }
}
