//! How a mailbox does: when it was looked at, what is wrong and since when, what the admins were told.

use jiff::Timestamp;
use kept_domain::ids::MailboxId;

use crate::convert::{maybe_at, ms};
use crate::{Row, StoreError, Tx};

/// How one mailbox does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// When it was last looked through without trouble.
    pub checked_at: Option<Timestamp>,
    /// When it last brought a mail.
    pub received_at: Option<Timestamp>,
    pub trouble: Option<Trouble>,
    pub next_try_at: Option<Timestamp>,
    /// The kind of trouble the admins know of.
    pub alarmed: Option<String>,
    /// JSON: the longest time between two mails, a day each.
    pub gaps: String,
    pub canary: Canary,
}

/// What is wrong. `kind` is a word of the app's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub kind: String,
    pub since: Timestamp,
    pub words: String,
}

/// The last mail we sent ourselves, and whether it came back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Canary {
    pub word: Option<String>,
    pub sent_at: Option<Timestamp>,
    pub seen_at: Option<Timestamp>,
}

/// It was looked through to its end.
pub fn checked(tx: &mut Tx<'_>, id: MailboxId, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE mailboxes SET checked_at_ms = ?2 WHERE id = ?1";
    tx.exec(sql, &[id.0.into(), ms(now).into()])?;
    Ok(())
}

/// Nothing is wrong.
pub fn well(tx: &mut Tx<'_>, id: MailboxId) -> Result<(), StoreError> {
    let sql = "UPDATE mailboxes SET trouble = NULL, failing_since_ms = NULL, last_error = NULL,
            next_try_at_ms = NULL
        WHERE id = ?1";
    tx.exec(sql, &[id.0.into()])?;
    Ok(())
}

/// Something is wrong; it counts from the first time the same kind was seen.
pub fn failed(
    tx: &mut Tx<'_>,
    id: MailboxId,
    trouble: &Trouble,
    next_try_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let sql = "UPDATE mailboxes SET
            failing_since_ms = CASE WHEN trouble = ?2 THEN failing_since_ms ELSE ?3 END,
            trouble = ?2, last_error = ?4, next_try_at_ms = ?5
        WHERE id = ?1";
    let params = [
        id.0.into(),
        trouble.kind.as_str().into(),
        ms(trouble.since).into(),
        trouble.words.as_str().into(),
        next_try_at.map(ms).into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// A mail came; `gaps` is its history with this one in it.
pub fn received(
    tx: &mut Tx<'_>,
    id: MailboxId,
    at: Timestamp,
    gaps: &str,
) -> Result<(), StoreError> {
    let sql = "UPDATE mailboxes SET received_at_ms = ?2, gaps = ?3 WHERE id = ?1";
    tx.exec(sql, &[id.0.into(), ms(at).into(), gaps.into()])?;
    Ok(())
}

/// The admins were told of this kind of trouble, or that it is over. Tells whether that is news, so
/// that of two who tell one does.
pub fn told(
    tx: &mut Tx<'_>,
    id: MailboxId,
    before: Option<&str>,
    now: Option<&str>,
) -> Result<bool, StoreError> {
    let sql = "UPDATE mailboxes SET alarmed = ?3
        WHERE id = ?1 AND coalesce(alarmed, '') = coalesce(CAST(?2 AS TEXT), '')";
    Ok(tx.exec(sql, &[id.0.into(), before.into(), now.into()])? == 1)
}

/// A canary was sent.
pub fn canary_sent(
    tx: &mut Tx<'_>,
    id: MailboxId,
    word: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "UPDATE mailboxes SET canary_word = ?2, canary_sent_at_ms = ?3,
        canary_seen_at_ms = NULL WHERE id = ?1";
    tx.exec(sql, &[id.0.into(), word.into(), ms(now).into()])?;
    Ok(())
}

/// The canary with this word came back; tells whether it is the one that is awaited.
pub fn canary_seen(
    tx: &mut Tx<'_>,
    id: MailboxId,
    word: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "UPDATE mailboxes SET canary_seen_at_ms = ?3
        WHERE id = ?1 AND canary_word = ?2 AND canary_seen_at_ms IS NULL";
    Ok(tx.exec(sql, &[id.0.into(), word.into(), ms(now).into()])? == 1)
}

pub(super) fn read(row: &Row) -> Result<Health, StoreError> {
    let kind = row.maybe_text("trouble")?;
    let since = maybe_at(row, "failing_since_ms")?;
    let words = row.maybe_text("last_error")?.unwrap_or_default();
    Ok(Health {
        checked_at: maybe_at(row, "checked_at_ms")?,
        received_at: maybe_at(row, "received_at_ms")?,
        trouble: kind
            .zip(since)
            .map(|(kind, since)| Trouble { kind, since, words }),
        next_try_at: maybe_at(row, "next_try_at_ms")?,
        alarmed: row.maybe_text("alarmed")?,
        gaps: row.text("gaps")?,
        canary: Canary {
            word: row.maybe_text("canary_word")?,
            sent_at: maybe_at(row, "canary_sent_at_ms")?,
            seen_at: maybe_at(row, "canary_seen_at_ms")?,
        },
    })
}
