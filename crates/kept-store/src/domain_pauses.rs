//! Domains whose mail server said "not now", and until when nothing is tried there.

use jiff::Timestamp;

use crate::convert::{at, ms, places};
use crate::{Row, StoreError, Tx, Value};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DomainPause {
    /// In lower case.
    pub domain: String,
    /// How often in a row it was said.
    pub times: i64,
    pub until: Timestamp,
    pub answer: String,
}

/// What is known of these domains.
pub fn of(tx: &mut Tx<'_>, domains: &[String]) -> Result<Vec<DomainPause>, StoreError> {
    if domains.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT domain, times, until_ms, answer FROM domain_pauses
        WHERE domain IN ({}) ORDER BY domain",
        places(1, domains.len())
    );
    let params: Vec<Value> = domains.iter().map(Value::from).collect();
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

/// Writes one down, in the place of what was known.
pub fn put(tx: &mut Tx<'_>, pause: &DomainPause) -> Result<(), StoreError> {
    let sql = "INSERT INTO domain_pauses (domain, times, until_ms, answer) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (domain) DO UPDATE SET times = excluded.times,
            until_ms = excluded.until_ms, answer = excluded.answer";
    let params = [
        pause.domain.as_str().into(),
        pause.times.into(),
        ms(pause.until).into(),
        pause.answer.as_str().into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// These take mail again.
pub fn lift(tx: &mut Tx<'_>, domains: &[String]) -> Result<(), StoreError> {
    if domains.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "DELETE FROM domain_pauses WHERE domain IN ({})",
        places(1, domains.len())
    );
    let params: Vec<Value> = domains.iter().map(Value::from).collect();
    tx.exec(&sql, &params)?;
    Ok(())
}

fn read(row: &Row) -> Result<DomainPause, StoreError> {
    Ok(DomainPause {
        domain: row.text("domain")?,
        times: row.int("times")?,
        until: at(row, "until_ms")?,
        answer: row.text("answer")?,
    })
}
