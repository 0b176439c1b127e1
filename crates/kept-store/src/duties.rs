//! What clients are asked for by their agreements: each time it was, and when it is next.

use jiff::Timestamp;
use jiff::civil::Date;
use kept_domain::duties::{State, Told};
use kept_domain::ids::{AgreementId, ClientId, DutyRunId, TicketId};

use crate::convert::{at, maybe_at, ms, places, word};
use crate::{Row, StoreError, Tx, Value};

/// A client was asked for a duty, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub id: DutyRunId,
    pub agreement: AgreementId,
    /// The duty's number within the agreement.
    pub duty: i64,
    /// The day it is for.
    pub date: Date,
    pub client: ClientId,
    pub what: String,
    pub asked_at: Timestamp,
    /// The ticket it was asked for on.
    pub ticket: Option<TicketId>,
    pub state: State,
    pub due: Option<Timestamp>,
    pub ended: Option<Timestamp>,
}

/// When a duty is asked for next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    pub agreement: AgreementId,
    pub duty: i64,
    pub date: Date,
    pub at: Timestamp,
}

const COLUMNS: &str = "id, agreement_id, duty, on_date, client_id, what, asked_at_ms, ticket_id,
    state, due_at_ms, ended_at_ms";

/// Gives a new one its number; the one in `new` does not count. `None` when it was asked for before.
pub fn insert(tx: &mut Tx<'_>, new: &Run) -> Result<Option<DutyRunId>, StoreError> {
    let sql = "INSERT INTO duty_runs (agreement_id, duty, on_date, client_id, what, asked_at_ms,
            ticket_id, state, due_at_ms, ended_at_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT (agreement_id, duty, on_date) DO NOTHING RETURNING id";
    let params = [
        new.agreement.0.into(),
        new.duty.into(),
        new.date.to_string().into(),
        new.client.0.into(),
        new.what.as_str().into(),
        ms(new.asked_at).into(),
        new.ticket.map(|id| id.0).into(),
        new.state.as_str().into(),
        new.due.map(ms).into(),
        new.ended.map(ms).into(),
    ];
    let row = tx.one(sql, &params)?;
    row.map(|row| row.int("id").map(DutyRunId)).transpose()
}

/// Says on which ticket it is asked for.
pub fn set_ticket(tx: &mut Tx<'_>, run: DutyRunId, ticket: TicketId) -> Result<(), StoreError> {
    let sql = "UPDATE duty_runs SET ticket_id = ?2 WHERE id = ?1";
    tx.exec(sql, &[run.0.into(), ticket.0.into()])?;
    Ok(())
}

/// Writes down what its ticket tells of it.
pub fn set_told(tx: &mut Tx<'_>, told: &Told) -> Result<(), StoreError> {
    let sql = "UPDATE duty_runs SET state = ?2, due_at_ms = ?3, ended_at_ms = ?4 WHERE id = ?1";
    let params = [
        told.run.0.into(),
        told.state.as_str().into(),
        told.due.map(ms).into(),
        told.ended.map(ms).into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

pub fn find(tx: &mut Tx<'_>, run: DutyRunId) -> Result<Option<Run>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM duty_runs WHERE id = ?1");
    let row = tx.one(&sql, &[run.0.into()])?;
    row.map(|row| read(&row)).transpose()
}

/// The last of a duty.
pub fn last(tx: &mut Tx<'_>, agreement: AgreementId, duty: i64) -> Result<Option<Run>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM duty_runs WHERE agreement_id = ?1 AND duty = ?2
        ORDER BY on_date DESC LIMIT 1"
    );
    let row = tx.one(&sql, &[agreement.0.into(), duty.into()])?;
    row.map(|row| read(&row)).transpose()
}

/// Those of some tickets, in the order in which they were asked for.
pub fn of_tickets(tx: &mut Tx<'_>, tickets: &[TicketId]) -> Result<Vec<Run>, StoreError> {
    if tickets.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM duty_runs WHERE ticket_id IN ({}) ORDER BY id",
        places(1, tickets.len())
    );
    let params: Vec<Value> = tickets.iter().map(|id| id.0.into()).collect();
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

/// What a client was asked for, itself or by a card merged into it, the latest first.
pub fn of_client(tx: &mut Tx<'_>, client: ClientId, limit: usize) -> Result<Vec<Run>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM duty_runs WHERE client_id IN ({})
        ORDER BY asked_at_ms DESC, id DESC LIMIT ?2",
        crate::merges::told_as_client("?1")
    );
    let rows = tx.rows(&sql, &[client.0.into(), limit.into()])?;
    rows.iter().map(read).collect()
}

