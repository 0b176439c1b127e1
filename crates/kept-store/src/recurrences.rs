//! Tickets that recur: what comes again, when next, and which ticket each date became.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use kept_domain::ids::{ClientId, QueueId, RecurrenceId, TemplateId, TicketId};
use kept_domain::recurring::Recurrence;

use crate::convert::{maybe_at, ms, word};
use crate::{Row, StoreError, Tx, Value};

/// One with its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub id: RecurrenceId,
    pub recurrence: Recurrence,
    /// When the next ticket is opened; `None` when there is none to come, or while it pauses.
    pub next: Option<Timestamp>,
    pub is_paused: bool,
    pub removed_at: Option<Timestamp>,
}

/// A date and the ticket it became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub date: Date,
    pub ticket: Option<TicketId>,
}

/// More are a mistake.
pub const MOST: usize = 500;

/// The client is the one that stays, should the one recorded have been merged.
const COLUMNS: &str = "id, name, template_id,
    coalesce((SELECT s.merged_into FROM clients s WHERE s.id = recurrences.client_id), client_id)
        AS client_id, queue_id, rule, first_on, at_time, zone,
    next_at_ms, is_paused, removed_at_ms";

fn values(recurrence: &Recurrence, next: Option<Timestamp>) -> Vec<Value> {
    vec![
        recurrence.name.as_str().into(),
        recurrence.template.0.into(),
        recurrence.client.map(|client| client.0).into(),
        recurrence.queue.map(|queue| queue.0).into(),
        recurrence.rule.as_str().into(),
        recurrence.first.to_string().into(),
        recurrence.time.to_string().into(),
        recurrence.zone.as_str().into(),
        next.map(ms).into(),
    ]
}

pub fn insert(
    tx: &mut Tx<'_>,
    recurrence: &Recurrence,
    next: Option<Timestamp>,
) -> Result<RecurrenceId, StoreError> {
    let sql = "INSERT INTO recurrences (name, template_id, client_id, queue_id, rule, first_on,
            at_time, zone, next_at_ms, is_paused)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0) RETURNING id";
    let row = tx.one(sql, &values(recurrence, next))?;
    let row = row.ok_or_else(StoreError::nothing_returned)?;
    row.int("id").map(RecurrenceId)
}

pub fn update(
    tx: &mut Tx<'_>,
    id: RecurrenceId,
    recurrence: &Recurrence,
    next: Option<Timestamp>,
) -> Result<(), StoreError> {
    let sql = "UPDATE recurrences SET name = ?1, template_id = ?2, client_id = ?3, queue_id = ?4,
            rule = ?5, first_on = ?6, at_time = ?7, zone = ?8, next_at_ms = ?9 WHERE id = ?10";
    let mut params = values(recurrence, next);
    params.push(id.0.into());
    tx.exec(sql, &params)?;
    Ok(())
}

pub fn set_next(
    tx: &mut Tx<'_>,
    id: RecurrenceId,
    next: Option<Timestamp>,
) -> Result<(), StoreError> {
    let sql = "UPDATE recurrences SET next_at_ms = ?2 WHERE id = ?1";
    tx.exec(sql, &[id.0.into(), next.map(ms).into()])?;
    Ok(())
}

/// Stops it for now, or lets it go on from `next`.
pub fn set_paused(
    tx: &mut Tx<'_>,
    id: RecurrenceId,
    paused: bool,
    next: Option<Timestamp>,
) -> Result<(), StoreError> {
    let sql = "UPDATE recurrences SET is_paused = ?2, next_at_ms = ?3 WHERE id = ?1";
    let params = [id.0.into(), i64::from(paused).into(), next.map(ms).into()];
    tx.exec(sql, &params)?;
    Ok(())
}

/// Takes it away, or brings it back with `None`, to go on from `next`.
pub fn set_removed(
    tx: &mut Tx<'_>,
    id: RecurrenceId,
    removed: Option<Timestamp>,
    next: Option<Timestamp>,
) -> Result<(), StoreError> {
    let sql = "UPDATE recurrences SET removed_at_ms = ?2, next_at_ms = ?3 WHERE id = ?1";
    let params = [id.0.into(), removed.map(ms).into(), next.map(ms).into()];
    tx.exec(sql, &params)?;
    Ok(())
}

