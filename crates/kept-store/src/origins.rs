//! How the words of a message came when somebody else sent them. The bodies are JSON that the app understands.

use kept_domain::ids::MessageId;

use crate::messages::Among;
use crate::{StoreError, Tx};

pub fn insert(tx: &mut Tx<'_>, message: MessageId, body: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO message_origins (message_id, body) VALUES (?1, ?2)";
    tx.exec(sql, &[message.0.into(), body.into()])?;
    Ok(())
}

pub fn find(tx: &mut Tx<'_>, message: MessageId) -> Result<Option<String>, StoreError> {
    let sql = "SELECT body FROM message_origins WHERE message_id = ?1";
    tx.one(sql, &[message.0.into()])?
        .map(|row| row.text("body"))
        .transpose()
}

/// The origins of all messages of several tickets.
pub fn of_tickets<'a>(
    tx: &mut Tx<'_>,
    of: impl Into<Among<'a>>,
) -> Result<Vec<(MessageId, String)>, StoreError> {
    let (among, params) = of.into().written("m.ticket_id", "m.id");
    let sql = format!(
        "SELECT o.message_id, o.body FROM messages m JOIN message_origins o ON o.message_id = m.id
        WHERE {among} ORDER BY o.message_id"
    );
    tx.rows(&sql, &params)?
        .iter()
        .map(|row| Ok((MessageId(row.int("message_id")?), row.text("body")?)))
        .collect()
}
