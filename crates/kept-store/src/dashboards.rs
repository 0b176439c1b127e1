//! Dashboards, one's own and everybody's, and to whom they are mailed.

use jiff::Timestamp;
use kept_domain::dashboards::{Dashboard, MOST, Schedule, Wish};
use kept_domain::ids::PersonId;

use crate::convert::{at, json, maybe_at, ms, to_json};
use crate::{Row, StoreError, Tx};

const COLUMNS: &str = "id, owner_id, wish";

pub fn insert(tx: &mut Tx<'_>, owner: PersonId, wish: &Wish) -> Result<i64, StoreError> {
    let sql = "INSERT INTO dashboards (owner_id, shared, wish) VALUES (?1, ?2, ?3) RETURNING id";
    let params = [owner.0.into(), wish.shared.into(), to_json(wish)?];
    let row = tx.one(sql, &params)?;
    row.ok_or_else(StoreError::nothing_returned)?.int("id")
}

pub fn update(tx: &mut Tx<'_>, id: i64, wish: &Wish) -> Result<(), StoreError> {
    let sql = "UPDATE dashboards SET shared = ?2, wish = ?3 WHERE id = ?1";
    tx.exec(sql, &[id.into(), wish.shared.into(), to_json(wish)?])?;
    Ok(())
}

/// Takes one away at `at`, or brings it back.
pub fn set_removed(tx: &mut Tx<'_>, id: i64, at: Option<Timestamp>) -> Result<(), StoreError> {
    let sql = "UPDATE dashboards SET removed_at_ms = ?2 WHERE id = ?1";
    tx.exec(sql, &[id.into(), at.map(ms).into()])?;
    Ok(())
}

/// Whoever is about to change one waits here for others who do.
pub fn lock(tx: &mut Tx<'_>, id: i64) -> Result<(), StoreError> {
    tx.exec(
        "UPDATE dashboards SET shared = shared WHERE id = ?1",
        &[id.into()],
    )?;
    Ok(())
}

/// The dashboard, and whether it was taken away.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<(Dashboard, bool)>, StoreError> {
    let sql = format!("SELECT {COLUMNS}, removed_at_ms FROM dashboards WHERE id = ?1");
    let Some(row) = tx.one(&sql, &[id.into()])? else {
        return Ok(None);
    };
    let removed = row.maybe_int("removed_at_ms")?.is_some();
    Ok(Some((read(&row)?, removed)))
}

/// What somebody sees: their own first, then the team's, in the order they were made.
pub fn seen_by(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Dashboard>, StoreError> {
    let most = MOST * 5;
    let sql = format!(
        "SELECT {COLUMNS} FROM dashboards
        WHERE removed_at_ms IS NULL AND (owner_id = ?1 OR shared = 1)
        ORDER BY shared, id LIMIT {most}"
    );
    tx.rows(&sql, &[person.0.into()])?
        .iter()
        .map(read)
        .collect()
}

/// How many somebody has made.
pub fn count_of(tx: &mut Tx<'_>, owner: PersonId) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) AS n FROM dashboards WHERE owner_id = ?1 AND removed_at_ms IS NULL";
    let row = tx.one(sql, &[owner.0.into()])?;
    row.ok_or_else(StoreError::nothing_returned)?.int("n")
}

fn read(row: &Row) -> Result<Dashboard, StoreError> {
    Ok(Dashboard {
        id: row.int("id")?,
        owner: PersonId(row.int("owner_id")?),
        wish: json(row, "wish")?,
    })
}

/// A dashboard on its way by mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailing {
    pub id: i64,
    /// `None` is the overview everybody has.
    pub dashboard: Option<i64>,
    pub by: PersonId,
    pub schedule: Schedule,
    /// Whether the same comes as a file as well.
    pub with_pdf: bool,
    /// `None` once it is over.
    pub next: Option<Timestamp>,
}

const MAILING: &str = "id, dashboard_id, by_id, schedule, with_pdf, next_at_ms";

/// Begins one; its number is in the answer.
pub fn insert_mailing(tx: &mut Tx<'_>, new: &Mailing, to: &[PersonId]) -> Result<i64, StoreError> {
    let sql = "INSERT INTO dashboard_mailings (dashboard_id, by_id, schedule, next_at_ms, with_pdf)
        VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id";
    let params = [
        new.dashboard.into(),
        new.by.0.into(),
        to_json(&new.schedule)?,
        new.next.map(ms).into(),
        new.with_pdf.into(),
    ];
    let row = tx.one(sql, &params)?;
    let id = row.ok_or_else(StoreError::nothing_returned)?.int("id")?;
    for person in to {
        let sql = "INSERT INTO dashboard_recipients (mailing_id, person_id) VALUES (?1, ?2)
            ON CONFLICT (mailing_id, person_id) DO NOTHING";
        tx.exec(sql, &[id.into(), person.0.into()])?;
    }
    Ok(id)
}

