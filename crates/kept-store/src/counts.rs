//! How many tickets stand where: kept as tickets change, never counted.
//!
//! SQLite has one writer and changes the counts in place. On PostgreSQL two nodes would wait for each
//! other at the same row, so changes are appended there and folded in by [`fold`].

use kept_domain::ids::{PersonId, QueueId};
use kept_domain::tickets::Ticket;
use kept_domain::turn::Turn;

use crate::convert::{turn_of_rank, turn_rank};
use crate::shelf::Shelf;
use crate::{Database, Row, StoreError, Tx};

/// Tickets that share all of this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub queue: QueueId,
    pub responsible: PersonId,
    pub shelf: Shelf,
    pub turn: Turn,
    pub tickets: i64,
}

const BOTH: &str = "(SELECT queue_id, responsible_id, shelf, turn_rank, tickets FROM ticket_counts
    UNION ALL
    SELECT queue_id, responsible_id, shelf, turn_rank, change FROM ticket_count_changes) AS counted";

pub(crate) fn add(tx: &mut Tx<'_>, ticket: &Ticket, change: i64) -> Result<(), StoreError> {
    let in_place = "INSERT INTO ticket_counts (queue_id, responsible_id, shelf, turn_rank, tickets)
        VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (queue_id, responsible_id, shelf, turn_rank)
        DO UPDATE SET tickets = ticket_counts.tickets + excluded.tickets";
    let appended = "INSERT INTO ticket_count_changes
        (queue_id, responsible_id, shelf, turn_rank, change) VALUES (?1, ?2, ?3, ?4, ?5)";
    let sql = match tx.database() {
        Database::Sqlite => in_place,
        Database::Postgres => appended,
    };
    let params = [
        ticket.queue.0.into(),
        ticket.responsible.0.into(),
        Shelf::of(ticket).as_str().into(),
        turn_rank(ticket.turn()).into(),
        change.into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// Every count that is not zero.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Count>, StoreError> {
    let sql = format!(
        "SELECT queue_id, responsible_id, shelf, turn_rank, CAST(sum(tickets) AS BIGINT) AS tickets
        FROM {BOTH} GROUP BY queue_id, responsible_id, shelf, turn_rank
        HAVING sum(tickets) <> 0 ORDER BY queue_id, responsible_id, shelf, turn_rank"
    );
    tx.rows(&sql, &[])?.iter().map(count).collect()
}

/// The same, counted from the tickets themselves; for the doctor, not for pages.
pub fn counted(tx: &mut Tx<'_>) -> Result<Vec<Count>, StoreError> {
    let sql = "SELECT queue_id, responsible_id, shelf, turn_rank, count(*) AS tickets
        FROM tickets GROUP BY queue_id, responsible_id, shelf, turn_rank
        ORDER BY queue_id, responsible_id, shelf, turn_rank";
    tx.rows(sql, &[])?.iter().map(count).collect()
}

fn count(row: &Row) -> Result<Count, StoreError> {
    Ok(Count {
        queue: QueueId(row.int("queue_id")?),
        responsible: PersonId(row.int("responsible_id")?),
        shelf: crate::convert::word(row, "shelf", Shelf::from_text)?,
        turn: turn_of_rank(row, "turn_rank")?,
        tickets: row.int("tickets")?,
    })
}

pub(crate) fn open_by_agent(tx: &mut Tx<'_>) -> Result<Vec<(PersonId, i64)>, StoreError> {
    let sql = format!(
        "SELECT responsible_id, CAST(sum(tickets) AS BIGINT) AS tickets FROM {BOTH}
        WHERE shelf = 'open' GROUP BY responsible_id"
    );
    tx.rows(&sql, &[])?
        .iter()
        .map(|row| Ok((PersonId(row.int("responsible_id")?), row.int("tickets")?)))
        .collect()
}

/// Folds appended changes into the counts; says how many there were. Two nodes may do it at once.
pub fn fold(tx: &mut Tx<'_>) -> Result<u64, StoreError> {
    let taken = tx.rows(
        "DELETE FROM ticket_count_changes
            RETURNING queue_id, responsible_id, shelf, turn_rank, change",
        &[],
    )?;
    for row in &taken {
        let params = [
            row.int("queue_id")?.into(),
            row.int("responsible_id")?.into(),
            row.text("shelf")?.into(),
            row.int("turn_rank")?.into(),
            row.int("change")?.into(),
        ];
        let sql = "INSERT INTO ticket_counts (queue_id, responsible_id, shelf, turn_rank, tickets)
            VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (queue_id, responsible_id, shelf, turn_rank)
            DO UPDATE SET tickets = ticket_counts.tickets + excluded.tickets";
        tx.exec(sql, &params)?;
    }
    Ok(taken.len() as u64)
}

/// Throws the counts away and counts again.
pub fn rebuild(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.exec("DELETE FROM ticket_count_changes", &[])?;
    tx.exec("DELETE FROM ticket_counts", &[])?;
    tx.exec(
        "INSERT INTO ticket_counts (queue_id, responsible_id, shelf, turn_rank, tickets)
            SELECT queue_id, responsible_id, shelf, turn_rank, count(*)
            FROM tickets GROUP BY queue_id, responsible_id, shelf, turn_rank",
        &[],
    )?;
    Ok(())
}
