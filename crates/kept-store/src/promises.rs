//! What people promised on each ticket: a cache of its events, for lists. The numbers are given here.

use jiff::Timestamp;
use kept_domain::clocks::Side;
use kept_domain::ids::{MessageId, PersonId, PromiseId, TicketId};
use kept_domain::promises::{Promise, State};

use crate::convert::{at, ms, places, word};
use crate::{Row, StoreError, Tx, Value};

const COLUMNS: &str = "id, ticket_id, side, person_id, what, due_at_ms, made_at_ms, message_id,
    kept_message_id, state";

/// Gives a new promise its number; the one in `new` does not count.
pub fn insert(tx: &mut Tx<'_>, new: &Promise) -> Result<PromiseId, StoreError> {
    let sql = "INSERT INTO promises (ticket_id, side, person_id, what, due_at_ms, made_at_ms,
            message_id, kept_message_id, state)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING id";
    let row = tx.one(sql, &values(new))?;
    let row = row.ok_or_else(StoreError::nothing_returned)?;
    row.int("id").map(PromiseId)
}

/// Writes a promise as it is now, under its own number.
pub fn put(tx: &mut Tx<'_>, it: &Promise) -> Result<(), StoreError> {
    let sql = "INSERT INTO promises (ticket_id, side, person_id, what, due_at_ms, made_at_ms,
            message_id, kept_message_id, state, id)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT (id) DO UPDATE SET ticket_id = ?1, side = ?2, person_id = ?3, what = ?4,
            due_at_ms = ?5, made_at_ms = ?6, message_id = ?7, kept_message_id = ?8, state = ?9";
    let mut params = values(it);
    params.push(it.id.0.into());
    tx.exec(sql, &params)?;
    Ok(())
}

fn values(it: &Promise) -> Vec<Value> {
    vec![
        it.ticket.0.into(),
        it.side.as_str().into(),
        it.promiser.0.into(),
        it.what.as_str().into(),
        ms(it.due).into(),
        ms(it.made_at).into(),
        it.message.map(|id| id.0).into(),
        it.kept_by.map(|id| id.0).into(),
        it.state.as_str().into(),
    ]
}

/// Takes one away whose message was taken back. Its number is not given again.
pub fn remove(tx: &mut Tx<'_>, id: PromiseId) -> Result<(), StoreError> {
    tx.exec("DELETE FROM promises WHERE id = ?1", &[id.0.into()])?;
    Ok(())
}

pub fn find(tx: &mut Tx<'_>, id: PromiseId) -> Result<Option<Promise>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM promises WHERE id = ?1");
    tx.one(&sql, &[id.0.into()])?
        .map(|row| read(&row))
        .transpose()
}

/// Those of some tickets, in the order in which they were made.
pub fn of_tickets(tx: &mut Tx<'_>, tickets: &[TicketId]) -> Result<Vec<Promise>, StoreError> {
    if tickets.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM promises WHERE ticket_id IN ({}) ORDER BY id",
        places(1, tickets.len())
    );
    let params: Vec<Value> = tickets.iter().map(|id| id.0.into()).collect();
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

/// What is still to keep, `first`'s own first and then by due time.
pub fn owed(tx: &mut Tx<'_>, first: PersonId, limit: usize) -> Result<Vec<Promise>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM promises WHERE state IN ('open', 'renegotiated', 'broken')
        ORDER BY CASE WHEN person_id = ?1 THEN 0 ELSE 1 END, due_at_ms, id LIMIT ?2"
    );
    tx.rows(&sql, &[first.0.into(), limit.into()])?
        .iter()
        .map(read)
        .collect()
}

/// What somebody at the desk still has to keep, after a number.
pub fn owed_by(
    tx: &mut Tx<'_>,
    person: PersonId,
    after: PromiseId,
    limit: usize,
) -> Result<Vec<Promise>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM promises WHERE person_id = ?1 AND side = 'desk' AND id > ?2
            AND state IN ('open', 'renegotiated', 'broken') ORDER BY id LIMIT ?3"
    );
    tx.rows(&sql, &[person.0.into(), after.0.into(), limit.into()])?
        .iter()
        .map(read)
        .collect()
}

/// Those due from one moment until another, by due time; what was dropped is left out.
pub fn due_between(
    tx: &mut Tx<'_>,
    from: Timestamp,
    until: Timestamp,
    limit: usize,
) -> Result<Vec<Promise>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM promises WHERE due_at_ms >= ?1 AND due_at_ms < ?2
            AND state <> 'dropped' ORDER BY due_at_ms, id LIMIT ?3"
    );
    tx.rows(&sql, &[ms(from).into(), ms(until).into(), limit.into()])?
        .iter()
        .map(read)
        .collect()
}

/// Those somebody at the desk keeps or kept that are due since a moment, the latest first.
pub fn of_person_since(
    tx: &mut Tx<'_>,
    person: PersonId,
    since: Timestamp,
    limit: usize,
) -> Result<Vec<Promise>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM promises WHERE person_id = ?1 AND side = 'desk' AND due_at_ms >= ?2
            AND state <> 'dropped' ORDER BY due_at_ms DESC, id DESC LIMIT ?3"
    );
    tx.rows(&sql, &[person.0.into(), ms(since).into(), limit.into()])?
        .iter()
        .map(read)
        .collect()
}

/// This message makes no promise, somebody says. The first time counts.
pub fn dismiss(
    tx: &mut Tx<'_>,
    message: MessageId,
    by: PersonId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO promise_dismissals (message_id, by_person, at_ms) VALUES (?1, ?2, ?3)
        ON CONFLICT (message_id) DO NOTHING";
    tx.exec(sql, &[message.0.into(), by.0.into(), ms(now).into()])?;
    Ok(())
}

/// Whether somebody said so.
pub fn is_dismissed(tx: &mut Tx<'_>, message: MessageId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 AS one FROM promise_dismissals WHERE message_id = ?1";
    Ok(tx.one(sql, &[message.0.into()])?.is_some())
}

fn read(row: &Row) -> Result<Promise, StoreError> {
    Ok(Promise {
        id: PromiseId(row.int("id")?),
        ticket: TicketId(row.int("ticket_id")?),
        side: word(row, "side", Side::from_text)?,
        promiser: PersonId(row.int("person_id")?),
        what: row.text("what")?,
        due: at(row, "due_at_ms")?,
        made_at: at(row, "made_at_ms")?,
        message: row.maybe_int("message_id")?.map(MessageId),
        state: word(row, "state", State::from_text)?,
        kept_by: row.maybe_int("kept_message_id")?.map(MessageId),
    })
}

/// How many promises each agent still has to keep by `until`.
pub fn due_by_agent(tx: &mut Tx<'_>, until: Timestamp) -> Result<Vec<(PersonId, i64)>, StoreError> {
    let sql = "SELECT person_id, count(*) AS many FROM promises
        WHERE side = 'desk' AND state IN ('open', 'renegotiated', 'broken') AND due_at_ms < ?1
        GROUP BY person_id LIMIT 1000";
    let rows = tx.rows(sql, &[ms(until).into()])?;
    rows.iter()
        .map(|row| Ok((PersonId(row.int("person_id")?), row.int("many")?)))
        .collect()
}
