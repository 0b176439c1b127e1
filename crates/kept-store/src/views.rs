//! Saved views: one's own and everybody's.

use jiff::Timestamp;
use kept_domain::ids::PersonId;
use kept_domain::views::{MOST, SavedView, Wish};

use crate::convert::{json, ms, to_json};
use crate::{Row, StoreError, Tx};

const COLUMNS: &str = "id, owner_id, wish";

pub fn insert(tx: &mut Tx<'_>, owner: PersonId, wish: &Wish) -> Result<i64, StoreError> {
    let sql = "INSERT INTO saved_views (owner_id, shared, wish) VALUES (?1, ?2, ?3) RETURNING id";
    let params = [owner.0.into(), wish.shared.into(), to_json(wish)?];
    let row = tx.one(sql, &params)?;
    row.ok_or_else(StoreError::nothing_returned)?.int("id")
}

pub fn update(tx: &mut Tx<'_>, id: i64, wish: &Wish) -> Result<(), StoreError> {
    let sql = "UPDATE saved_views SET shared = ?2, wish = ?3 WHERE id = ?1";
    tx.exec(sql, &[id.into(), wish.shared.into(), to_json(wish)?])?;
    Ok(())
}

/// Takes a view away at `at`, or brings it back.
pub fn set_removed(tx: &mut Tx<'_>, id: i64, at: Option<Timestamp>) -> Result<(), StoreError> {
    let sql = "UPDATE saved_views SET removed_at_ms = ?2 WHERE id = ?1";
    tx.exec(sql, &[id.into(), at.map(ms).into()])?;
    Ok(())
}

/// The view, and whether it was taken away.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<(SavedView, bool)>, StoreError> {
    let sql = format!("SELECT {COLUMNS}, removed_at_ms FROM saved_views WHERE id = ?1");
    let Some(row) = tx.one(&sql, &[id.into()])? else {
        return Ok(None);
    };
    let removed = row.maybe_int("removed_at_ms")?.is_some();
    Ok(Some((read(&row)?, removed)))
}

/// What somebody sees: their own first, then the team's, in the order they were made.
pub fn seen_by(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<SavedView>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM saved_views
        WHERE removed_at_ms IS NULL AND (owner_id = ?1 OR shared = 1)
        ORDER BY shared, id LIMIT {MOST}"
    );
    tx.rows(&sql, &[person.0.into()])?
        .iter()
        .map(read)
        .collect()
}

/// How many somebody has made.
pub fn count_of(tx: &mut Tx<'_>, owner: PersonId) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) AS n FROM saved_views WHERE owner_id = ?1 AND removed_at_ms IS NULL";
    let row = tx.one(sql, &[owner.0.into()])?;
    row.ok_or_else(StoreError::nothing_returned)?.int("n")
}

fn read(row: &Row) -> Result<SavedView, StoreError> {
    Ok(SavedView {
        id: row.int("id")?,
        owner: PersonId(row.int("owner_id")?),
        wish: json(row, "wish")?,
    })
}
