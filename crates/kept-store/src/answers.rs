//! Automatic answers that went out: what the budgets against loops are counted from. They bear running
//! numbers, so that a count costs the same however many there are.

use jiff::Timestamp;
use kept_domain::ids::OutgoingId;

use crate::convert::{at, ms};
use crate::{StoreError, Tx};

/// An automatic answer that was queued.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// Without its `+detail`: a robot may write under another one each time.
    pub address: &'a str,
    pub domain: &'a str,
    /// What it was about, without the prefixes of answers.
    pub subject: &'a str,
    pub outgoing: OutgoingId,
}

/// Answers to one address that are looked at; more are a budget long spent.
const MOST: usize = 100;

pub fn insert(tx: &mut Tx<'_>, answer: Answer<'_>, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO automatic_answers
            (address, at_ms, outgoing_id, domain, subject, nth, nth_of_domain)
        VALUES (?1, ?2, ?3, ?4, ?5,
            (SELECT coalesce(max(nth), 0) + 1 FROM automatic_answers),
            (SELECT coalesce(max(nth_of_domain), 0) + 1 FROM automatic_answers WHERE domain = ?4))";
    let params = [
        answer.address.into(),
        ms(now).into(),
        answer.outgoing.0.into(),
        answer.domain.into(),
        answer.subject.into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// When an address was answered since then, and about what.
pub fn to_address(
    tx: &mut Tx<'_>,
    address: &str,
    since: Timestamp,
) -> Result<Vec<(Timestamp, Option<String>)>, StoreError> {
    let sql = "SELECT at_ms, subject FROM automatic_answers
        WHERE address = ?1 AND at_ms > ?2 ORDER BY at_ms DESC LIMIT ?3";
    let params = [address.into(), ms(since).into(), MOST.into()];
    tx.rows(sql, &params)?
        .iter()
        .map(|row| Ok((at(row, "at_ms")?, row.maybe_text("subject")?)))
        .collect()
}

/// Answers to addresses of a domain since then.
pub fn to_domain(tx: &mut Tx<'_>, domain: &str, since: Timestamp) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce((SELECT max(nth_of_domain) FROM automatic_answers WHERE domain = ?1), 0)
            - coalesce((SELECT nth_of_domain FROM automatic_answers WHERE domain = ?1 AND at_ms <= ?2
                ORDER BY at_ms DESC, nth_of_domain DESC LIMIT 1), 0) AS answers";
    let params = [domain.into(), ms(since).into()];
    tx.one(sql, &params)?
        .map_or(Ok(0), |row| row.int("answers"))
}

/// Answers to anybody since then.
pub fn of_desk(tx: &mut Tx<'_>, since: Timestamp) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce((SELECT max(nth) FROM automatic_answers), 0)
            - coalesce((SELECT nth FROM automatic_answers WHERE at_ms <= ?1
                ORDER BY at_ms DESC, nth DESC LIMIT 1), 0) AS answers";
    tx.one(sql, &[ms(since).into()])?
        .map_or(Ok(0), |row| row.int("answers"))
}
