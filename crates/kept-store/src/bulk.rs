//! Acts on many tickets: which tickets, and what became of each.

use jiff::Timestamp;
use kept_domain::bulk::{Before, BulkAct, Outcome};
use kept_domain::ids::{PersonId, TicketId};

use crate::convert::{at, json, maybe_at, maybe_json, ms, to_json, word};
use crate::{Database, Row, StoreError, Tx, Value};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bulk {
    pub id: i64,
    pub by: PersonId,
    /// The search that found the tickets; `None` when they were ticked.
    pub search: Option<String>,
    pub act: BulkAct,
    pub state: State,
    pub began: Timestamp,
    pub ended: Option<Timestamp>,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Doing,
    Done,
    Undoing,
    Undone,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            State::Doing => "doing",
            State::Done => "done",
            State::Undoing => "undoing",
            State::Undone => "undone",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        let all = [State::Doing, State::Done, State::Undoing, State::Undone];
        all.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether there is still something to do.
    pub fn goes_on(self) -> bool {
        matches!(self, State::Doing | State::Undoing)
    }
}

/// What became of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    pub outcome: Outcome,
    pub why: Option<String>,
    pub before: Option<Before>,
}

/// Tickets that came out alike, for the same reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Came {
    pub outcome: Outcome,
    pub why: Option<String>,
    pub many: i64,
    /// One of them.
    pub first: TicketId,
}

const COLUMNS: &str = "id, by_id, search, act, state, began_ms, ended_ms";
/// Rows written by one statement.
const AT_ONCE: usize = 200;

/// Begins one on these tickets; its number is in the answer.
pub fn insert(tx: &mut Tx<'_>, new: &Bulk, tickets: &[TicketId]) -> Result<i64, StoreError> {
    let sql = "INSERT INTO bulk_acts (by_id, search, act, state, began_ms, ended_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, NULL) RETURNING id";
    let params = [
        new.by.0.into(),
        new.search.as_deref().into(),
        to_json(&new.act)?,
        new.state.as_str().into(),
        ms(new.began).into(),
    ];
    let row = tx.one(sql, &params)?;
    let id = row.ok_or_else(StoreError::nothing_returned)?.int("id")?;
    for some in tickets.chunks(AT_ONCE) {
        let places = (0..some.len()).map(|at| format!("(?1, ?{}, 'waiting')", at + 2));
        let places: Vec<String> = places.collect();
        let sql = format!(
            "INSERT INTO bulk_tickets (bulk_id, ticket_id, outcome) VALUES {}",
            places.join(", ")
        );
        let mut params: Vec<Value> = vec![id.into()];
        params.extend(some.iter().map(|ticket| Value::from(ticket.0)));
        tx.exec(&sql, &params)?;
    }
    Ok(id)
}

/// Writes down how it stands now.
pub fn set_state(
    tx: &mut Tx<'_>,
    id: i64,
    state: State,
    ended: Option<Timestamp>,
) -> Result<(), StoreError> {
    let sql = "UPDATE bulk_acts SET state = ?2, ended_ms = ?3 WHERE id = ?1";
    let params = [id.into(), state.as_str().into(), ended.map(ms).into()];
    tx.exec(sql, &params)?;
    Ok(())
}

pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Bulk>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM bulk_acts WHERE id = ?1");
    tx.one(&sql, &[id.into()])?
        .map(|row| read(&row))
        .transpose()
}

/// The same for who goes on with it: on PostgreSQL nobody else does until the transaction ends.
pub fn find_to_change(tx: &mut Tx<'_>, id: i64) -> Result<Option<Bulk>, StoreError> {
    let lock = match tx.database() {
        Database::Sqlite => "",
        Database::Postgres => " FOR UPDATE",
    };
    let sql = format!("SELECT {COLUMNS} FROM bulk_acts WHERE id = ?1{lock}");
    tx.one(&sql, &[id.into()])?
        .map(|row| read(&row))
        .transpose()
}

/// Those that are not through.
pub fn under_way(tx: &mut Tx<'_>) -> Result<Vec<Bulk>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM bulk_acts WHERE state IN ('doing', 'undoing')
        ORDER BY id LIMIT 100"
    );
    tx.rows(&sql, &[])?.iter().map(read).collect()
}

/// Tickets of which this became, by number, each with how it stood.
pub fn next(
    tx: &mut Tx<'_>,
    id: i64,
    outcome: Outcome,
    limit: usize,
) -> Result<Vec<(TicketId, Option<Before>)>, StoreError> {
    let sql = "SELECT ticket_id, before FROM bulk_tickets
        WHERE bulk_id = ?1 AND outcome = ?2 ORDER BY ticket_id LIMIT ?3";
    let rows = tx.rows(sql, &[id.into(), outcome.as_str().into(), limit.into()])?;
    let pair = |row: &Row| {
        let ticket = TicketId(row.int("ticket_id")?);
        Ok((ticket, maybe_json(row, "before")?))
    };
    rows.iter().map(pair).collect()
}

/// Writes down what became of one ticket. How it stood stays known.
pub fn settle(tx: &mut Tx<'_>, id: i64, ticket: TicketId, fate: &Fate) -> Result<(), StoreError> {
    let sql = "UPDATE bulk_tickets SET outcome = ?3, why = ?4, before = coalesce(?5, before)
        WHERE bulk_id = ?1 AND ticket_id = ?2";
    let before = fate.before.as_ref().map(to_json).transpose()?;
    let params = [
        id.into(),
        ticket.0.into(),
        fate.outcome.as_str().into(),
        fate.why.as_deref().into(),
        before.unwrap_or(Value::Null),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// How many tickets came out how, and why, with one of each as an example.
pub fn outcomes(tx: &mut Tx<'_>, id: i64) -> Result<Vec<Came>, StoreError> {
    let sql = "SELECT outcome, why, count(*) AS n, min(ticket_id) AS first FROM bulk_tickets
        WHERE bulk_id = ?1 GROUP BY outcome, why ORDER BY outcome, count(*) DESC, why LIMIT 100";
    let line = |row: &Row| {
        Ok(Came {
            outcome: word(row, "outcome", Outcome::from_text)?,
            why: row.maybe_text("why")?,
            many: row.int("n")?,
            first: TicketId(row.int("first")?),
        })
    };
    tx.rows(sql, &[id.into()])?.iter().map(line).collect()
}

fn read(row: &Row) -> Result<Bulk, StoreError> {
    Ok(Bulk {
        id: row.int("id")?,
        by: PersonId(row.int("by_id")?),
        search: row.maybe_text("search")?,
        act: json(row, "act")?,
        state: word(row, "state", State::from_text)?,
        began: at(row, "began_ms")?,
        ended: maybe_at(row, "ended_ms")?,
    })
}
