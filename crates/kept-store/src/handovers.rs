//! Hand-overs: everything one agent holds, on its way to others a part at a time.

use jiff::Timestamp;
use kept_domain::ids::{PersonId, QueueId, TicketId};

use crate::convert::{at, maybe_at, ms};
use crate::{Row, StoreError, Tx};

/// Where it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Agent(PersonId),
    /// Shared among those on duty there.
    Queue(QueueId),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    pub id: i64,
    pub from: PersonId,
    pub to: Target,
    pub reason: String,
    /// The others hold it at once; otherwise it is offered to them.
    pub outright: bool,
    pub by: PersonId,
    pub began: Timestamp,
    pub ended: Option<Timestamp>,
    /// The last ticket that was looked at.
    pub after: TicketId,
    pub total: i64,
    pub moved: i64,
    pub stayed: i64,
    /// Why, when somebody stands in for them: only what needs the desk until they are back goes over.
    pub absence: Option<i64>,
}

const COLUMNS: &str =
    "id, from_id, to_person, to_queue, reason, outright, by_id, began_ms, ended_ms,
    after_ticket, total, moved, stayed, absence_id";

/// Begins one; its number is in the answer.
pub fn insert(tx: &mut Tx<'_>, new: &Handover) -> Result<i64, StoreError> {
    let (person, queue) = match new.to {
        Target::Agent(person) => (Some(person.0), None),
        Target::Queue(queue) => (None, Some(queue.0)),
    };
    let sql = "INSERT INTO handovers (from_id, to_person, to_queue, reason, outright, by_id,
            began_ms, ended_ms, after_ticket, total, moved, stayed, absence_id)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL, 0, ?8, 0, 0, ?9) RETURNING id";
    let params = [
        new.from.0.into(),
        person.into(),
        queue.into(),
        new.reason.as_str().into(),
        new.outright.into(),
        new.by.0.into(),
        ms(new.began).into(),
        new.total.into(),
        new.absence.into(),
    ];
    let row = tx.one(sql, &params)?;
    row.ok_or_else(StoreError::nothing_returned)?.int("id")
}

/// Writes down how far it is.
pub fn went_on(tx: &mut Tx<'_>, it: &Handover) -> Result<(), StoreError> {
    let sql = "UPDATE handovers SET after_ticket = ?2, moved = ?3, stayed = ?4, ended_ms = ?5
        WHERE id = ?1";
    let params = [
        it.id.into(),
        it.after.0.into(),
        it.moved.into(),
        it.stayed.into(),
        it.ended.map(ms).into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Handover>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM handovers WHERE id = ?1");
    tx.one(&sql, &[id.into()])?
        .map(|row| read(&row))
        .transpose()
}

/// The latest, the newest first.
pub fn latest(tx: &mut Tx<'_>, limit: usize) -> Result<Vec<Handover>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM handovers ORDER BY id DESC LIMIT ?1");
    tx.rows(&sql, &[limit.into()])?.iter().map(read).collect()
}

/// Those that are not through.
pub fn under_way(tx: &mut Tx<'_>) -> Result<Vec<Handover>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM handovers WHERE ended_ms IS NULL ORDER BY id LIMIT 100");
    tx.rows(&sql, &[])?.iter().map(read).collect()
}

/// Open and parked tickets somebody holds, by number, from `after` on.
pub fn held_by(
    tx: &mut Tx<'_>,
    agent: PersonId,
    after: TicketId,
    limit: usize,
) -> Result<Vec<TicketId>, StoreError> {
    let sql = "SELECT id FROM tickets
        WHERE responsible_id = ?1 AND shelf IN ('open', 'parked') AND id > ?2 ORDER BY id LIMIT ?3";
    let rows = tx.rows(sql, &[agent.0.into(), after.0.into(), limit.into()])?;
    rows.iter().map(|row| row.int("id").map(TicketId)).collect()
}

/// Of those, what is the desk's turn, or due from the desk before `until`, or has a promise to keep by then.
pub fn needing(
    tx: &mut Tx<'_>,
    (agent, until): (PersonId, Timestamp),
    after: TicketId,
    limit: usize,
) -> Result<Vec<TicketId>, StoreError> {
    let sql = format!("SELECT id {NEEDING} ORDER BY id LIMIT ?4");
    let params = [
        agent.0.into(),
        after.0.into(),
        ms(until).into(),
        limit.into(),
    ];
    let rows = tx.rows(&sql, &params)?;
    rows.iter().map(|row| row.int("id").map(TicketId)).collect()
}

const NEEDING: &str = "FROM tickets
    WHERE responsible_id = ?1 AND shelf IN ('open', 'parked') AND id > ?2
        AND (turn_rank = 0 OR (due_side = 'desk' AND due_at_ms < ?3) OR id IN (
            SELECT ticket_id FROM promises WHERE person_id = ?1 AND side = 'desk'
                AND state IN ('open', 'renegotiated', 'broken') AND due_at_ms < ?3))";

/// How many those are.
pub fn count_needing(
    tx: &mut Tx<'_>,
    agent: PersonId,
    until: Timestamp,
) -> Result<i64, StoreError> {
    let sql = format!("SELECT count(*) AS n {NEEDING}");
    let row = tx.one(&sql, &[agent.0.into(), 0.into(), ms(until).into()])?;
    row.ok_or_else(StoreError::nothing_returned)?.int("n")
}

/// How many somebody holds.
pub fn count_held(tx: &mut Tx<'_>, agent: PersonId) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) AS n FROM tickets
        WHERE responsible_id = ?1 AND shelf IN ('open', 'parked')";
    let row = tx.one(sql, &[agent.0.into()])?;
    row.ok_or_else(StoreError::nothing_returned)?.int("n")
}

fn read(row: &Row) -> Result<Handover, StoreError> {
    let person = row.maybe_int("to_person")?.map(PersonId).map(Target::Agent);
    let queue = row.maybe_int("to_queue")?.map(QueueId).map(Target::Queue);
    let to = person.or(queue).ok_or_else(|| StoreError::Corrupt {
        what: "a hand-over goes to nobody".into(),
    })?;
    Ok(Handover {
        id: row.int("id")?,
        from: PersonId(row.int("from_id")?),
        to,
        reason: row.text("reason")?,
        outright: row.int("outright")? == 1,
        by: PersonId(row.int("by_id")?),
        began: at(row, "began_ms")?,
        ended: maybe_at(row, "ended_ms")?,
        after: TicketId(row.int("after_ticket")?),
        total: row.int("total")?,
        moved: row.int("moved")?,
        stayed: row.int("stayed")?,
        absence: row.maybe_int("absence_id")?,
    })
}