/// Those that are there, by name.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Stored>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM recurrences WHERE removed_at_ms IS NULL
        ORDER BY lower(name), id LIMIT 1000"
    );
    tx.rows(&sql, &[])?.iter().map(read).collect()
}

/// One, also when it was removed.
pub fn find(tx: &mut Tx<'_>, id: RecurrenceId) -> Result<Option<Stored>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM recurrences WHERE id = ?1");
    let row = tx.one(&sql, &[id.0.into()])?;
    row.map(|row| read(&row)).transpose()
}

/// Those whose time has come, the longest overdue first.
pub fn due(tx: &mut Tx<'_>, now: Timestamp, limit: usize) -> Result<Vec<RecurrenceId>, StoreError> {
    let sql = "SELECT id FROM recurrences WHERE next_at_ms <= ?1 ORDER BY next_at_ms, id LIMIT ?2";
    let rows = tx.rows(sql, &[ms(now).into(), limit.into()])?;
    rows.iter()
        .map(|row| row.int("id").map(RecurrenceId))
        .collect()
}

/// When the next ticket is to be opened.
pub fn next_time(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT next_at_ms FROM recurrences WHERE next_at_ms IS NOT NULL
        ORDER BY next_at_ms LIMIT 1";
    let row = tx.one(sql, &[])?;
    row.map_or(Ok(None), |row| maybe_at(&row, "next_at_ms"))
}

/// Takes a date; false when somebody has it already.
pub fn begin(
    tx: &mut Tx<'_>,
    id: RecurrenceId,
    date: Date,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "INSERT INTO recurrence_runs (recurrence_id, on_date, at_ms) VALUES (?1, ?2, ?3)
        ON CONFLICT (recurrence_id, on_date) DO NOTHING";
    let params = [id.0.into(), date.to_string().into(), ms(now).into()];
    Ok(tx.exec(sql, &params)? > 0)
}

/// Says which ticket a date became.
pub fn set_ticket(
    tx: &mut Tx<'_>,
    id: RecurrenceId,
    date: Date,
    ticket: TicketId,
) -> Result<(), StoreError> {
    let sql = "UPDATE recurrence_runs SET ticket_id = ?3 WHERE recurrence_id = ?1 AND on_date = ?2";
    tx.exec(
        sql,
        &[id.0.into(), date.to_string().into(), ticket.0.into()],
    )?;
    Ok(())
}

/// The dates it had, the latest first.
pub fn runs(tx: &mut Tx<'_>, id: RecurrenceId, limit: usize) -> Result<Vec<Run>, StoreError> {
    let sql = "SELECT on_date, ticket_id FROM recurrence_runs WHERE recurrence_id = ?1
        ORDER BY on_date DESC LIMIT ?2";
    let read = |row: &Row| {
        Ok(Run {
            date: word(row, "on_date", |text| text.parse().ok())?,
            ticket: row.maybe_int("ticket_id")?.map(TicketId),
        })
    };
    tx.rows(sql, &[id.0.into(), limit.into()])?
        .iter()
        .map(read)
        .collect()
}

fn read(row: &Row) -> Result<Stored, StoreError> {
    Ok(Stored {
        id: RecurrenceId(row.int("id")?),
        recurrence: Recurrence {
            name: row.text("name")?,
            template: TemplateId(row.int("template_id")?),
            client: row.maybe_int("client_id")?.map(ClientId),
            queue: row.maybe_int("queue_id")?.map(QueueId),
            rule: row.text("rule")?,
            first: word(row, "first_on", |text| text.parse::<Date>().ok())?,
            time: word(row, "at_time", |text| text.parse::<Time>().ok())?,
            zone: row.text("zone")?,
        },
        next: maybe_at(row, "next_at_ms")?,
        is_paused: row.int("is_paused")? != 0,
        removed_at: maybe_at(row, "removed_at_ms")?,
    })
}
