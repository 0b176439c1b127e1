//! Addresses that mail came back from, and since when nothing is sent there.

use jiff::Timestamp;
use kept_domain::ids::PersonId;

use crate::convert::{at, maybe_at, ms, places};
use crate::not_delivered::NotDelivered;
use crate::{Row, StoreError, Tx, Value};

/// What is known of an address that mail came back from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounced {
    pub address: String,
    /// How often it was said to be dead, and how often something else was wrong.
    pub hard: i64,
    pub soft: i64,
    pub first: Timestamp,
    pub last: Timestamp,
    /// Nothing is sent there since then.
    pub suppressed_since: Option<Timestamp>,
    pub status: Option<String>,
    /// Why the last one came back, in words.
    pub reason: String,
    pub cleared_at: Option<Timestamp>,
    /// `None` when a mail from there cleared it.
    pub cleared_by: Option<PersonId>,
}

const COLUMNS: &str = "address, hard, soft, first_ms, last_ms, suppressed_since_ms, status,
    reason, cleared_at_ms, cleared_by";

/// Counts one report for its address; `id` is the report's. With `suppress` nothing is sent there
/// from now on.
pub fn count(
    tx: &mut Tx<'_>,
    report: &NotDelivered,
    id: i64,
    suppress: bool,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO bounced_addresses (address, hard, soft, first_ms, last_ms,
            suppressed_since_ms, status, reason, not_delivered_id)
        VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (address) DO UPDATE SET
            hard = bounced_addresses.hard + excluded.hard,
            soft = bounced_addresses.soft + excluded.soft,
            last_ms = excluded.last_ms,
            suppressed_since_ms =
                coalesce(bounced_addresses.suppressed_since_ms, excluded.suppressed_since_ms),
            status = excluded.status,
            reason = excluded.reason,
            not_delivered_id = excluded.not_delivered_id";
    let params = [
        report.address.as_str().into(),
        i64::from(suppress).into(),
        i64::from(!suppress).into(),
        ms(report.at).into(),
        suppress.then(|| ms(report.at)).into(),
        report.status.as_deref().into(),
        report.reason.as_str().into(),
        id.into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// Which of these addresses nothing is sent to.
pub fn suppressed(tx: &mut Tx<'_>, addresses: &[String]) -> Result<Vec<Bounced>, StoreError> {
    if addresses.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM bounced_addresses
        WHERE suppressed_since_ms IS NOT NULL AND address IN ({}) ORDER BY address",
        places(1, addresses.len())
    );
    let params: Vec<Value> = addresses.iter().map(Value::from).collect();
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

/// What is known of an address; `None` when mail never came back from there.
pub fn find(tx: &mut Tx<'_>, address: &str) -> Result<Option<Bounced>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM bounced_addresses WHERE address = ?1");
    tx.one(&sql, &[address.into()])?
        .map(|row| read(&row))
        .transpose()
}

/// Mail is sent there again; tells whether it was not. `by` is nobody when a mail from there says so.
pub fn clear(
    tx: &mut Tx<'_>,
    address: &str,
    by: Option<PersonId>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "UPDATE bounced_addresses
        SET suppressed_since_ms = NULL, cleared_at_ms = ?2, cleared_by = ?3
        WHERE address = ?1 AND suppressed_since_ms IS NOT NULL";
    let params = [address.into(), ms(now).into(), by.map(|p| p.0).into()];
    Ok(tx.exec(sql, &params)? == 1)
}

/// How many addresses nothing is sent to, counted no further than a thousand.
pub fn count_suppressed(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) AS addresses FROM (SELECT address FROM bounced_addresses
        WHERE suppressed_since_ms IS NOT NULL LIMIT 1000) AS first_ones";
    tx.one(sql, &[])?.map_or(Ok(0), |row| row.int("addresses"))
}

fn read(row: &Row) -> Result<Bounced, StoreError> {
    Ok(Bounced {
        address: row.text("address")?,
        hard: row.int("hard")?,
        soft: row.int("soft")?,
        first: at(row, "first_ms")?,
        last: at(row, "last_ms")?,
        suppressed_since: maybe_at(row, "suppressed_since_ms")?,
        status: row.maybe_text("status")?,
        reason: row.text("reason")?,
        cleared_at: maybe_at(row, "cleared_at_ms")?,
        cleared_by: row.maybe_int("cleared_by")?.map(PersonId),
    })
}
