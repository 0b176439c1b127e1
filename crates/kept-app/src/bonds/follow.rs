//! When a ticket ends that others were blocked by, whoever answers for those is told; and their pages show it at once.

use jiff::Timestamp;
use kept_domain::event::Actor;
use kept_domain::ids::TicketId;
use kept_domain::notifications::Kind;
use kept_domain::tickets::{Bond, Ticket};
use kept_store::bonds::{self, Bonded};
use kept_store::{Tx, tickets};

use crate::Error;
use crate::notifications::{Telling, tell};

/// To be called once `ticket` is stored as it stands now, in the same transaction.
pub(crate) fn follow(
    tx: &mut Tx<'_>,
    before: &Ticket,
    ticket: &Ticket,
    by: Actor,
    now: Timestamp,
) -> Result<(), Error> {
    if before.is_open() == ticket.is_open() {
        return Ok(());
    }
    let all = bonds::of_ticket(tx, ticket.id)?;
    for other in &all {
        tx.announce(format!("ticket:{}", other.ticket));
    }
    // What was merged is in the way where it is told now.
    if ticket.is_open() || ticket.merged_into.is_some() {
        return Ok(());
    }
    let mut told: Vec<TicketId> = Vec::new();
    for other in all
        .iter()
        .filter(|it| it.bond == Bond::Blocks && it.is_open())
    {
        if told.contains(&other.ticket) {
            continue;
        }
        told.push(other.ticket);
        if by != Actor::Person(other.responsible) {
            tell_responsible(tx, ticket.id, other, now)?;
        }
    }
    Ok(())
}

fn tell_responsible(
    tx: &mut Tx<'_>,
    gone: TicketId,
    blocked: &Bonded,
    now: Timestamp,
) -> Result<(), Error> {
    let Some(ticket) = tickets::find(tx, blocked.ticket)? else {
        return Ok(());
    };
    let all = bonds::of_ticket(tx, ticket.id)?;
    let mut left: Vec<String> = all
        .iter()
        .filter(|it| it.bond == Bond::BlockedBy && it.is_open())
        .map(|it| format!("#{}", it.ticket))
        .collect();
    left.dedup();
    let words = match left.as_slice() {
        [] => format!("#{gone} is no longer in the way"),
        [one] => format!("#{gone} is no longer in the way; {one} still is"),
        many => format!(
            "#{gone} is no longer in the way; {} others still are",
            many.len()
        ),
    };
    let telling = Telling {
        person: ticket.responsible,
        kind: Kind::Unblocked,
        words: &words,
        message: None,
        on_page: false,
    };
    tell(tx, &ticket, &telling, now)
}
