//! What web-hooks were told, and how that ended.

use jiff::Timestamp;
use kept_domain::ids::{RuleId, TicketId};

use crate::convert::{at, maybe_at, ms, word};
use crate::{Row, StoreError, Tx};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not told yet, or tried again later.
    Queued,
    Delivered,
    Failed,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            State::Queued => "queued",
            State::Delivered => "delivered",
            State::Failed => "failed",
        }
    }

    pub fn from_text(text: &str) -> Option<State> {
        let all = [State::Queued, State::Delivered, State::Failed];
        all.into_iter().find(|state| state.as_str() == text)
    }
}

/// Something a web-hook is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub id: i64,
    pub rule: RuleId,
    pub ticket: TicketId,
    pub url: String,
    pub body: String,
    pub state: State,
    pub attempts: i64,
    /// The HTTP status of the last answer.
    pub status: Option<i64>,
    pub says: Option<String>,
    pub created_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy)]
pub struct NewDelivery<'a> {
    pub rule: RuleId,
    pub ticket: TicketId,
    pub url: &'a str,
    pub body: &'a str,
}

const COLUMNS: &str = "id, rule_id, ticket_id, url, body, state, attempts, status, says,
    created_at_ms, ended_at_ms";

pub fn insert(tx: &mut Tx<'_>, new: &NewDelivery<'_>, now: Timestamp) -> Result<i64, StoreError> {
    let sql = "INSERT INTO hook_deliveries
            (rule_id, ticket_id, url, body, state, attempts, created_at_ms)
        VALUES (?1, ?2, ?3, ?4, 'queued', 0, ?5) RETURNING id";
    let params = [
        new.rule.0.into(),
        new.ticket.0.into(),
        new.url.into(),
        new.body.into(),
        ms(now).into(),
    ];
    let row = tx.one(sql, &params)?;
    row.ok_or_else(StoreError::nothing_returned)?.int("id")
}

/// Writes down how a try ended.
pub fn tried(
    tx: &mut Tx<'_>,
    id: i64,
    state: State,
    status: Option<u16>,
    says: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "UPDATE hook_deliveries SET state = ?2, attempts = attempts + 1, status = ?3,
            says = ?4, ended_at_ms = ?5 WHERE id = ?1";
    let ended = (state != State::Queued).then_some(ms(now));
    let params = [
        id.into(),
        state.as_str().into(),
        status.map(i64::from).into(),
        says.into(),
        ended.into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Delivery>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM hook_deliveries WHERE id = ?1");
    let row = tx.one(&sql, &[id.into()])?;
    row.map(|row| read(&row)).transpose()
}

/// What one rule's web-hook was told, the latest first.
pub fn of_rule(tx: &mut Tx<'_>, rule: RuleId, limit: usize) -> Result<Vec<Delivery>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM hook_deliveries WHERE rule_id = ?1 ORDER BY id DESC LIMIT ?2"
    );
    let rows = tx.rows(&sql, &[rule.0.into(), limit.into()])?;
    rows.iter().map(read).collect()
}

/// Forgets deliveries from before some day.
pub fn forget(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), StoreError> {
    let sql = "DELETE FROM hook_deliveries WHERE created_at_ms < ?1";
    tx.exec(sql, &[ms(before).into()])?;
    Ok(())
}

fn read(row: &Row) -> Result<Delivery, StoreError> {
    Ok(Delivery {
        id: row.int("id")?,
        rule: RuleId(row.int("rule_id")?),
        ticket: TicketId(row.int("ticket_id")?),
        url: row.text("url")?,
        body: row.text("body")?,
        state: word(row, "state", State::from_text)?,
        attempts: row.int("attempts")?,
        status: row.maybe_int("status")?,
        says: row.maybe_text("says")?,
        created_at: at(row, "created_at_ms")?,
        ended_at: maybe_at(row, "ended_at_ms")?,
    })
}
