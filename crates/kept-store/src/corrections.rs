//! Messages that a person moves to another ticket, with everything that hangs on them: where later
//! mail of their thread is led, what they are found by, the mails that carried them out.

use kept_domain::ids::{MessageId, TicketId};

use crate::convert::places;
use crate::messages::{self, Message};
use crate::{StoreError, Tx, Value, threads};

/// Messages moved in one go.
const MOST: usize = 1_000;

/// Puts messages of `from` on `to`. Answers of ours to them stay where they were said, but what comes
/// in answer to those follows.
pub fn move_messages(
    tx: &mut Tx<'_>,
    moved: &[Message],
    from: TicketId,
    to: TicketId,
) -> Result<(), StoreError> {
    if moved.is_empty() {
        return Ok(());
    }
    let ids = places(3, moved.len());
    let mut params: Vec<Value> = vec![from.0.into(), to.0.into()];
    params.extend(moved.iter().map(|message| Value::from(message.id.0)));
    for (table, column) in [
        ("messages", "id"),
        ("message_words", "message_id"),
        ("message_refs", "message_id"),
        ("message_refs", "answers"),
        ("outgoing", "message_id"),
        ("foreign_tags", "message_id"),
        ("held_mail", "message_id"),
        ("drafts", "message_id"),
    ] {
        let sql = format!(
            "UPDATE {table} SET ticket_id = ?2 WHERE ticket_id = ?1 AND {column} IN ({ids})"
        );
        tx.exec(&sql, &params)?;
    }
    let refs = moved
        .iter()
        .filter_map(|message| message.message_ref.as_deref());
    threads::lead_old(tx, refs, from, to)
}

/// A message and everything said after it on the same ticket, oldest first.
pub fn from_on(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    first: MessageId,
) -> Result<Vec<Message>, StoreError> {
    let sql = "SELECT id FROM messages WHERE ticket_id = ?1 AND id >= ?2
        AND withdrawn_at_ms IS NULL ORDER BY id LIMIT ?3";
    let rows = tx.rows(sql, &[ticket.0.into(), first.0.into(), MOST.into()])?;
    let ids: Result<Vec<_>, _> = rows
        .iter()
        .map(|row| row.int("id").map(MessageId))
        .collect();
    let mut found = messages::by_ids(tx, &ids?)?;
    found.sort_by_key(|message| message.id);
    Ok(found)
}

/// Whether anything the client could hear or said remains on the ticket without these messages.
pub fn anything_besides(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    moved: &[Message],
) -> Result<bool, StoreError> {
    let sql = format!(
        "SELECT 1 AS one FROM messages WHERE ticket_id = ?1 AND audience = 'client'
            AND withdrawn_at_ms IS NULL AND id NOT IN ({}) LIMIT 1",
        places(2, moved.len())
    );
    let mut params: Vec<Value> = vec![ticket.0.into()];
    params.extend(moved.iter().map(|message| Value::from(message.id.0)));
    Ok(tx.one(&sql, &params)?.is_some())
}

/// What lists show as the last words of a ticket: what a person said last, notes only when there is
/// nothing else.
pub fn last_said(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Option<Message>, StoreError> {
    let sql = "SELECT id FROM messages WHERE ticket_id = ?1 AND automatic = 0
        AND withdrawn_at_ms IS NULL ORDER BY CASE WHEN audience = 'client' THEN 0 ELSE 1 END, id DESC LIMIT 1";
    let row = tx.one(sql, &[ticket.0.into()])?;
    match row {
        Some(row) => messages::find(tx, MessageId(row.int("id")?)),
        None => Ok(None),
    }
}
