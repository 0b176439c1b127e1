//! Mail that was refused before it was taken in: the last of it, for admins to look at.

use jiff::Timestamp;

use crate::convert::{at, ms};
use crate::{StoreError, Tx};

/// A mail that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub at: Timestamp,
    /// By the envelope; empty for the null return path.
    pub sender: String,
    /// By the envelope, with commas between; empty when it did not come so far.
    pub recipients: String,
    /// As far as it is known.
    pub size_bytes: Option<i64>,
    /// In words.
    pub why: String,
}

/// Older ones are forgotten: anybody can make us refuse a mail.
const KEPT: i64 = 200;

pub fn insert(tx: &mut Tx<'_>, mail: &Refused) -> Result<(), StoreError> {
    let sql = "INSERT INTO refused_mails (at_ms, sender, recipients, size_bytes, why)
        VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id";
    let params = [
        ms(mail.at).into(),
        mail.sender.as_str().into(),
        mail.recipients.as_str().into(),
        mail.size_bytes.into(),
        mail.why.as_str().into(),
    ];
    let id = tx
        .one(sql, &params)?
        .ok_or_else(StoreError::nothing_returned)?
        .int("id")?;
    let old = "DELETE FROM refused_mails WHERE id <= ?1";
    tx.exec(old, &[(id - KEPT).into()])?;
    Ok(())
}

/// The last ones, newest first.
pub fn last(tx: &mut Tx<'_>, limit: usize) -> Result<Vec<Refused>, StoreError> {
    let sql = "SELECT at_ms, sender, recipients, size_bytes, why FROM refused_mails
        ORDER BY id DESC LIMIT ?1";
    tx.rows(sql, &[limit.into()])?
        .iter()
        .map(|row| {
            Ok(Refused {
                at: at(row, "at_ms")?,
                sender: row.text("sender")?,
                recipients: row.text("recipients")?,
                size_bytes: row.maybe_int("size_bytes")?,
                why: row.text("why")?,
            })
        })
        .collect()
}
