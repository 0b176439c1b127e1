//! The history: append-only, and the truth about every ticket.

use jiff::Timestamp;
use kept_domain::event::{Actor, Event, Recorded};
use kept_domain::ids::{EventId, PersonId, RuleId, TicketId};
use kept_domain::turn::Turn;

use crate::convert::{at, json, ms, places, to_json, turn_rank};
use crate::{Row, StoreError, Tx, Value};

pub(crate) const COLUMNS: &str = "id, ticket_id, at_ms, person_id, rule_id, body";

/// Appends one event; `turn` is whose turn it is after it.
pub fn append(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    now: Timestamp,
    by: Actor,
    event: &Event,
    turn: Turn,
) -> Result<(), StoreError> {
    let (person, rule) = match by {
        Actor::Person(person) => (Some(person.0), None),
        Actor::Rule(rule) => (None, Some(rule.0)),
        Actor::Kept => (None, None),
    };
    let sql =
        "INSERT INTO events (ticket_id, at_ms, person_id, name, body, turn_rank, rule_id, message_id)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let params = [
        ticket.0.into(),
        ms(now).into(),
        person.into(),
        event.name().into(),
        to_json(event)?,
        turn_rank(turn).into(),
        rule.into(),
        event.brings().map(|message| message.0).into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// The last line of this name that somebody wrote in a ticket's history.
pub fn last_by(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    person: PersonId,
    name: &str,
) -> Result<Option<EventId>, StoreError> {
    let sql = "SELECT id FROM events WHERE ticket_id = ?1 AND person_id = ?2 AND name = ?3
        ORDER BY id DESC LIMIT 1";
    let row = tx.one(sql, &[ticket.0.into(), person.0.into(), name.into()])?;
    row.map(|row| Ok(EventId(row.int("id")?))).transpose()
}

/// The history of one ticket, oldest first.
pub fn of_ticket(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<Recorded>, StoreError> {
    of_tickets(tx, &[ticket])
}

/// The histories of several tickets together, in the order in which things happened.
pub fn of_tickets(tx: &mut Tx<'_>, tickets: &[TicketId]) -> Result<Vec<Recorded>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM events WHERE ticket_id IN ({}) ORDER BY id",
        places(1, tickets.len())
    );
    tx.rows(&sql, &ids(tickets))?.iter().map(read).collect()
}

pub(crate) fn read(row: &Row) -> Result<Recorded, StoreError> {
    Ok(Recorded {
        id: EventId(row.int("id")?),
        ticket: TicketId(row.int("ticket_id")?),
        at: at(row, "at_ms")?,
        by: by(row)?,
        event: json(row, "body")?,
    })
}

fn by(row: &Row) -> Result<Actor, StoreError> {
    let person = row.maybe_int("person_id")?;
    let rule = row.maybe_int("rule_id")?;
    Ok(match (person, rule) {
        (Some(person), _) => Actor::Person(PersonId(person)),
        (None, Some(rule)) => Actor::Rule(RuleId(rule)),
        (None, None) => Actor::Kept,
    })
}

fn ids(tickets: &[TicketId]) -> Vec<Value> {
    tickets.iter().map(|ticket| ticket.0.into()).collect()
}
