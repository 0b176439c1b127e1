//! Brings back what is to come back by now, each ticket in a transaction of its own.

use jiff::Timestamp;
use kept_domain::event::{Actor, Event};
use kept_domain::ids::{PersonId, TicketId};
use kept_store::{Tx, snoozes};

use crate::consequences::record;
use crate::tickets::load;
use crate::{Desk, Error};

/// Looked up at once.
const AT_ONCE: usize = 100;

/// Says how many came back. Any number of nodes may do so: each comes back under its ticket's lock, once.
///
/// # Errors
/// When the store can't answer.
pub(crate) async fn wake_due(desk: &Desk) -> Result<usize, Error> {
    let mut done = 0;
    loop {
        let now = desk.now();
        let due = desk
            .store()
            .read(move |tx| Ok::<_, Error>(snoozes::to_wake(tx, now, AT_ONCE)?))
            .await?;
        for (person, ticket) in &due {
            let (person, ticket) = (*person, *ticket);
            desk.store()
                .write(move |tx| wake(tx, person, ticket, now))
                .await?;
        }
        done += due.len();
        if due.len() < AT_ONCE {
            return Ok(done);
        }
    }
}

fn wake(tx: &mut Tx<'_>, person: PersonId, id: TicketId, now: Timestamp) -> Result<(), Error> {
    let mut ticket = load(tx, id)?;
    let known = snoozes::on_tickets(tx, person, &[id])?;
    let due = known.iter().find_map(|it| it.wakes);
    match due.filter(|(at, _)| *at <= now) {
        Some((_, why)) => {
            let woken = Event::Woken { person, why };
            record(tx, &mut ticket, now, Actor::Kept, &[woken])
        }
        None => Ok(()),
    }
}
