//! Dates on which a queue's rota differs.

use jiff::civil::Date;
use kept_domain::ids::{PersonId, QueueId};
use kept_domain::queues::Exception;

use crate::{Row, StoreError, Tx};

/// One with its number and queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    pub id: i64,
    pub queue: QueueId,
    pub exception: Exception,
}

pub fn insert(tx: &mut Tx<'_>, queue: QueueId, exception: &Exception) -> Result<i64, StoreError> {
    let sql = "INSERT INTO duty_exceptions (queue_id, date, instead_of, person_id)
        VALUES (?1, ?2, ?3, ?4) RETURNING id";
    let params = [
        queue.0.into(),
        exception.date.to_string().into(),
        exception.instead_of.map(|p| p.0).into(),
        exception.person.map(|p| p.0).into(),
    ];
    let row = tx.one(sql, &params)?;
    row.ok_or_else(StoreError::nothing_returned)?.int("id")
}

pub fn remove(tx: &mut Tx<'_>, queue: QueueId, id: i64) -> Result<bool, StoreError> {
    let sql = "DELETE FROM duty_exceptions WHERE id = ?1 AND queue_id = ?2";
    Ok(tx.exec(sql, &[id.into(), queue.0.into()])? == 1)
}

pub fn find(tx: &mut Tx<'_>, queue: QueueId, id: i64) -> Result<Option<Kept>, StoreError> {
    let sql = "SELECT id, queue_id, date, instead_of, person_id FROM duty_exceptions
        WHERE id = ?1 AND queue_id = ?2";
    let row = tx.one(sql, &[id.into(), queue.0.into()])?;
    row.as_ref().map(read).transpose()
}

/// Those of a queue from `from` on, by date.
pub fn since(tx: &mut Tx<'_>, queue: QueueId, from: Date) -> Result<Vec<Kept>, StoreError> {
    let sql = "SELECT id, queue_id, date, instead_of, person_id FROM duty_exceptions
        WHERE queue_id = ?1 AND date >= ?2 ORDER BY date, id";
    let rows = tx.rows(sql, &[queue.0.into(), from.to_string().into()])?;
    rows.iter().map(read).collect()
}

/// The latest of all queues, by date.
pub fn latest(tx: &mut Tx<'_>) -> Result<Vec<Kept>, StoreError> {
    let rows = tx.rows(
        "SELECT id, queue_id, date, instead_of, person_id FROM duty_exceptions
            ORDER BY date DESC, id DESC LIMIT 1000",
        &[],
    )?;
    let mut found = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    found.reverse();
    Ok(found)
}

fn read(row: &Row) -> Result<Kept, StoreError> {
    let text = row.text("date")?;
    let date: Date = text.parse().map_err(|_| StoreError::Corrupt {
        what: format!("a rota differs on {text:?}, which is no date"),
    })?;
    Ok(Kept {
        id: row.int("id")?,
        queue: QueueId(row.int("queue_id")?),
        exception: Exception {
            date,
            instead_of: row.maybe_int("instead_of")?.map(PersonId),
            person: row.maybe_int("person_id")?.map(PersonId),
        },
    })
}
