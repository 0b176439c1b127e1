//! Links for people without a session. Only hashes of their tokens are stored.

use jiff::Timestamp;
use kept_domain::ids::{PersonId, PrivateLinkId};
use kept_domain::private_links::{Link, Purpose};

use crate::convert::{at, maybe_at, ms, word};
use crate::{Row, StoreError, Tx};

const COLUMNS: &str =
    "id, purpose, about_id, made_by, made_at_ms, until_ms, used_at_ms, withdrawn_at_ms";

/// Gives a new link its number; the one in `new` does not count.
pub fn insert(
    tx: &mut Tx<'_>,
    token_sha256: &str,
    new: &Link,
) -> Result<PrivateLinkId, StoreError> {
    let sql = "INSERT INTO private_links
            (token_sha256, purpose, about_id, made_by, made_at_ms, until_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id";
    let values = [
        token_sha256.into(),
        new.purpose.as_str().into(),
        new.about.into(),
        new.made_by.map(|id| id.0).into(),
        ms(new.made_at).into(),
        new.until.map(ms).into(),
    ];
    let row = tx.one(sql, &values)?;
    let row = row.ok_or_else(StoreError::nothing_returned)?;
    row.int("id").map(PrivateLinkId)
}

/// The link of this token and purpose, whether it still holds or not.
pub fn find(
    tx: &mut Tx<'_>,
    purpose: Purpose,
    token_sha256: &str,
) -> Result<Option<Link>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM private_links WHERE token_sha256 = ?1 AND purpose = ?2");
    tx.one(&sql, &[token_sha256.into(), purpose.as_str().into()])?
        .map(|row| read(&row))
        .transpose()
}

/// Those about something, withdrawn ones too, in the order in which they were made.
pub fn of(tx: &mut Tx<'_>, purpose: Purpose, about: i64) -> Result<Vec<Link>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM private_links WHERE purpose = ?1 AND about_id = ?2 ORDER BY id"
    );
    tx.rows(&sql, &[purpose.as_str().into(), about.into()])?
        .iter()
        .map(read)
        .collect()
}

pub fn set_used(tx: &mut Tx<'_>, id: PrivateLinkId, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE private_links SET used_at_ms = ?2 WHERE id = ?1";
    tx.exec(sql, &[id.0.into(), ms(now).into()])?;
    Ok(())
}

/// Nobody comes in by it from `now` on; the first time counts. Whether it was there to be withdrawn.
pub fn withdraw(tx: &mut Tx<'_>, id: PrivateLinkId, now: Timestamp) -> Result<bool, StoreError> {
    let sql =
        "UPDATE private_links SET withdrawn_at_ms = ?2 WHERE id = ?1 AND withdrawn_at_ms IS NULL";
    Ok(tx.exec(sql, &[id.0.into(), ms(now).into()])? > 0)
}

fn read(row: &Row) -> Result<Link, StoreError> {
    Ok(Link {
        id: PrivateLinkId(row.int("id")?),
        purpose: word(row, "purpose", Purpose::from_text)?,
        about: row.int("about_id")?,
        made_by: row.maybe_int("made_by")?.map(PersonId),
        made_at: at(row, "made_at_ms")?,
        until: maybe_at(row, "until_ms")?,
        used_at: maybe_at(row, "used_at_ms")?,
        withdrawn_at: maybe_at(row, "withdrawn_at_ms")?,
    })
}
