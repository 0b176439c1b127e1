//! Mail that waits a moment so that its author can take it back, and what was taken back.

use jiff::Timestamp;
use kept_domain::ids::{MessageId, OutgoingId, PersonId, TicketId};

use crate::convert::{at, ms, places};
use crate::{Row, StoreError, Tx, Value};

/// A mail its author can still take back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub outgoing: OutgoingId,
    pub message: MessageId,
    pub ticket: TicketId,
    pub person: PersonId,
    /// When it goes out.
    pub until: Timestamp,
}

/// A message that waits in its author's composer again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub message: MessageId,
    /// What it was to do with the turn; empty for a note.
    pub and_then: String,
}

const COLUMNS: &str = "outgoing_id, message_id, ticket_id, person_id, until_ms";

/// Remembers a mail that waits; what this author can no longer take back at `now` is forgotten.
pub fn hold(tx: &mut Tx<'_>, held: &Held, now: Timestamp) -> Result<(), StoreError> {
    let past = "DELETE FROM held_mail WHERE person_id = ?1 AND until_ms < ?2";
    tx.exec(past, &[held.person.0.into(), ms(now).into()])?;
    let sql = "INSERT INTO held_mail (outgoing_id, message_id, ticket_id, person_id, until_ms)
        VALUES (?1, ?2, ?3, ?4, ?5)";
    let params = [
        held.outgoing.0.into(),
        held.message.0.into(),
        held.ticket.0.into(),
        held.person.0.into(),
        ms(held.until).into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// Forgets that a mail waited.
pub fn release(tx: &mut Tx<'_>, outgoing: OutgoingId) -> Result<(), StoreError> {
    let sql = "DELETE FROM held_mail WHERE outgoing_id = ?1";
    tx.exec(sql, &[outgoing.0.into()])?;
    Ok(())
}

/// The mail that carries this message of the ticket, when it was held.
pub fn of_message(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    message: MessageId,
) -> Result<Option<Held>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM held_mail WHERE ticket_id = ?1 AND message_id = ?2 LIMIT 1");
    tx.one(&sql, &[ticket.0.into(), message.0.into()])?
        .map(|row| read(&row))
        .transpose()
}

/// The latest that this author can still take back at `now`.
pub fn latest_of(
    tx: &mut Tx<'_>,
    person: PersonId,
    now: Timestamp,
) -> Result<Option<Held>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM held_mail WHERE person_id = ?1 AND until_ms > ?2
        ORDER BY until_ms DESC, outgoing_id DESC LIMIT 1"
    );
    tx.one(&sql, &[person.0.into(), ms(now).into()])?
        .map(|row| read(&row))
        .transpose()
}

/// Puts a message that was taken back into its author's composer.
pub fn keep_draft(
    tx: &mut Tx<'_>,
    draft: &Draft,
    ticket: TicketId,
    person: PersonId,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO drafts (message_id, ticket_id, person_id, and_then)
        VALUES (?1, ?2, ?3, ?4)";
    let params = [
        draft.message.0.into(),
        ticket.0.into(),
        person.0.into(),
        draft.and_then.as_str().into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// What waits in this author's composer on a ticket, the latest; on those told on it as well.
pub fn draft_of(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
    person: PersonId,
) -> Result<Option<Draft>, StoreError> {
    let sql = format!(
        "SELECT message_id, and_then FROM drafts
        WHERE person_id = ?1 AND ticket_id IN ({}) ORDER BY message_id DESC LIMIT 1",
        places(2, tickets.len())
    );
    let tickets = tickets.iter().map(|ticket| Value::from(ticket.0));
    let params: Vec<Value> = std::iter::once(person.0.into()).chain(tickets).collect();
    tx.one(&sql, &params)?
        .map(|row| {
            Ok(Draft {
                message: MessageId(row.int("message_id")?),
                and_then: row.text("and_then")?,
            })
        })
        .transpose()
}

/// Takes a draft out of its author's composer; tells whether it was there.
pub fn drop_draft(
    tx: &mut Tx<'_>,
    message: MessageId,
    person: PersonId,
) -> Result<bool, StoreError> {
    let sql = "DELETE FROM drafts WHERE message_id = ?1 AND person_id = ?2";
    Ok(tx.exec(sql, &[message.0.into(), person.0.into()])? == 1)
}

fn read(row: &Row) -> Result<Held, StoreError> {
    Ok(Held {
        outgoing: OutgoingId(row.int("outgoing_id")?),
        message: MessageId(row.int("message_id")?),
        ticket: TicketId(row.int("ticket_id")?),
        person: PersonId(row.int("person_id")?),
        until: at(row, "until_ms")?,
    })
}
