//! Who owed what by when on each ticket: a cache of what the clocks work out, for lists, alarms and scorecards.

use std::collections::BTreeMap;

use jiff::Timestamp;
use kept_domain::clocks::{How, Outcome, Owed, Side};
use kept_domain::ids::{ClientId, PersonId, QueueId, TicketId};
use kept_domain::scorecards::Counting;

use crate::convert::{at, maybe_at, ms, places, word};
use crate::{Row, StoreError, Tx, Value};

/// One obligation as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub ticket: TicketId,
    pub owed: Owed,
    pub run: i64,
    pub side: Side,
    pub began: Timestamp,
    /// `None` while paused.
    pub due: Option<Timestamp>,
    pub warn_at: Option<Timestamp>,
    pub missed_at: Option<Timestamp>,
    pub ended: Option<(Timestamp, How)>,
    /// When it was met, missed or dropped, and which; `None` while it is owed in time.
    pub settled: Option<(Timestamp, Outcome)>,
    /// The time that counted until it was done, as its target counts time; `None` when it was not done.
    pub used_ms: Option<i64>,
    pub counting: Counting,
    pub client: Option<ClientId>,
    pub queue: QueueId,
    pub responsible: PersonId,
}

/// What is due next on a ticket, and when its clocks must be looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Next {
    pub due: Option<Due>,
    pub alarm: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    pub at: Timestamp,
    pub owed: Owed,
    pub side: Side,
}

const COLUMNS: &str =
    "ticket_id, owed, run, side, began_at_ms, due_at_ms, warn_at_ms, missed_at_ms,
    ended_at_ms, ended_how, settled_at_ms, outcome, client_id, queue_id, responsible_id, used_ms, counting";

/// All that was ever owed on these tickets, in the order in which it began.
pub fn of_tickets(tx: &mut Tx<'_>, tickets: &[TicketId]) -> Result<Vec<Stored>, StoreError> {
    if tickets.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM obligations WHERE ticket_id IN ({})
        ORDER BY ticket_id, began_at_ms, owed, run",
        places(1, tickets.len())
    );
    let params: Vec<Value> = tickets.iter().map(|ticket| ticket.0.into()).collect();
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

/// What is owed on a ticket still, and of what ended the last, the latest first.
pub fn newest(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    most_ended: usize,
) -> Result<(Vec<Stored>, Vec<Stored>), StoreError> {
    let open = format!(
        "SELECT {COLUMNS} FROM obligations WHERE ticket_id = ?1 AND ended_at_ms IS NULL
        ORDER BY owed, run"
    );
    let ended = format!(
        "SELECT {COLUMNS} FROM obligations WHERE ticket_id = ?1 AND ended_at_ms IS NOT NULL
        ORDER BY ended_at_ms DESC, owed, run LIMIT ?2"
    );
    let open = tx.rows(&open, &[ticket.0.into()])?;
    let ended = tx.rows(&ended, &[ticket.0.into(), most_ended.into()])?;
    let all = |rows: &[Row]| rows.iter().map(read).collect::<Result<Vec<_>, _>>();
    Ok((all(&open)?, all(&ended)?))
}

/// When something was missed on these tickets, by either side, ticket by ticket.
pub fn missed_on(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
) -> Result<Vec<(TicketId, Timestamp)>, StoreError> {
    if tickets.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT ticket_id, missed_at_ms FROM obligations
        WHERE ticket_id IN ({}) AND missed_at_ms IS NOT NULL ORDER BY ticket_id, missed_at_ms",
        places(1, tickets.len())
    );
    let params: Vec<Value> = tickets.iter().map(|ticket| ticket.0.into()).collect();
    let read = |row: &Row| Ok((TicketId(row.int("ticket_id")?), at(row, "missed_at_ms")?));
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

/// Writes one down, or over what stood there.
pub fn put(tx: &mut Tx<'_>, stored: &Stored) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO obligations ({COLUMNS})
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
        ON CONFLICT (ticket_id, owed, run) DO UPDATE SET
            side = excluded.side, began_at_ms = excluded.began_at_ms,
            due_at_ms = excluded.due_at_ms, warn_at_ms = excluded.warn_at_ms,
            missed_at_ms = excluded.missed_at_ms, ended_at_ms = excluded.ended_at_ms,
            ended_how = excluded.ended_how, settled_at_ms = excluded.settled_at_ms,
            outcome = excluded.outcome, client_id = excluded.client_id,
            queue_id = excluded.queue_id, responsible_id = excluded.responsible_id,
            used_ms = excluded.used_ms, counting = excluded.counting"
    );
    let params = [
        stored.ticket.0.into(),
        stored.owed.as_str().into(),
        stored.run.into(),
        stored.side.as_str().into(),
        ms(stored.began).into(),
        stored.due.map(ms).into(),
        stored.warn_at.map(ms).into(),
        stored.missed_at.map(ms).into(),
        stored.ended.map(|(at, _)| ms(at)).into(),
        stored.ended.map(|(_, how)| how.as_str()).into(),
        stored.settled.map(|(at, _)| ms(at)).into(),
        stored.settled.map(|(_, outcome)| outcome.as_str()).into(),
        stored.client.map(|client| client.0).into(),
        stored.queue.0.into(),
        stored.responsible.0.into(),
        stored.used_ms.into(),
        stored.counting.as_str().into(),
    ];
    tx.exec(&sql, &params)?;
    Ok(())
}

