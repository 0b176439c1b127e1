//! Who watches which tickets that are not theirs. Nothing is moved by a merge: who watches what was merged watches where it is
//! told now.

use jiff::Timestamp;
use kept_domain::event::Event;
use kept_domain::ids::{PersonId, TicketId};

use crate::convert::ms;
use crate::{StoreError, Tx};

/// Watchers of one ticket and of those told on it that are shown and told.
const MOST: usize = 500;

/// Brings the table up to date with an event; most events change nothing here.
pub fn follow(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    now: Timestamp,
    event: &Event,
) -> Result<(), StoreError> {
    match event {
        Event::Watched { person } => {
            let sql = "INSERT INTO watchers (ticket_id, person_id, since_ms) VALUES (?1, ?2, ?3)
                ON CONFLICT DO NOTHING";
            tx.exec(sql, &[ticket.0.into(), person.0.into(), ms(now).into()])?;
        }
        Event::Unwatched { person } => {
            let sql = "DELETE FROM watchers WHERE ticket_id = ?1 AND person_id = ?2";
            tx.exec(sql, &[ticket.0.into(), person.0.into()])?;
        }
        _ => {}
    }
    Ok(())
}

/// Forgets every watcher of a ticket, before its events are followed anew.
pub fn forget(tx: &mut Tx<'_>, ticket: TicketId) -> Result<(), StoreError> {
    tx.exec(
        "DELETE FROM watchers WHERE ticket_id = ?1",
        &[ticket.0.into()],
    )?;
    Ok(())
}

/// Everybody who was said to watch the ticket itself, by number, also who left.
pub fn said_of(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<PersonId>, StoreError> {
    let sql = "SELECT w.person_id FROM watchers w WHERE w.ticket_id = ?1 ORDER BY w.person_id";
    let rows = tx.rows(sql, &[ticket.0.into()])?;
    rows.iter()
        .map(|row| row.int("person_id").map(PersonId))
        .collect()
}

/// Who watches it, or what is told on it since a merge, and works here: by name.
pub fn of_ticket(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<(PersonId, String)>, StoreError> {
    let sql = "WITH RECURSIVE here (id) AS (
            SELECT CAST(?1 AS BIGINT) UNION SELECT m.id FROM here JOIN tickets m ON m.merged_into = here.id)
        SELECT p.id, p.name FROM people p
        WHERE p.left_at_ms IS NULL AND p.role IS NOT NULL
            AND p.id IN (SELECT w.person_id FROM here JOIN watchers w ON w.ticket_id = here.id)
        ORDER BY lower(p.name), p.id LIMIT ?2";
    let rows = tx.rows(sql, &[ticket.0.into(), MOST.into()])?;
    rows.iter()
        .map(|row| Ok((PersonId(row.int("id")?), row.text("name")?)))
        .collect()
}

/// How many tickets that go on somebody watches.
pub fn count_open(tx: &mut Tx<'_>, person: PersonId) -> Result<i64, StoreError> {
    let sql = format!(
        "SELECT count(*) AS many FROM tickets t WHERE t.shelf IN ('open', 'parked') AND {}",
        condition("w.person_id = ?1")
    );
    let row = tx.one(&sql, &[person.0.into()])?;
    row.map_or(Ok(0), |row| row.int("many"))
}

/// The tickets that somebody watches of whom `person` holds, a condition on `watchers w`; where they are told now. One
/// condition on `t.id`.
pub(crate) fn condition(person: &str) -> String {
    format!(
        "t.id IN (WITH RECURSIVE told (id) AS (
            SELECT w.ticket_id FROM watchers w JOIN people wp ON wp.id = w.person_id
                WHERE wp.left_at_ms IS NULL AND wp.role IS NOT NULL AND {person}
            UNION
            SELECT m.merged_into FROM told JOIN tickets m ON m.id = told.id WHERE m.merged_into IS NOT NULL)
        SELECT id FROM told)"
    )
}
