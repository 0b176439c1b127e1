//! What was found out about where mails come from: kept beside the message, or the mail that waits.

use kept_domain::ids::{MessageId, UnsortedId};

use crate::messages::Among;
use crate::{StoreError, Tx};

/// `authentic` is JSON that the app understands.
pub fn of_message(tx: &mut Tx<'_>, message: MessageId, authentic: &str) -> Result<(), StoreError> {
    let sql = "UPDATE messages SET authentic = ?2 WHERE id = ?1";
    tx.exec(sql, &[message.0.into(), authentic.into()])?;
    Ok(())
}

/// The same for a mail in Unsorted.
pub fn of_unsorted(tx: &mut Tx<'_>, mail: UnsortedId, authentic: &str) -> Result<(), StoreError> {
    let sql = "UPDATE unsorted SET authentic = ?2 WHERE id = ?1";
    tx.exec(sql, &[mail.0.into(), authentic.into()])?;
    Ok(())
}

/// The messages of several tickets of which something was found out.
pub fn on_tickets<'a>(
    tx: &mut Tx<'_>,
    of: impl Into<Among<'a>>,
) -> Result<Vec<(MessageId, String)>, StoreError> {
    let (among, params) = of.into().written("ticket_id", "id");
    let sql = format!("SELECT id, authentic FROM messages WHERE {among} AND authentic IS NOT NULL");
    let rows = tx.rows(&sql, &params)?;
    rows.iter()
        .map(|row| Ok((MessageId(row.int("id")?), row.text("authentic")?)))
        .collect()
}

/// What was found out about a mail in Unsorted.
pub fn in_unsorted(tx: &mut Tx<'_>, mail: UnsortedId) -> Result<Option<String>, StoreError> {
    let sql = "SELECT authentic FROM unsorted WHERE id = ?1";
    let row = tx.one(sql, &[mail.0.into()])?;
    row.map_or(Ok(None), |row| row.maybe_text("authentic"))
}
