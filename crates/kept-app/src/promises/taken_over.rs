//! Nobody's promises are left behind when somebody hands over what they hold, or stops working here.

use jiff::Timestamp;
use kept_domain::event::Actor;
use kept_domain::ids::{PersonId, PromiseId};
use kept_domain::promises as rules;
use kept_domain::tickets::Ticket;
use kept_store::{Tx, promises};

use super::write_down;
use crate::Error;
use crate::tickets::load;

/// Promises moved with one query; the loop goes on until none is left.
const AT_ONCE: usize = 200;

/// Whoever holds the ticket from now on keeps what `from` promised there; the one who is asked to take it, while it is
/// still `from`'s; else `otherwise`. Without any of them it stays. Gives how many moved.
pub(crate) fn take_over(
    tx: &mut Tx<'_>,
    from: PersonId,
    otherwise: Option<PersonId>,
    by: PersonId,
    now: Timestamp,
) -> Result<usize, Error> {
    let (mut after, mut moved) = (PromiseId(0), 0);
    loop {
        let owed = promises::owed_by(tx, from, after, AT_ONCE)?;
        let Some(last) = owed.last() else {
            return Ok(moved);
        };
        after = last.id;
        for promise in &owed {
            let mut ticket = load(tx, promise.ticket)?;
            let Some(to) = keeper(&ticket, from).or(otherwise) else {
                continue;
            };
            let event = rules::hand_over(promise, to)?;
            write_down(tx, &mut ticket, Actor::Person(by), event, now)?;
            moved += 1;
        }
    }
}

fn keeper(ticket: &Ticket, from: PersonId) -> Option<PersonId> {
    let asked = ticket.delegation.map(|offer| offer.to);
    let holds = Some(ticket.responsible).filter(|holder| *holder != from);
    holds.or(asked.filter(|asked| *asked != from))
}
