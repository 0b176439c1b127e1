//! Brings what is stored about a ticket's clocks in line with its history.

use jiff::Timestamp;
use kept_domain::event::Recorded;
use kept_domain::ids::TicketId;
use kept_domain::tickets::Ticket;
use kept_store::Tx;
use kept_store::obligations::{self, Next, Stored};
use kept_store::turns::{self, Turn};

use super::Look;
use crate::Error;

/// To be called whenever something happened to a ticket, in the same transaction. Touches this ticket only.
pub(crate) fn refresh(tx: &mut Tx<'_>, ticket: &Ticket, now: Timestamp) -> Result<(), Error> {
    // A mail that waited somewhere is written down at the time it came, which may be before the last line.
    let now = now.max(ticket.touched_at);
    let look = Look::at(tx, ticket, now)?;
    crate::promises::refresh(tx, ticket.id, &look.history)?;
    crate::duties::refresh(tx, ticket, &look)?;
    let stored = obligations::of_tickets(tx, &[ticket.id])?;
    let rows = look.rows(ticket);
    for row in rows.iter().filter(|row| !stored.contains(row)) {
        obligations::put(tx, row)?;
    }
    let gone = stored
        .iter()
        .filter(|old| !rows.iter().any(|row| same(row, old)));
    for old in gone {
        obligations::remove(tx, old.ticket, old.owed, old.run)?;
    }
    let turns = turns::of_tickets(tx, &[ticket.id])?;
    turns::replace(tx, ticket.id, &turns, &look.turn_rows(ticket))?;
    obligations::set_next(tx, ticket.id, &look.next())?;
    crate::snoozes::retime(tx, ticket.id)
}

/// Where what is stored differs from what the histories say, in words. `histories` holds the tickets' own lines.
pub(crate) fn differences(
    tx: &mut Tx<'_>,
    tickets: &[Ticket],
    histories: &[Recorded],
    now: Timestamp,
) -> Result<Vec<String>, Error> {
    let ids: Vec<TicketId> = tickets.iter().map(|ticket| ticket.id).collect();
    let stored = obligations::of_tickets(tx, &ids)?;
    let nexts = obligations::next_of_tickets(tx, &ids)?;
    let turns = turns::of_tickets(tx, &ids)?;
    let mut found = Vec::new();
    for ticket in tickets {
        let lines = histories.iter().filter(|line| line.ticket == ticket.id);
        let look = Look::with(tx, ticket, lines.cloned().collect(), now)?;
        let own: Vec<&Stored> = stored.iter().filter(|it| it.ticket == ticket.id).collect();
        let next = nexts.get(&ticket.id).copied().unwrap_or_default();
        found.extend(difference(ticket, &look, &own, next, now));
        let turns: Vec<&Turn> = turns.iter().filter(|it| it.ticket == ticket.id).collect();
        if !rings(next, now) {
            found.extend(other_turns(ticket, &look, &turns));
            found.extend(crate::duties::difference(tx, ticket, &look)?);
        }
    }
    Ok(found)
}

fn difference(
    ticket: &Ticket,
    look: &Look,
    stored: &[&Stored],
    next: Next,
    now: Timestamp,
) -> Option<String> {
    let id = ticket.id;
    let rows = look.rows(ticket);
    if ticket.is_open() && look.next().due.is_none() {
        return Some(format!("#{id} is open, but nobody owes anything"));
    }
    if rings(next, now) {
        return None;
    }
    let same_rows = rows.len() == stored.len() && rows.iter().all(|row| stored.contains(&row));
    let same = same_rows && next == look.next();
    (!same).then(|| format!("#{id}: what is owed differs from what its events say; rebuild it"))
}

/// What fell due since somebody last looked is about to be written down.
fn rings(next: Next, now: Timestamp) -> bool {
    next.alarm.is_some_and(|alarm| alarm <= now)
}

fn other_turns(ticket: &Ticket, look: &Look, stored: &[&Turn]) -> Option<String> {
    let same = look.turn_rows(ticket).iter().eq(stored.iter().copied());
    let id = ticket.id;
    (!same)
        .then(|| format!("#{id}: whose turn it was differs from what its events say; rebuild it"))
}

fn same(one: &Stored, other: &Stored) -> bool {
    (one.owed, one.run) == (other.owed, other.run)
}
