//! The checklists of tickets, as their events leave them.

use kept_domain::checklists::{Done, Step};
use kept_domain::ids::{PersonId, TicketId};

use crate::convert::{at, maybe_at, ms, places};
use crate::{Row, StoreError, Tx, Value};

/// How far a ticket's checklist is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub done: i64,
    pub all: i64,
}

/// A step somebody still has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub ticket: TicketId,
    pub subject: String,
    pub step: Step,
}

const COLUMNS: &str =
    "s.step, s.what, s.person_id, s.due_at_ms, s.done_at_ms, s.done_by, s.evidence";

/// A ticket's steps in their order.
pub fn of_ticket(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<Step>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM steps s WHERE s.ticket_id = ?1 ORDER BY s.position");
    tx.rows(&sql, &[ticket.0.into()])?
        .iter()
        .map(read)
        .collect()
}

/// Writes all steps of a ticket in the place of those that stood there.
pub fn replace(tx: &mut Tx<'_>, ticket: TicketId, steps: &[Step]) -> Result<(), StoreError> {
    tx.exec("DELETE FROM steps WHERE ticket_id = ?1", &[ticket.0.into()])?;
    let sql = "INSERT INTO steps
        (ticket_id, step, position, what, person_id, due_at_ms, done_at_ms, done_by, evidence)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    for (position, step) in (0_i64..).zip(steps) {
        let done = step.done.as_ref();
        let params = [
            ticket.0.into(),
            i64::from(step.number).into(),
            position.into(),
            step.what.as_str().into(),
            step.person.map(|person| person.0).into(),
            step.due.map(ms).into(),
            done.map(|done| ms(done.at)).into(),
            done.and_then(|done| done.by).map(|by| by.0).into(),
            done.and_then(|done| done.evidence.as_deref()).into(),
        ];
        tx.exec(sql, &params)?;
    }
    Ok(())
}

/// How far each of these is; those without a checklist are not in it.
pub fn progress(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
) -> Result<Vec<(TicketId, Progress)>, StoreError> {
    if tickets.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT ticket_id, count(*) AS many, count(done_at_ms) AS done FROM steps
        WHERE ticket_id IN ({}) GROUP BY ticket_id",
        places(1, tickets.len())
    );
    let params: Vec<Value> = tickets.iter().map(|id| id.0.into()).collect();
    let read = |row: &Row| {
        let progress = Progress {
            done: row.int("done")?,
            all: row.int("many")?,
        };
        Ok((TicketId(row.int("ticket_id")?), progress))
    };
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

/// What one person still has to do on open tickets: by due time, what has none last.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId, limit: usize) -> Result<Vec<Task>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, t.id, t.subject FROM steps s JOIN tickets t ON t.id = s.ticket_id
        WHERE s.person_id = ?1 AND s.done_at_ms IS NULL AND t.shelf IN ('open', 'parked')
        ORDER BY CASE WHEN s.due_at_ms IS NULL THEN 1 ELSE 0 END, s.due_at_ms, t.id, s.position
        LIMIT ?2"
    );
    let read = |row: &Row| {
        Ok(Task {
            ticket: TicketId(row.int("id")?),
            subject: row.text("subject")?,
            step: read(row)?,
        })
    };
    tx.rows(&sql, &[person.0.into(), limit.into()])?
        .iter()
        .map(read)
        .collect()
}

fn read(row: &Row) -> Result<Step, StoreError> {
    let number = row.int("step")?;
    let done = match maybe_at(row, "done_at_ms")? {
        Some(_) => Some(Done {
            by: row.maybe_int("done_by")?.map(PersonId),
            at: at(row, "done_at_ms")?,
            evidence: row.maybe_text("evidence")?,
        }),
        None => None,
    };
    Ok(Step {
        number: u32::try_from(number).map_err(|_| StoreError::Corrupt {
            what: format!("a step has the number {number}"),
        })?,
        what: row.text("what")?,
        person: row.maybe_int("person_id")?.map(PersonId),
        due: maybe_at(row, "due_at_ms")?,
        done,
    })
}
