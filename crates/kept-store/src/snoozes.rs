//! What agents put off, and when it comes back: beside the tickets, for lists and for the worker.

use jiff::Timestamp;
use kept_domain::clocks::Side;
use kept_domain::ids::{PersonId, TicketId};
use kept_domain::snoozes::{Until, Why};
use kept_domain::turn::Turn;

use crate::convert::{at, json, maybe_at, ms, places, to_json, turn_of_rank, word};
use crate::{Row, StoreError, Tx, Value};

/// A ticket one person put off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snooze {
    pub person: PersonId,
    pub ticket: TicketId,
    pub until: Until,
    pub began: Timestamp,
    /// When it comes back by itself, and why.
    pub wakes: Option<(Timestamp, Why)>,
    /// Since when it is back, and why; `None` while it sleeps.
    pub woken: Option<(Timestamp, Why)>,
}

/// How many open tickets one person put off, of those that are theirs and whose turn is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asleep {
    pub is_mine: bool,
    pub turn: Turn,
    pub tickets: i64,
}

const COLUMNS: &str = "person_id, ticket_id, until_what, began_at_ms, wake_at_ms, wake_why,
    woken_at_ms, woken_why";

/// Tickets `?person` put off and that still sleep; for the conditions of lists.
pub(crate) fn asleep_for(person: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM snoozes s
            WHERE s.person_id = {person} AND s.ticket_id = t.id AND s.woken_at_ms IS NULL)"
    )
}

/// Writes one down, or over what the same person said of the same ticket before.
pub fn put(tx: &mut Tx<'_>, snooze: &Snooze) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO snoozes ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (person_id, ticket_id) DO UPDATE SET
            until_what = excluded.until_what, began_at_ms = excluded.began_at_ms,
            wake_at_ms = excluded.wake_at_ms, wake_why = excluded.wake_why,
            woken_at_ms = excluded.woken_at_ms, woken_why = excluded.woken_why"
    );
    let params = [
        snooze.person.0.into(),
        snooze.ticket.0.into(),
        to_json(&snooze.until)?,
        ms(snooze.began).into(),
        snooze.wakes.map(|(at, _)| ms(at)).into(),
        snooze.wakes.map(|(_, why)| why.as_str()).into(),
        snooze.woken.map(|(at, _)| ms(at)).into(),
        snooze.woken.map(|(_, why)| why.as_str()).into(),
    ];
    tx.exec(&sql, &params)?;
    Ok(())
}

/// Forgets that this person put it off.
pub fn remove(tx: &mut Tx<'_>, person: PersonId, ticket: TicketId) -> Result<(), StoreError> {
    let sql = "DELETE FROM snoozes WHERE person_id = ?1 AND ticket_id = ?2";
    tx.exec(sql, &[person.0.into(), ticket.0.into()])?;
    Ok(())
}

/// Everybody's on one ticket, those that are back included.
pub fn of_ticket(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<Snooze>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM snoozes WHERE ticket_id = ?1 ORDER BY person_id");
    tx.rows(&sql, &[ticket.0.into()])?
        .iter()
        .map(read)
        .collect()
}

/// One person's on these tickets, those that are back included.
pub fn on_tickets(
    tx: &mut Tx<'_>,
    person: PersonId,
    tickets: &[TicketId],
) -> Result<Vec<Snooze>, StoreError> {
    if tickets.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM snoozes WHERE person_id = ?1 AND ticket_id IN ({})",
        places(2, tickets.len())
    );
    let mut params: Vec<Value> = vec![person.0.into()];
    params.extend(tickets.iter().map(|ticket| Value::from(ticket.0)));
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

/// What one person put off and still sleeps: what comes back first stands first, what waits for something last.
pub fn asleep(
    tx: &mut Tx<'_>,
    person: PersonId,
    limit: usize,
) -> Result<Vec<TicketId>, StoreError> {
    let sql = "SELECT s.ticket_id FROM snoozes s JOIN tickets t ON t.id = s.ticket_id
        WHERE s.person_id = ?1 AND s.woken_at_ms IS NULL AND t.shelf IN ('open', 'parked')
        ORDER BY CASE WHEN s.wake_at_ms IS NULL THEN 1 ELSE 0 END, s.wake_at_ms, s.ticket_id
        LIMIT ?2";
    let rows = tx.rows(sql, &[person.0.into(), limit.into()])?;
    rows.iter()
        .map(|row| row.int("ticket_id").map(TicketId))
        .collect()
}

/// How many open ones sleep for one person.
pub fn counts(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Asleep>, StoreError> {
    let sql = "SELECT CASE WHEN t.responsible_id = ?1 THEN 1 ELSE 0 END AS is_mine, t.turn_rank,
            count(*) AS tickets
        FROM snoozes s JOIN tickets t ON t.id = s.ticket_id
        WHERE s.person_id = ?1 AND s.woken_at_ms IS NULL AND t.shelf = 'open'
        GROUP BY 1, t.turn_rank";
    let read = |row: &Row| {
        Ok(Asleep {
            is_mine: row.int("is_mine")? == 1,
            turn: turn_of_rank(row, "turn_rank")?,
            tickets: row.int("tickets")?,
        })
    };
    tx.rows(sql, &[person.0.into()])?.iter().map(read).collect()
}

/// Those that are to come back by now, the longest overdue first.
pub fn to_wake(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: usize,
) -> Result<Vec<(PersonId, TicketId)>, StoreError> {
    let sql = "SELECT person_id, ticket_id FROM snoozes WHERE wake_at_ms <= ?1
        ORDER BY wake_at_ms, ticket_id, person_id LIMIT ?2";
    let read = |row: &Row| {
        Ok((
            PersonId(row.int("person_id")?),
            TicketId(row.int("ticket_id")?),
        ))
    };
    tx.rows(sql, &[ms(now).into(), limit.into()])?
        .iter()
        .map(read)
        .collect()
}

/// When the next one comes back by itself.
pub fn next_wake(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT wake_at_ms FROM snoozes WHERE wake_at_ms IS NOT NULL
        ORDER BY wake_at_ms LIMIT 1";
    let row = tx.one(sql, &[])?;
    row.map_or(Ok(None), |row| maybe_at(&row, "wake_at_ms"))
}

/// What the desk owes next on a ticket and has not missed.
pub fn next_owed(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT min(due_at_ms) AS due_at_ms FROM obligations
        WHERE ticket_id = ?1 AND side = ?2 AND ended_at_ms IS NULL AND missed_at_ms IS NULL";
    let row = tx.one(sql, &[ticket.0.into(), Side::Desk.as_str().into()])?;
    row.map_or(Ok(None), |row| maybe_at(&row, "due_at_ms"))
}

fn read(row: &Row) -> Result<Snooze, StoreError> {
    Ok(Snooze {
        person: PersonId(row.int("person_id")?),
        ticket: TicketId(row.int("ticket_id")?),
        until: json(row, "until_what")?,
        began: at(row, "began_at_ms")?,
        wakes: moment(row, "wake_at_ms", "wake_why")?,
        woken: moment(row, "woken_at_ms", "woken_why")?,
    })
}

fn moment(row: &Row, at: &str, why: &str) -> Result<Option<(Timestamp, Why)>, StoreError> {
    let at = maybe_at(row, at)?;
    at.map(|at| Ok((at, word(row, why, Why::from_text)?)))
        .transpose()
}
