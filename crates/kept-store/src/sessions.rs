//! Who is signed in. Only hashes of the cookies are stored.

use jiff::Timestamp;
use kept_domain::access::Viewer;
use kept_domain::ids::PersonId;

use crate::convert::{ms, word};
use crate::{StoreError, Tx};

pub fn insert(
    tx: &mut Tx<'_>,
    token_sha256: &str,
    person: PersonId,
    now: Timestamp,
    expires: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO sessions (token_sha256, person_id, created_at_ms, expires_at_ms)
        VALUES (?1, ?2, ?3, ?4)";
    tx.exec(
        sql,
        &[
            token_sha256.into(),
            person.0.into(),
            ms(now).into(),
            ms(expires).into(),
        ],
    )?;
    Ok(())
}

/// Remembers that a sign-in link began this session.
pub fn set_by_link(tx: &mut Tx<'_>, token_sha256: &str) -> Result<(), StoreError> {
    let sql = "UPDATE sessions SET by_link = 1 WHERE token_sha256 = ?1";
    tx.exec(sql, &[token_sha256.into()])?;
    Ok(())
}

/// Whether a sign-in link began this session.
pub fn came_by_link(tx: &mut Tx<'_>, token_sha256: &str) -> Result<bool, StoreError> {
    let sql = "SELECT by_link FROM sessions WHERE token_sha256 = ?1";
    tx.one(sql, &[token_sha256.into()])?
        .map_or(Ok(false), |row| row.flag("by_link"))
}

/// Who this session belongs to, if it runs and they still work here.
pub fn viewer(
    tx: &mut Tx<'_>,
    token_sha256: &str,
    now: Timestamp,
) -> Result<Option<Viewer>, StoreError> {
    let sql = "SELECT p.id, p.name, p.role FROM sessions s JOIN people p ON p.id = s.person_id
        WHERE s.token_sha256 = ?1 AND s.expires_at_ms > ?2
            AND p.left_at_ms IS NULL AND p.role IS NOT NULL";
    let Some(row) = tx.one(sql, &[token_sha256.into(), ms(now).into()])? else {
        return Ok(None);
    };
    Ok(Some(Viewer {
        person: PersonId(row.int("id")?),
        name: row.text("name")?,
        role: word(&row, "role", |text| text.parse().ok())?,
    }))
}

pub fn delete(tx: &mut Tx<'_>, token_sha256: &str) -> Result<(), StoreError> {
    tx.exec(
        "DELETE FROM sessions WHERE token_sha256 = ?1",
        &[token_sha256.into()],
    )?;
    Ok(())
}

/// Signs somebody out everywhere.
pub fn delete_all_of(tx: &mut Tx<'_>, person: PersonId) -> Result<(), StoreError> {
    tx.exec(
        "DELETE FROM sessions WHERE person_id = ?1",
        &[person.0.into()],
    )?;
    Ok(())
}

pub fn delete_expired(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, StoreError> {
    tx.exec(
        "DELETE FROM sign_in_links WHERE expires_at_ms <= ?1",
        &[ms(now).into()],
    )?;
    tx.exec(
        "DELETE FROM sessions WHERE expires_at_ms <= ?1",
        &[ms(now).into()],
    )
}

pub fn insert_link(
    tx: &mut Tx<'_>,
    token_sha256: &str,
    person: PersonId,
    expires: Timestamp,
) -> Result<(), StoreError> {
    let sql =
        "INSERT INTO sign_in_links (token_sha256, person_id, expires_at_ms) VALUES (?1, ?2, ?3)";
    tx.exec(
        sql,
        &[token_sha256.into(), person.0.into(), ms(expires).into()],
    )?;
    Ok(())
}

/// Uses a link up; it works once.
pub fn take_link(
    tx: &mut Tx<'_>,
    token_sha256: &str,
    now: Timestamp,
) -> Result<Option<PersonId>, StoreError> {
    let sql = "DELETE FROM sign_in_links WHERE token_sha256 = ?1 AND expires_at_ms > ?2
        RETURNING person_id";
    let row = tx.one(sql, &[token_sha256.into(), ms(now).into()])?;
    row.map(|row| row.int("person_id").map(PersonId))
        .transpose()
}
