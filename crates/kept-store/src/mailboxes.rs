//! Mailboxes elsewhere that mail is fetched from: how each is set up, where fetching stands in it, and
//! how it does. The settings are JSON that the app understands.

pub mod health;
pub mod mails;

use jiff::Timestamp;
use kept_domain::ids::MailboxId;

use crate::convert::{maybe_at, ms};
use crate::{Row, StoreError, Tx};
use health::Health;

/// One mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    pub id: MailboxId,
    pub name: String,
    pub settings: String,
    pub is_on: bool,
    pub place: Place,
    pub health: Health,
}

/// Where fetching stands in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// What its UIDs count from; `None` until it was opened once.
    pub uid_validity: Option<u32>,
    /// Every UID below has been seen.
    pub next_uid: u32,
    /// When it was opened for the first time.
    pub begun_at: Option<Timestamp>,
}

const COLUMNS: &str = "id, name, settings, is_on, uid_validity, next_uid, begun_at_ms,
    checked_at_ms, received_at_ms, trouble, failing_since_ms, last_error, next_try_at_ms,
    alarmed, gaps, canary_word, canary_sent_at_ms, canary_seen_at_ms";
/// More mailboxes than any desk has.
const MOST: i64 = 200;

pub fn insert(
    tx: &mut Tx<'_>,
    name: &str,
    settings: &str,
    is_on: bool,
    now: Timestamp,
) -> Result<MailboxId, StoreError> {
    let sql = "INSERT INTO mailboxes (name, settings, is_on, created_at_ms, next_uid, gaps)
        VALUES (?1, ?2, ?3, ?4, 1, '[]') RETURNING id";
    let params = [name.into(), settings.into(), is_on.into(), ms(now).into()];
    let row = tx.one(sql, &params)?;
    row.ok_or_else(StoreError::nothing_returned)?
        .int("id")
        .map(MailboxId)
}

/// Changes how it is set up and lets it be tried at once; tells whether it is there.
pub fn update(
    tx: &mut Tx<'_>,
    id: MailboxId,
    name: &str,
    settings: &str,
    is_on: bool,
) -> Result<bool, StoreError> {
    let sql = "UPDATE mailboxes SET name = ?2, settings = ?3, is_on = ?4, next_try_at_ms = NULL
        WHERE id = ?1";
    let params = [id.0.into(), name.into(), settings.into(), is_on.into()];
    Ok(tx.exec(sql, &params)? == 1)
}

/// Forgets where fetching stood: another folder, or another server.
pub fn begin_anew(tx: &mut Tx<'_>, id: MailboxId) -> Result<(), StoreError> {
    mails::forget(tx, id)?;
    let sql = "UPDATE mailboxes SET uid_validity = NULL, next_uid = 1, begun_at_ms = NULL,
            received_at_ms = NULL, gaps = '[]', canary_word = NULL, canary_sent_at_ms = NULL,
            canary_seen_at_ms = NULL
        WHERE id = ?1";
    tx.exec(sql, &[id.0.into()])?;
    Ok(())
}

/// Removes it with what is still to do in it. The mails it brought stay.
pub fn remove(tx: &mut Tx<'_>, id: MailboxId) -> Result<bool, StoreError> {
    mails::forget(tx, id)?;
    Ok(tx.exec("DELETE FROM mailboxes WHERE id = ?1", &[id.0.into()])? == 1)
}

pub fn find(tx: &mut Tx<'_>, id: MailboxId) -> Result<Option<Mailbox>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM mailboxes WHERE id = ?1");
    tx.one(&sql, &[id.0.into()])?
        .map(|row| read(&row))
        .transpose()
}

/// All of them, in the order they were added.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Mailbox>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM mailboxes ORDER BY id LIMIT ?1");
    tx.rows(&sql, &[MOST.into()])?.iter().map(read).collect()
}

/// Takes or renews the right to fetch. Refused while another node has it, when the mailbox is off or
/// gone, and before the time of its next try.
pub fn lease(
    tx: &mut Tx<'_>,
    id: MailboxId,
    node: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "UPDATE mailboxes SET leased_by = ?2, lease_until_ms = ?4
        WHERE id = ?1 AND is_on = 1
          AND (leased_by IS NULL OR leased_by = ?2 OR lease_until_ms <= ?3)
          AND (next_try_at_ms IS NULL OR next_try_at_ms <= ?3)";
    let params = [id.0.into(), node.into(), ms(now).into(), ms(until).into()];
    Ok(tx.exec(sql, &params)? == 1)
}

/// Gives the right back, so that another node need not wait.
pub fn release(tx: &mut Tx<'_>, id: MailboxId, node: &str) -> Result<(), StoreError> {
    let sql = "UPDATE mailboxes SET leased_by = NULL, lease_until_ms = NULL
        WHERE id = ?1 AND leased_by = ?2";
    tx.exec(sql, &[id.0.into(), node.into()])?;
    Ok(())
}

/// Lets every mailbox be tried at once: something they all may have waited for has changed.
pub fn try_all_now(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let sql = "UPDATE mailboxes SET next_try_at_ms = NULL WHERE next_try_at_ms IS NOT NULL";
    tx.exec(sql, &[])?;
    Ok(())
}

/// Writes where fetching stands now.
pub fn set_place(tx: &mut Tx<'_>, id: MailboxId, place: &Place) -> Result<(), StoreError> {
    let sql =
        "UPDATE mailboxes SET uid_validity = ?2, next_uid = ?3, begun_at_ms = ?4 WHERE id = ?1";
    let params = [
        id.0.into(),
        place.uid_validity.into(),
        place.next_uid.into(),
        place.begun_at.map(ms).into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

fn read(row: &Row) -> Result<Mailbox, StoreError> {
    let uid = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(Mailbox {
        id: MailboxId(row.int("id")?),
        name: row.text("name")?,
        settings: row.text("settings")?,
        is_on: row.flag("is_on")?,
        place: Place {
            uid_validity: row.maybe_int("uid_validity")?.map(uid),
            next_uid: uid(row.int("next_uid")?),
            begun_at: maybe_at(row, "begun_at_ms")?,
        },
        health: health::read(row)?,
    })
}
