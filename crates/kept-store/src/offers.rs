//! Tickets that are offered to somebody who has not answered.

use jiff::Timestamp;
use kept_domain::ids::{PersonId, TicketId};

use crate::convert::at;
use crate::{Row, StoreError, Tx, Value};

/// An offer that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    pub ticket: TicketId,
    /// Who is responsible until it is taken.
    pub from: PersonId,
    pub to: PersonId,
    pub due: Timestamp,
}

const COLUMNS: &str = "id, responsible_id, delegated_to, delegated_until_ms";

/// Those made to `person`, the soonest due first.
pub fn to(tx: &mut Tx<'_>, person: PersonId, limit: usize) -> Result<Vec<Offer>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM tickets WHERE delegated_to = ?1
        ORDER BY delegated_until_ms, id LIMIT ?2"
    );
    read_all(tx, &sql, &[person.0.into(), limit.into()])
}

/// Those of tickets that `person` holds, the soonest due first.
pub fn from(tx: &mut Tx<'_>, person: PersonId, limit: usize) -> Result<Vec<Offer>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM tickets WHERE responsible_id = ?1 AND shelf = 'open'
            AND delegated_to IS NOT NULL ORDER BY delegated_until_ms, id LIMIT ?2"
    );
    read_all(tx, &sql, &[person.0.into(), limit.into()])
}

/// How many are made to `person`.
pub fn count(tx: &mut Tx<'_>, person: PersonId) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) AS n FROM tickets WHERE delegated_to = ?1";
    let row = tx.one(sql, &[person.0.into()])?;
    row.ok_or_else(StoreError::nothing_returned)?.int("n")
}

fn read_all(tx: &mut Tx<'_>, sql: &str, params: &[Value]) -> Result<Vec<Offer>, StoreError> {
    tx.rows(sql, params)?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Offer, StoreError> {
    Ok(Offer {
        ticket: TicketId(row.int("id")?),
        from: PersonId(row.int("responsible_id")?),
        to: PersonId(row.int("delegated_to")?),
        due: at(row, "delegated_until_ms")?,
    })
}

/// How many each agent was asked to take.
pub fn by_agent(tx: &mut Tx<'_>) -> Result<Vec<(PersonId, i64)>, StoreError> {
    let sql = "SELECT delegated_to, count(*) AS many FROM tickets
        WHERE delegated_to IS NOT NULL
        GROUP BY delegated_to LIMIT 1000";
    let rows = tx.rows(sql, &[])?;
    rows.iter()
        .map(|row| Ok((PersonId(row.int("delegated_to")?), row.int("many")?)))
        .collect()
}
