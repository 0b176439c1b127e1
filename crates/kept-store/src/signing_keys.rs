//! Keys that sign outgoing mail, by the domain of From.

use jiff::Timestamp;

use crate::convert::{at, maybe_at, ms};
use crate::{Row, StoreError, Tx};

/// One key. It is new until it signs, and old once another one does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningKey {
    pub id: i64,
    pub domain: String,
    pub selector: String,
    /// `rsa` or `ed25519`.
    pub algorithm: String,
    /// In base64, as it is published.
    pub public_key: String,
    /// Sealed; empty once it signs no more.
    pub sealed_key: String,
    pub created_at: Timestamp,
    pub used_since: Option<Timestamp>,
    pub used_until: Option<Timestamp>,
}

const COLUMNS: &str = "id, domain, selector, algorithm, public_key, sealed_key, created_at_ms,
    used_since_ms, used_until_ms";

/// Writes a new key; its `id` is ignored and the new one returned.
pub fn insert(tx: &mut Tx<'_>, key: &SigningKey) -> Result<i64, StoreError> {
    let sql = "INSERT INTO signing_keys
            (domain, selector, algorithm, public_key, sealed_key, created_at_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id";
    let params = [
        key.domain.as_str().into(),
        key.selector.as_str().into(),
        key.algorithm.as_str().into(),
        key.public_key.as_str().into(),
        key.sealed_key.as_str().into(),
        ms(key.created_at).into(),
    ];
    let row = tx
        .one(sql, &params)?
        .ok_or_else(StoreError::nothing_returned)?;
    row.int("id")
}

/// All keys, by domain, the newest first.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<SigningKey>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM signing_keys ORDER BY domain, id DESC LIMIT 1000");
    tx.rows(&sql, &[])?.iter().map(read).collect()
}

pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<SigningKey>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM signing_keys WHERE id = ?1");
    tx.one(&sql, &[id.into()])?
        .map(|row| read(&row))
        .transpose()
}

/// The keys that sign the mail of a domain now.
pub fn in_use(tx: &mut Tx<'_>, domain: &str) -> Result<Vec<SigningKey>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM signing_keys
        WHERE domain = ?1 AND used_since_ms IS NOT NULL AND used_until_ms IS NULL
        ORDER BY id LIMIT 10"
    );
    tx.rows(&sql, &[domain.into()])?.iter().map(read).collect()
}

/// From now on this key signs; those of its kind that did so until now are done.
pub fn begin(tx: &mut Tx<'_>, key: &SigningKey, now: Timestamp) -> Result<(), StoreError> {
    let done = "UPDATE signing_keys SET used_until_ms = ?4, sealed_key = ''
        WHERE domain = ?1 AND algorithm = ?2 AND id <> ?3
            AND used_since_ms IS NOT NULL AND used_until_ms IS NULL";
    let params = [
        key.domain.as_str().into(),
        key.algorithm.as_str().into(),
        key.id.into(),
        ms(now).into(),
    ];
    tx.exec(done, &params)?;
    let begin = "UPDATE signing_keys SET used_since_ms = ?2 WHERE id = ?1";
    tx.exec(begin, &[key.id.into(), ms(now).into()])?;
    Ok(())
}

pub fn remove(tx: &mut Tx<'_>, id: i64) -> Result<(), StoreError> {
    tx.exec("DELETE FROM signing_keys WHERE id = ?1", &[id.into()])?;
    Ok(())
}

fn read(row: &Row) -> Result<SigningKey, StoreError> {
    Ok(SigningKey {
        id: row.int("id")?,
        domain: row.text("domain")?,
        selector: row.text("selector")?,
        algorithm: row.text("algorithm")?,
        public_key: row.text("public_key")?,
        sealed_key: row.text("sealed_key")?,
        created_at: at(row, "created_at_ms")?,
        used_since: maybe_at(row, "used_since_ms")?,
        used_until: maybe_at(row, "used_until_ms")?,
    })
}