/// Forgets one that, as it turned out, never was.
pub fn remove(tx: &mut Tx<'_>, ticket: TicketId, owed: Owed, run: i64) -> Result<(), StoreError> {
    let sql = "DELETE FROM obligations WHERE ticket_id = ?1 AND owed = ?2 AND run = ?3";
    tx.exec(sql, &[ticket.0.into(), owed.as_str().into(), run.into()])?;
    Ok(())
}

/// Writes beside the ticket what is due next and when to look again.
pub fn set_next(tx: &mut Tx<'_>, ticket: TicketId, next: &Next) -> Result<(), StoreError> {
    let sql = "UPDATE tickets SET due_at_ms = ?2, due_owed = ?3, due_side = ?4, alarm_at_ms = ?5
        WHERE id = ?1";
    let params = [
        ticket.0.into(),
        next.due.map(|due| ms(due.at)).into(),
        next.due.map(|due| due.owed.as_str()).into(),
        next.due.map(|due| due.side.as_str()).into(),
        next.alarm.map(ms).into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// What stands there, by ticket.
pub fn next_of_tickets(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
) -> Result<BTreeMap<TicketId, Next>, StoreError> {
    let sql = format!(
        "SELECT id, due_at_ms, due_owed, due_side, alarm_at_ms FROM tickets WHERE id IN ({})",
        places(1, tickets.len())
    );
    let params: Vec<Value> = tickets.iter().map(|ticket| ticket.0.into()).collect();
    let rows = tx.rows(&sql, &params)?;
    rows.iter()
        .map(|row| {
            let next = Next {
                due: read_due(row)?,
                alarm: maybe_at(row, "alarm_at_ms")?,
            };
            Ok((TicketId(row.int("id")?), next))
        })
        .collect()
}

/// The same for one.
pub fn next_of(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Next, StoreError> {
    Ok(next_of_tickets(tx, &[ticket])?
        .remove(&ticket)
        .unwrap_or_default())
}

/// The due columns of a ticket's row.
pub(crate) fn read_due(row: &Row) -> Result<Option<Due>, StoreError> {
    let Some(at) = maybe_at(row, "due_at_ms")? else {
        return Ok(None);
    };
    Ok(Some(Due {
        at,
        owed: word(row, "due_owed", Owed::from_text)?,
        side: word(row, "due_side", Side::from_text)?,
    }))
}

/// The tickets whose clocks must be looked at by now, the longest overdue first.
pub fn ringing(tx: &mut Tx<'_>, now: Timestamp, limit: usize) -> Result<Vec<TicketId>, StoreError> {
    let sql = "SELECT id FROM tickets WHERE alarm_at_ms <= ?1 ORDER BY alarm_at_ms, id LIMIT ?2";
    let rows = tx.rows(sql, &[ms(now).into(), limit.into()])?;
    rows.iter().map(|row| row.int("id").map(TicketId)).collect()
}

/// When the next clock must be looked at; `None` when none runs.
pub fn next_alarm(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT alarm_at_ms FROM tickets WHERE alarm_at_ms IS NOT NULL
        ORDER BY alarm_at_ms LIMIT 1";
    let row = tx.one(sql, &[])?;
    row.map_or(Ok(None), |row| maybe_at(&row, "alarm_at_ms"))
}

fn read(row: &Row) -> Result<Stored, StoreError> {
    let ended = maybe_at(row, "ended_at_ms")?;
    let settled = maybe_at(row, "settled_at_ms")?;
    Ok(Stored {
        ticket: TicketId(row.int("ticket_id")?),
        owed: word(row, "owed", Owed::from_text)?,
        run: row.int("run")?,
        side: word(row, "side", Side::from_text)?,
        began: at(row, "began_at_ms")?,
        due: maybe_at(row, "due_at_ms")?,
        warn_at: maybe_at(row, "warn_at_ms")?,
        missed_at: maybe_at(row, "missed_at_ms")?,
        ended: ended
            .map(|at| Ok::<_, StoreError>((at, word(row, "ended_how", How::from_text)?)))
            .transpose()?,
        settled: settled
            .map(|at| Ok::<_, StoreError>((at, word(row, "outcome", Outcome::from_text)?)))
            .transpose()?,
        client: row.maybe_int("client_id")?.map(ClientId),
        queue: QueueId(row.int("queue_id")?),
        responsible: PersonId(row.int("responsible_id")?),
        used_ms: row.maybe_int("used_ms")?,
        counting: word(row, "counting", Counting::from_text)?,
    })
}