/// Writes down when a duty is asked for next, over what stood there.
pub fn plan(tx: &mut Tx<'_>, plan: &Plan) -> Result<(), StoreError> {
    let sql = "INSERT INTO duty_plans (agreement_id, duty, on_date, at_ms) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (agreement_id, duty) DO UPDATE SET on_date = excluded.on_date, at_ms = excluded.at_ms";
    let params = [
        plan.agreement.0.into(),
        plan.duty.into(),
        plan.date.to_string().into(),
        ms(plan.at).into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// It is not asked for any more.
pub fn forget_plan(tx: &mut Tx<'_>, agreement: AgreementId, duty: i64) -> Result<(), StoreError> {
    let sql = "DELETE FROM duty_plans WHERE agreement_id = ?1 AND duty = ?2";
    tx.exec(sql, &[agreement.0.into(), duty.into()])?;
    Ok(())
}

/// The plans of an agreement, by its duties' numbers.
pub fn plans_of(tx: &mut Tx<'_>, agreement: AgreementId) -> Result<Vec<Plan>, StoreError> {
    let sql = "SELECT agreement_id, duty, on_date, at_ms FROM duty_plans
        WHERE agreement_id = ?1 ORDER BY duty";
    let rows = tx.rows(sql, &[agreement.0.into()])?;
    rows.iter().map(read_plan).collect()
}

/// What is to be asked for by now, the longest overdue first.
pub fn due(tx: &mut Tx<'_>, now: Timestamp, limit: usize) -> Result<Vec<Plan>, StoreError> {
    let sql = "SELECT agreement_id, duty, on_date, at_ms FROM duty_plans
        WHERE at_ms <= ?1 ORDER BY at_ms, agreement_id, duty LIMIT ?2";
    let rows = tx.rows(sql, &[ms(now).into(), limit.into()])?;
    rows.iter().map(read_plan).collect()
}

/// When something is to be asked for next; `None` when nothing is.
pub fn next_due(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT at_ms FROM duty_plans ORDER BY at_ms LIMIT 1";
    tx.one(sql, &[])?.map(|row| at(&row, "at_ms")).transpose()
}

fn date(row: &Row) -> Result<Date, StoreError> {
    let text = row.text("on_date")?;
    text.parse().map_err(|_| StoreError::Corrupt {
        what: format!("“{text}” is no day of a duty"),
    })
}

fn read(row: &Row) -> Result<Run, StoreError> {
    Ok(Run {
        id: DutyRunId(row.int("id")?),
        agreement: AgreementId(row.int("agreement_id")?),
        duty: row.int("duty")?,
        date: date(row)?,
        client: ClientId(row.int("client_id")?),
        what: row.text("what")?,
        asked_at: at(row, "asked_at_ms")?,
        ticket: row.maybe_int("ticket_id")?.map(TicketId),
        state: word(row, "state", State::from_text)?,
        due: maybe_at(row, "due_at_ms")?,
        ended: maybe_at(row, "ended_at_ms")?,
    })
}

fn read_plan(row: &Row) -> Result<Plan, StoreError> {
    Ok(Plan {
        agreement: AgreementId(row.int("agreement_id")?),
        duty: row.int("duty")?,
        date: date(row)?,
        at: at(row, "at_ms")?,
    })
}
