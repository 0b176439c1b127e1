//! A ticket as the desk lists it, turned into a row.

use kept_app::domain::tickets::Status;
use kept_app::reading::{Listed, View};
use kept_app::store::lists::ListedTicket;
use kept_app::store::tickets::Shelf;

use super::row::TicketRow;
use crate::numbers::count;
use crate::parts::{Clock, MarkKind, Strip, Turn};
use crate::ticket::snoozing;
use crate::turns;

/// The rows of a view of the inbox, in its order.
pub(crate) fn rows_of(view: View, listed: &[Listed], clock: &Clock) -> Vec<TicketRow> {
    let list = Some(view.as_str());
    let row = |listed| TicketRow {
        list,
        ..row(listed, clock)
    };
    listed.iter().map(row).collect()
}

/// One ticket as a row.
pub(crate) fn row(listed: &Listed, clock: &Clock) -> TicketRow {
    let ticket = &listed.ticket;
    TicketRow {
        number: count(ticket.id.0),
        list: None,
        subject: ticket.subject.clone(),
        last_words: ticket.last_words.clone(),
        strip: strip(listed, clock),
        turn: turn(ticket, clock),
        requester: ticket.requester.clone().unwrap_or_default(),
        client: ticket.client.clone(),
        responsible: Some(ticket.responsible_name.clone()),
        at: ticket.touched_at,
        tags: ticket.tags.iter().map(ToString::to_string).collect(),
        hints: hints(listed, clock),
        fresh: ticket.status == Status::New,
        found: vec![],
        found_at: None,
    }
}

fn strip(listed: &Listed, clock: &Clock) -> Strip {
    let missed = listed.missed.iter();
    let missed = missed.map(|at| {
        (
            *at,
            (MarkKind::Missed, format!("Missed {}", clock.short(*at))),
        )
    });
    let due = listed.ticket.due.map(|due| due.at);
    turns::strip(&listed.turns, missed.collect(), due, &listed.hours, clock)
}

/// Whose turn it is, and by when.
pub(crate) fn turn(ticket: &ListedTicket, clock: &Clock) -> Turn {
    turns::turn(
        ticket.shelf,
        ticket.turn,
        ticket.turn_since,
        ticket.due,
        clock.now,
    )
}

/// What the reader put off, how far its checklist is, whom it waits for, to whom it is offered, and what the other side than the turn's is late with.
fn hints(listed: &Listed, clock: &Clock) -> Vec<String> {
    let ticket = &listed.ticket;
    let snooze = listed.snooze.as_ref();
    let snooze = snooze.map(|it| snoozing::hint(it, clock));
    let open = ticket.shelf == Shelf::Open;
    let waits = ticket.waits_on.as_ref().filter(|_| open);
    let offered = ticket
        .offered_to
        .as_ref()
        .map(|name| format!("offered to {name}"));
    let waits = waits.map(|party| format!("waiting on {party}"));
    let late = ticket.due.filter(|due| open && due.at < clock.now);
    let late = late.filter(|_| turn(ticket, clock).due.is_none());
    let late = late.map(|due| format!("{} {} late", due.owed.words(), clock.distance(due.at)));
    let steps = listed
        .progress
        .map(|it| format!("{} of {} steps", it.done, it.all));
    let hints = snooze.into_iter().chain(steps).chain(waits);
    hints.chain(offered).chain(late).collect()
}
