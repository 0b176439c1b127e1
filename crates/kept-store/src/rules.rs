//! The rules of the desk: what they are now, how they came to be so, and when they fired.

use std::collections::BTreeSet;

use jiff::Timestamp;
use kept_domain::ids::{PersonId, RuleId, TicketId};
use kept_domain::rules::Rule;

use crate::convert::{at, json, maybe_at, ms, places, to_json};
use crate::{Row, StoreError, Tx, Value};

/// A rule with its number and place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub id: RuleId,
    pub position: i64,
    pub rule: Rule,
    pub removed_at: Option<Timestamp>,
}

/// More rules than this are a mistake.
pub const MOST: usize = 200;

/// Adds a rule after all others.
pub fn insert(tx: &mut Tx<'_>, rule: &Rule) -> Result<RuleId, StoreError> {
    let sql = "INSERT INTO rules (position, body)
        SELECT coalesce(max(position), 0) + 1, CAST(?1 AS TEXT) FROM rules WHERE 1 = 1 RETURNING id";
    let row = tx.one(sql, &[to_json(rule)?])?;
    let row = row.ok_or_else(StoreError::nothing_returned)?;
    row.int("id").map(RuleId)
}

pub fn update(tx: &mut Tx<'_>, id: RuleId, rule: &Rule) -> Result<(), StoreError> {
    let sql = "UPDATE rules SET body = ?2 WHERE id = ?1";
    tx.exec(sql, &[id.0.into(), to_json(rule)?])?;
    Ok(())
}

pub fn set_position(tx: &mut Tx<'_>, id: RuleId, position: i64) -> Result<(), StoreError> {
    let sql = "UPDATE rules SET position = ?2 WHERE id = ?1";
    tx.exec(sql, &[id.0.into(), position.into()])?;
    Ok(())
}

/// Takes a rule away, or brings it back with `None`.
pub fn set_removed(
    tx: &mut Tx<'_>,
    id: RuleId,
    removed: Option<Timestamp>,
) -> Result<(), StoreError> {
    let sql = "UPDATE rules SET removed_at_ms = ?2 WHERE id = ?1";
    tx.exec(sql, &[id.0.into(), removed.map(ms).into()])?;
    Ok(())
}

/// Every rule that is there, on or off, in the order in which they run.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Stored>, StoreError> {
    let sql = "SELECT id, position, body, removed_at_ms FROM rules
        WHERE removed_at_ms IS NULL ORDER BY position, id LIMIT 1000";
    tx.rows(sql, &[])?.iter().map(read).collect()
}

/// The same, but one that this version can't read is left out: a rule must never keep mail from being taken.
pub fn readable(tx: &mut Tx<'_>) -> Result<Vec<Stored>, StoreError> {
    let sql = "SELECT id, position, body, removed_at_ms FROM rules
        WHERE removed_at_ms IS NULL ORDER BY position, id LIMIT 1000";
    let rows = tx.rows(sql, &[])?;
    Ok(rows.iter().filter_map(|row| read(row).ok()).collect())
}

/// A rule, also one that was removed.
pub fn find(tx: &mut Tx<'_>, id: RuleId) -> Result<Option<Stored>, StoreError> {
    let sql = "SELECT id, position, body, removed_at_ms FROM rules WHERE id = ?1";
    let row = tx.one(sql, &[id.0.into()])?;
    row.map(|row| read(&row)).transpose()
}

/// What rules are called, removed ones included.
pub fn names(
    tx: &mut Tx<'_>,
    rules: &BTreeSet<RuleId>,
) -> Result<Vec<(RuleId, String)>, StoreError> {
    if rules.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT id, position, body, removed_at_ms FROM rules WHERE id IN ({})",
        places(1, rules.len())
    );
    let params: Vec<Value> = rules.iter().map(|rule| rule.0.into()).collect();
    let rows = tx.rows(&sql, &params)?;
    let found = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(found
        .into_iter()
        .map(|stored| (stored.id, stored.rule.name))
        .collect())
}

fn read(row: &Row) -> Result<Stored, StoreError> {
    Ok(Stored {
        id: RuleId(row.int("id")?),
        position: row.int("position")?,
        rule: json(row, "body")?,
        removed_at: maybe_at(row, "removed_at_ms")?,
    })
}

