//! Templates for new tickets.

use jiff::Timestamp;
use kept_domain::ids::TemplateId;
use kept_domain::templates::Template;

use crate::convert::{json, maybe_at, ms, to_json};
use crate::{Row, StoreError, Tx};

/// A template with its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub id: TemplateId,
    pub template: Template,
    pub removed_at: Option<Timestamp>,
}

/// More are a mistake.
pub const MOST: usize = 200;

pub fn insert(tx: &mut Tx<'_>, template: &Template) -> Result<TemplateId, StoreError> {
    let sql = "INSERT INTO ticket_templates (name, content) VALUES (?1, ?2) RETURNING id";
    let row = tx.one(sql, &[template.name.as_str().into(), to_json(template)?])?;
    let row = row.ok_or_else(StoreError::nothing_returned)?;
    row.int("id").map(TemplateId)
}

pub fn update(tx: &mut Tx<'_>, id: TemplateId, template: &Template) -> Result<(), StoreError> {
    let sql = "UPDATE ticket_templates SET name = ?2, content = ?3 WHERE id = ?1";
    let params = [
        id.0.into(),
        template.name.as_str().into(),
        to_json(template)?,
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// Offers it no more, or again with `None`.
pub fn set_removed(
    tx: &mut Tx<'_>,
    id: TemplateId,
    removed: Option<Timestamp>,
) -> Result<(), StoreError> {
    let sql = "UPDATE ticket_templates SET removed_at_ms = ?2 WHERE id = ?1";
    tx.exec(sql, &[id.0.into(), removed.map(ms).into()])?;
    Ok(())
}

/// Those that are offered, by name.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Stored>, StoreError> {
    let sql = "SELECT id, content, removed_at_ms FROM ticket_templates
        WHERE removed_at_ms IS NULL ORDER BY lower(name), id LIMIT 1000";
    tx.rows(sql, &[])?.iter().map(read).collect()
}

/// A template, also one that was removed.
pub fn find(tx: &mut Tx<'_>, id: TemplateId) -> Result<Option<Stored>, StoreError> {
    let sql = "SELECT id, content, removed_at_ms FROM ticket_templates WHERE id = ?1";
    let row = tx.one(sql, &[id.0.into()])?;
    row.map(|row| read(&row)).transpose()
}

fn read(row: &Row) -> Result<Stored, StoreError> {
    Ok(Stored {
        id: TemplateId(row.int("id")?),
        template: json(row, "content")?,
        removed_at: maybe_at(row, "removed_at_ms")?,
    })
}
