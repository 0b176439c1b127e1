//! Nobody's tickets are left behind when somebody stops working here.

use jiff::Timestamp;
use kept_domain::event::Actor;
use kept_domain::ids::PersonId;
use kept_domain::tickets as rules;
use kept_store::lists::{self, List};
use kept_store::tickets::Shelf;
use kept_store::{Tx, queues};

use super::load;
use crate::Error;
use crate::consequences::record;

/// Tickets moved with one query; the loop goes on until none is left.
const AT_ONCE: usize = 200;

/// Makes the dispatcher of each queue responsible for what `agent` held there and has not ended.
pub(crate) fn hand_to_dispatchers(
    tx: &mut Tx<'_>,
    agent: PersonId,
    by: PersonId,
    now: Timestamp,
) -> Result<(), Error> {
    let queues = queues::all(tx)?;
    for shelf in [Shelf::Open, Shelf::Parked, Shelf::Resolved] {
        loop {
            let held = lists::page(tx, List::Mine { agent, shelf }, None, AT_ONCE)?;
            if held.is_empty() {
                break;
            }
            for listed in held {
                let mut ticket = load(tx, listed.id)?;
                let queue = queues.iter().find(|q| q.id == ticket.queue);
                let to = queue
                    .map(|q| q.dispatcher)
                    .ok_or_else(|| Error::not_found("queue"))?;
                let events = rules::assign(&ticket, to)?;
                record(tx, &mut ticket, now, Actor::Person(by), &events)?;
            }
        }
    }
    Ok(())
}
