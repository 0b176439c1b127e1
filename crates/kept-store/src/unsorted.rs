//! Mail that waits for a human eye.

use jiff::Timestamp;
use kept_domain::ids::{PersonId, TicketId, UnsortedId};
use kept_domain::intake::Unsorted;

use crate::convert::{at, maybe_at, ms, word};
use crate::{Row, StoreError, Tx};

/// One such mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsortedMail {
    pub id: UnsortedId,
    pub reason: Unsorted,
    pub at: Timestamp,
    pub raw_sha256: String,
    pub raw_size_bytes: i64,
    pub author: String,
    pub subject: String,
    pub excerpt: String,
    /// JSON that the app understands.
    pub envelope: String,
    pub settled_at: Option<Timestamp>,
    pub settled_as: Option<String>,
    pub ticket: Option<TicketId>,
}

const COLUMNS: &str = "id, reason, at_ms, raw_sha256, raw_size_bytes, author, subject, excerpt,
    envelope, settled_at_ms, settled_as, ticket_id";

/// Writes one; `id` and what a person decides later are ignored.
pub fn insert(tx: &mut Tx<'_>, mail: &UnsortedMail) -> Result<UnsortedId, StoreError> {
    let sql = "INSERT INTO unsorted (reason, at_ms, raw_sha256, raw_size_bytes, author, subject,
            excerpt, envelope)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id";
    let params = [
        mail.reason.as_str().into(),
        ms(mail.at).into(),
        mail.raw_sha256.as_str().into(),
        mail.raw_size_bytes.into(),
        mail.author.as_str().into(),
        mail.subject.as_str().into(),
        mail.excerpt.as_str().into(),
        mail.envelope.as_str().into(),
    ];
    let row = tx
        .one(sql, &params)?
        .ok_or_else(StoreError::nothing_returned)?;
    row.int("id").map(UnsortedId)
}

pub fn find(tx: &mut Tx<'_>, id: UnsortedId) -> Result<Option<UnsortedMail>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM unsorted WHERE id = ?1");
    tx.one(&sql, &[id.0.into()])?
        .map(|row| read(&row))
        .transpose()
}

/// What waits, newest first, before `before`.
pub fn waiting(
    tx: &mut Tx<'_>,
    before: Option<UnsortedId>,
    limit: usize,
) -> Result<Vec<UnsortedMail>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM unsorted WHERE settled_at_ms IS NULL AND id < ?1
        ORDER BY id DESC LIMIT ?2"
    );
    let before = before.map_or(i64::MAX, |id| id.0);
    tx.rows(&sql, &[before.into(), limit.into()])?
        .iter()
        .map(read)
        .collect()
}

/// Everything, settled or not, oldest first; for the command line.
pub fn all_after(
    tx: &mut Tx<'_>,
    after: UnsortedId,
    limit: usize,
) -> Result<Vec<UnsortedMail>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM unsorted WHERE id > ?1 ORDER BY id LIMIT ?2");
    tx.rows(&sql, &[after.0.into(), limit.into()])?
        .iter()
        .map(read)
        .collect()
}

/// How many wait. Few do: people settle them.
pub fn count_waiting(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) AS waiting FROM
        (SELECT id FROM unsorted WHERE settled_at_ms IS NULL LIMIT 1000) AS first_ones";
    tx.one(sql, &[])?.map_or(Ok(0), |row| row.int("waiting"))
}

/// Records what a person decided; tells whether it was still waiting.
pub fn settle(
    tx: &mut Tx<'_>,
    id: UnsortedId,
    by: PersonId,
    now: Timestamp,
    settled_as: &str,
    ticket: Option<TicketId>,
) -> Result<bool, StoreError> {
    let sql =
        "UPDATE unsorted SET settled_at_ms = ?2, settled_by = ?3, settled_as = ?4, ticket_id = ?5
        WHERE id = ?1 AND settled_at_ms IS NULL";
    let params = [
        id.0.into(),
        ms(now).into(),
        by.0.into(),
        settled_as.into(),
        ticket.map(|t| t.0).into(),
    ];
    Ok(tx.exec(sql, &params)? == 1)
}

/// Takes a discard back.
pub fn unsettle(tx: &mut Tx<'_>, id: UnsortedId) -> Result<bool, StoreError> {
    let sql = "UPDATE unsorted SET settled_at_ms = NULL, settled_by = NULL, settled_as = NULL
        WHERE id = ?1 AND settled_as = 'discarded'";
    Ok(tx.exec(sql, &[id.0.into()])? == 1)
}

fn read(row: &Row) -> Result<UnsortedMail, StoreError> {
    Ok(UnsortedMail {
        id: UnsortedId(row.int("id")?),
        reason: word(row, "reason", Unsorted::from_text)?,
        at: at(row, "at_ms")?,
        raw_sha256: row.text("raw_sha256")?,
        raw_size_bytes: row.int("raw_size_bytes")?,
        author: row.text("author")?,
        subject: row.text("subject")?,
        excerpt: row.text("excerpt")?,
        envelope: row.text("envelope")?,
        settled_at: maybe_at(row, "settled_at_ms")?,
        settled_as: row.maybe_text("settled_as")?,
        ticket: row.maybe_int("ticket_id")?.map(TicketId),
    })
}