pub fn mailing(tx: &mut Tx<'_>, id: i64) -> Result<Option<Mailing>, StoreError> {
    let sql = format!("SELECT {MAILING} FROM dashboard_mailings WHERE id = ?1");
    let row = tx.one(&sql, &[id.into()])?;
    row.map(|row| read_mailing(&row)).transpose()
}

/// Those of one dashboard that go on, in the order they were made.
pub fn mailings_of(tx: &mut Tx<'_>, dashboard: Option<i64>) -> Result<Vec<Mailing>, StoreError> {
    let (which, params) = match dashboard {
        Some(id) => ("dashboard_id = ?1", vec![id.into()]),
        None => ("dashboard_id IS NULL", vec![]),
    };
    let sql = format!(
        "SELECT {MAILING} FROM dashboard_mailings
        WHERE {which} AND next_at_ms IS NOT NULL ORDER BY id LIMIT 200"
    );
    tx.rows(&sql, &params)?.iter().map(read_mailing).collect()
}

/// Those whose time has come.
pub fn mailings_due(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: usize,
) -> Result<Vec<Mailing>, StoreError> {
    let sql = format!(
        "SELECT {MAILING} FROM dashboard_mailings
        WHERE next_at_ms <= ?1 ORDER BY next_at_ms, id LIMIT ?2"
    );
    tx.rows(&sql, &[ms(now).into(), limit.into()])?
        .iter()
        .map(read_mailing)
        .collect()
}

/// When the next one is due.
pub fn next_mailing(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT next_at_ms FROM dashboard_mailings WHERE next_at_ms IS NOT NULL
        ORDER BY next_at_ms LIMIT 1";
    let row = tx.one(sql, &[])?;
    row.map(|row| at(&row, "next_at_ms")).transpose()
}

/// Moves it on from the time it was due. Of several nodes only one is told that it did.
pub fn take_turn(
    tx: &mut Tx<'_>,
    id: i64,
    due: Timestamp,
    next: Option<Timestamp>,
) -> Result<bool, StoreError> {
    let sql = "UPDATE dashboard_mailings SET next_at_ms = ?3 WHERE id = ?1 AND next_at_ms = ?2";
    let params = [id.into(), ms(due).into(), next.map(ms).into()];
    Ok(tx.exec(sql, &params)? == 1)
}

/// Ends it, or lets it go on from `next`.
pub fn set_next(tx: &mut Tx<'_>, id: i64, next: Option<Timestamp>) -> Result<(), StoreError> {
    let sql = "UPDATE dashboard_mailings SET next_at_ms = ?2 WHERE id = ?1";
    tx.exec(sql, &[id.into(), next.map(ms).into()])?;
    Ok(())
}

/// Who still wants it, in the order of their numbers.
pub fn recipients(tx: &mut Tx<'_>, mailing: i64) -> Result<Vec<PersonId>, StoreError> {
    let sql = "SELECT person_id FROM dashboard_recipients
        WHERE mailing_id = ?1 AND stopped_at_ms IS NULL ORDER BY person_id LIMIT 200";
    let rows = tx.rows(sql, &[mailing.into()])?;
    rows.iter()
        .map(|row| row.int("person_id").map(PersonId))
        .collect()
}

/// When somebody said that they want it no longer; `None` when they get it or never did.
pub fn stopped(
    tx: &mut Tx<'_>,
    mailing: i64,
    person: PersonId,
) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT stopped_at_ms FROM dashboard_recipients
        WHERE mailing_id = ?1 AND person_id = ?2";
    let row = tx.one(sql, &[mailing.into(), person.0.into()])?;
    row.map_or(Ok(None), |row| maybe_at(&row, "stopped_at_ms"))
}

/// Somebody wants it no longer, or again. Says whether they were among those it goes to.
pub fn stop(
    tx: &mut Tx<'_>,
    mailing: i64,
    person: PersonId,
    since: Option<Timestamp>,
) -> Result<bool, StoreError> {
    let sql = "UPDATE dashboard_recipients SET stopped_at_ms = ?3
        WHERE mailing_id = ?1 AND person_id = ?2";
    let params = [mailing.into(), person.0.into(), since.map(ms).into()];
    Ok(tx.exec(sql, &params)? == 1)
}

fn read_mailing(row: &Row) -> Result<Mailing, StoreError> {
    Ok(Mailing {
        id: row.int("id")?,
        dashboard: row.maybe_int("dashboard_id")?,
        by: PersonId(row.int("by_id")?),
        schedule: json(row, "schedule")?,
        with_pdf: row.flag("with_pdf")?,
        next: maybe_at(row, "next_at_ms")?,
    })
}
