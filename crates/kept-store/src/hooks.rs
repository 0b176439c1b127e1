//! What web-hooks were told, and how that ended.

use jiff::Timestamp;
use kept_domain::ids::{PersonId, RuleId, TicketId};

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

/// Whose web-hook it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hook {
    Rule(RuleId),
    /// An agent's own.
    Person(PersonId),
    /// The one that hears when mail does not come.
    Alarms,
}

/// Something a web-hook is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub id: i64,
    pub hook: Hook,
    pub ticket: Option<TicketId>,
    /// The notification it tells of, when it is an agent's.
    pub notification: Option<i64>,
    /// Where it goes, for a rule's; the others go where their address leads when they are told.
    pub url: Option<String>,
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
    pub hook: Hook,
    pub ticket: Option<TicketId>,
    pub notification: Option<i64>,
    pub url: Option<&'a str>,
    pub body: &'a str,
}

const COLUMNS: &str = "id, rule_id, person_id, notification_id, ticket_id, url, body, state,
    attempts, status, says, created_at_ms, ended_at_ms";

pub fn insert(tx: &mut Tx<'_>, new: &NewDelivery<'_>, now: Timestamp) -> Result<i64, StoreError> {
    let sql = "INSERT INTO hook_deliveries
            (rule_id, person_id, notification_id, ticket_id, url, body, state, attempts, created_at_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'queued', 0, ?7) RETURNING id";
    let (rule, person) = match new.hook {
        Hook::Rule(rule) => (Some(rule.0), None),
        Hook::Person(person) => (None, Some(person.0)),
        Hook::Alarms => (None, None),
    };
    let params = [
        rule.into(),
        person.into(),
        new.notification.into(),
        new.ticket.map(|it| it.0).into(),
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

/// What one web-hook was told, the latest first.
pub fn of(tx: &mut Tx<'_>, hook: Hook, limit: usize) -> Result<Vec<Delivery>, StoreError> {
    let whose = match hook {
        Hook::Rule(rule) => format!("rule_id = {}", rule.0),
        Hook::Person(person) => format!("person_id = {}", person.0),
        Hook::Alarms => "rule_id IS NULL AND person_id IS NULL".to_owned(),
    };
    let sql =
        format!("SELECT {COLUMNS} FROM hook_deliveries WHERE {whose} ORDER BY id DESC LIMIT ?1");
    let rows = tx.rows(&sql, &[limit.into()])?;
    rows.iter().map(read).collect()
}

/// Forgets one that need not be told any more.
pub fn remove(tx: &mut Tx<'_>, id: i64) -> Result<(), StoreError> {
    tx.exec("DELETE FROM hook_deliveries WHERE id = ?1", &[id.into()])?;
    Ok(())
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
        hook: match (row.maybe_int("rule_id")?, row.maybe_int("person_id")?) {
            (Some(rule), _) => Hook::Rule(RuleId(rule)),
            (None, Some(person)) => Hook::Person(PersonId(person)),
            (None, None) => Hook::Alarms,
        },
        ticket: row.maybe_int("ticket_id")?.map(TicketId),
        notification: row.maybe_int("notification_id")?,
        url: row.maybe_text("url")?,
        body: row.text("body")?,
        state: word(row, "state", State::from_text)?,
        attempts: row.int("attempts")?,
        status: row.maybe_int("status")?,
        says: row.maybe_text("says")?,
        created_at: at(row, "created_at_ms")?,
        ended_at: maybe_at(row, "ended_at_ms")?,
    })
}
