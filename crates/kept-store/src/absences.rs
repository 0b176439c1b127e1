//! When people are not here.

use jiff::Timestamp;
use kept_domain::ids::PersonId;
use kept_domain::queues::Away;

use crate::convert::{at, ms};
use crate::{Row, StoreError, Tx};

/// A time somebody is away, with the words for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    pub id: i64,
    pub person: PersonId,
    pub away: Away,
    pub reason: String,
}

const COLUMNS: &str = "id, person_id, from_ms, until_ms, reason";

pub fn insert(
    tx: &mut Tx<'_>,
    person: PersonId,
    away: Away,
    reason: &str,
) -> Result<i64, StoreError> {
    let sql = "INSERT INTO absences (person_id, from_ms, until_ms, reason)
        VALUES (?1, ?2, ?3, ?4) RETURNING id";
    let params = [
        person.0.into(),
        ms(away.from).into(),
        ms(away.until).into(),
        reason.into(),
    ];
    let row = tx.one(sql, &params)?;
    row.ok_or_else(StoreError::nothing_returned)?.int("id")
}

pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Absence>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM absences WHERE id = ?1");
    tx.one(&sql, &[id.into()])?
        .map(|row| read(&row))
        .transpose()
}

pub fn remove(tx: &mut Tx<'_>, id: i64) -> Result<bool, StoreError> {
    Ok(tx.exec("DELETE FROM absences WHERE id = ?1", &[id.into()])? == 1)
}

/// What is not over at `now`, the soonest end first.
pub fn since(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<Absence>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM absences WHERE until_ms > ?1 ORDER BY until_ms, id LIMIT 1000"
    );
    tx.rows(&sql, &[ms(now).into()])?.iter().map(read).collect()
}

/// The time somebody is away at `now`, the one that ends last.
pub fn of_person(
    tx: &mut Tx<'_>,
    person: PersonId,
    now: Timestamp,
) -> Result<Option<Absence>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM absences WHERE person_id = ?1 AND until_ms > ?2 AND from_ms <= ?2
        ORDER BY until_ms DESC, id LIMIT 1"
    );
    tx.one(&sql, &[person.0.into(), ms(now).into()])?
        .map(|row| read(&row))
        .transpose()
}

/// The latest of everybody, for the rota.
pub(crate) fn latest(tx: &mut Tx<'_>) -> Result<Vec<Absence>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM absences ORDER BY until_ms DESC, id LIMIT 1000");
    tx.rows(&sql, &[])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Absence, StoreError> {
    Ok(Absence {
        id: row.int("id")?,
        person: PersonId(row.int("person_id")?),
        away: Away {
            from: at(row, "from_ms")?,
            until: at(row, "until_ms")?,
        },
        reason: row.text("reason")?,
    })
}