/// One line of how a rule came to be as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub id: i64,
    pub rule: RuleId,
    pub at: Timestamp,
    pub by: Option<PersonId>,
    pub what: String,
    /// The rule before; `None` when this made it.
    pub before: Option<Rule>,
    /// It was removed before this brought it back.
    pub was_removed: bool,
}

/// Remembers a change; `before` is the rule as it was.
pub fn changed(
    tx: &mut Tx<'_>,
    rule: RuleId,
    by: PersonId,
    what: &str,
    before: Option<&Stored>,
    now: Timestamp,
) -> Result<i64, StoreError> {
    let sql = "INSERT INTO rule_changes (rule_id, at_ms, person_id, what, before, was_removed)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id";
    let was = before.map(|stored| to_json(&stored.rule)).transpose()?;
    let params = [
        rule.0.into(),
        ms(now).into(),
        by.0.into(),
        what.into(),
        was.unwrap_or(Value::Null),
        before
            .is_some_and(|stored| stored.removed_at.is_some())
            .into(),
    ];
    let row = tx.one(sql, &params)?;
    row.ok_or_else(StoreError::nothing_returned)?.int("id")
}

/// How a rule came to be as it is, the latest first.
pub fn changes(tx: &mut Tx<'_>, rule: RuleId, limit: usize) -> Result<Vec<Changed>, StoreError> {
    let sql = "SELECT id, rule_id, at_ms, person_id, what, before, was_removed FROM rule_changes
        WHERE rule_id = ?1 ORDER BY id DESC LIMIT ?2";
    let rows = tx.rows(sql, &[rule.0.into(), limit.into()])?;
    rows.iter().map(read_change).collect()
}

pub fn change(tx: &mut Tx<'_>, id: i64) -> Result<Option<Changed>, StoreError> {
    let sql = "SELECT id, rule_id, at_ms, person_id, what, before, was_removed FROM rule_changes
        WHERE id = ?1";
    let row = tx.one(sql, &[id.into()])?;
    row.map(|row| read_change(&row)).transpose()
}

fn read_change(row: &Row) -> Result<Changed, StoreError> {
    let before = row.maybe_text("before")?;
    Ok(Changed {
        id: row.int("id")?,
        rule: RuleId(row.int("rule_id")?),
        at: at(row, "at_ms")?,
        by: row.maybe_int("person_id")?.map(PersonId),
        what: row.text("what")?,
        before: before.map(|_| json(row, "before")).transpose()?,
        was_removed: row.flag("was_removed")?,
    })
}

/// Remembers that a rule fired; the number is its own.
pub fn fired(
    tx: &mut Tx<'_>,
    rule: RuleId,
    ticket: TicketId,
    now: Timestamp,
) -> Result<i64, StoreError> {
    let sql =
        "INSERT INTO rule_firings (rule_id, ticket_id, at_ms) VALUES (?1, ?2, ?3) RETURNING id";
    let row = tx.one(sql, &[rule.0.into(), ticket.0.into(), ms(now).into()])?;
    row.ok_or_else(StoreError::nothing_returned)?.int("id")
}

/// How often a rule fired since some day, and when last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fired {
    pub rule: RuleId,
    pub times: i64,
    pub last: Timestamp,
}

/// The same for every rule that fired at all.
pub fn firings(tx: &mut Tx<'_>, since: Timestamp) -> Result<Vec<Fired>, StoreError> {
    let sql = "SELECT rule_id, max(at_ms) AS last_ms,
            CAST(sum(CASE WHEN at_ms >= ?1 THEN 1 ELSE 0 END) AS BIGINT) AS times
        FROM rule_firings GROUP BY rule_id ORDER BY rule_id";
    let rows = tx.rows(sql, &[ms(since).into()])?;
    rows.iter()
        .map(|row| {
            Ok(Fired {
                rule: RuleId(row.int("rule_id")?),
                times: row.int("times")?,
                last: at(row, "last_ms")?,
            })
        })
        .collect()
}

/// Forgets firings before some day.
pub fn forget_firings(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, StoreError> {
    tx.exec(
        "DELETE FROM rule_firings WHERE at_ms < ?1",
        &[ms(before).into()],
    )
}
