//! Replies that are written again and again.

use jiff::Timestamp;
use kept_domain::ids::{PersonId, ReplyTemplateId};

use crate::convert::{at, ms};
use crate::{Row, StoreError, Tx};

/// One of them. Without an owner it is everybody's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyTemplate {
    pub id: ReplyTemplateId,
    pub name: String,
    /// Markdown with `{{ words }}` to fill in.
    pub text: String,
    pub owner: Option<PersonId>,
    pub changed_by: PersonId,
    pub changed_at: Timestamp,
}

const COLUMNS: &str = "id, name, text, owner_id, changed_by, changed_at_ms";

/// Gives it a number; the one in `new` does not count.
pub fn insert(tx: &mut Tx<'_>, new: &ReplyTemplate) -> Result<ReplyTemplateId, StoreError> {
    let sql = "INSERT INTO reply_templates (name, text, owner_id, changed_by, changed_at_ms)
        VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id";
    let values = [
        new.name.as_str().into(),
        new.text.as_str().into(),
        new.owner.map(|id| id.0).into(),
        new.changed_by.0.into(),
        ms(new.changed_at).into(),
    ];
    let row = tx.one(sql, &values)?;
    let row = row.ok_or_else(StoreError::nothing_returned)?;
    row.int("id").map(ReplyTemplateId)
}

pub fn update(tx: &mut Tx<'_>, it: &ReplyTemplate) -> Result<(), StoreError> {
    let sql = "UPDATE reply_templates
        SET name = ?2, text = ?3, owner_id = ?4, changed_by = ?5, changed_at_ms = ?6 WHERE id = ?1";
    let values = [
        it.id.0.into(),
        it.name.as_str().into(),
        it.text.as_str().into(),
        it.owner.map(|id| id.0).into(),
        it.changed_by.0.into(),
        ms(it.changed_at).into(),
    ];
    tx.exec(sql, &values)?;
    Ok(())
}

/// Puts it away, or back with `None`.
pub fn set_removed(
    tx: &mut Tx<'_>,
    id: ReplyTemplateId,
    at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let sql = "UPDATE reply_templates SET removed_at_ms = ?2 WHERE id = ?1";
    tx.exec(sql, &[id.0.into(), at.map(ms).into()])?;
    Ok(())
}

/// It, removed or not.
pub fn find(tx: &mut Tx<'_>, id: ReplyTemplateId) -> Result<Option<ReplyTemplate>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM reply_templates WHERE id = ?1");
    tx.one(&sql, &[id.0.into()])?
        .map(|row| read(&row))
        .transpose()
}

/// Those `person` may use, by name.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<ReplyTemplate>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM reply_templates
        WHERE removed_at_ms IS NULL AND (owner_id IS NULL OR owner_id = ?1) ORDER BY name, id"
    );
    tx.rows(&sql, &[person.0.into()])?
        .iter()
        .map(read)
        .collect()
}

fn read(row: &Row) -> Result<ReplyTemplate, StoreError> {
    Ok(ReplyTemplate {
        id: ReplyTemplateId(row.int("id")?),
        name: row.text("name")?,
        text: row.text("text")?,
        owner: row.maybe_int("owner_id")?.map(PersonId),
        changed_by: PersonId(row.int("changed_by")?),
        changed_at: at(row, "changed_at_ms")?,
    })
}
