//! Looks at the clocks that ring: takes the steps that are due, each ticket in a transaction of its own.

use jiff::SignedDuration;
use kept_domain::ids::TicketId;
use kept_store::obligations;

use super::steps;
use crate::{Desk, Error};

/// Tickets looked up at once.
const AT_ONCE: usize = 100;
/// A ticket whose step can't be taken is looked at again after this.
const AGAIN: SignedDuration = SignedDuration::from_mins(5);

/// Takes every step that is due by now; says how many tickets were looked at. Any number of nodes may do so: a step is taken
/// under the ticket's lock and only when its history does not have it.
///
/// # Errors
/// When the store can't answer.
pub async fn ring_due(desk: &Desk) -> Result<usize, Error> {
    let mut done = 0;
    loop {
        let now = desk.now();
        let ringing = desk
            .store()
            .read(move |tx| obligations::ringing(tx, now, AT_ONCE))
            .await?;
        for ticket in &ringing {
            ring(desk, *ticket).await?;
        }
        done += ringing.len();
        if ringing.len() < AT_ONCE {
            if done > 0 {
                desk.wake_worker();
            }
            return Ok(done);
        }
    }
}

async fn ring(desk: &Desk, ticket: TicketId) -> Result<(), Error> {
    let (held, now) = (desk.clone(), desk.now());
    let taken = desk
        .store()
        .write(move |tx| steps::take_due(tx, &held, ticket, now))
        .await;
    let Err(error) = taken else {
        return Ok(());
    };
    if matches!(error, Error::Store(_)) {
        return Err(error);
    }
    tracing::error!(ticket = ticket.0, %error, "a step could not be taken; trying again in five minutes");
    desk.store()
        .write(move |tx| {
            let next = obligations::next_of(tx, ticket)?;
            let later = obligations::Next {
                alarm: Some(now + AGAIN),
                ..next
            };
            Ok(obligations::set_next(tx, ticket, &later)?)
        })
        .await
}
