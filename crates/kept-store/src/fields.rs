//! Custom fields and what tickets hold in them.

use kept_domain::event::Event;
use kept_domain::fields::{Content, Field, FieldKind, Value as Filled};
use kept_domain::ids::{FieldId, TicketId};

use crate::convert::{json, ms, places, to_json, word};
use crate::{Row, StoreError, Tx};

const COLUMNS: &str = "id, slug, kind, content, retired_at_ms";

/// All of them in their order, retired ones too.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Field>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM custom_fields ORDER BY position, id");
    tx.rows(&sql, &[])?.iter().map(read).collect()
}

pub fn find(tx: &mut Tx<'_>, id: FieldId) -> Result<Option<Field>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM custom_fields WHERE id = ?1");
    let row = tx.one(&sql, &[id.0.into()])?;
    row.map(|row| read(&row)).transpose()
}

/// Adds one at the end.
pub fn insert(
    tx: &mut Tx<'_>,
    slug: &str,
    kind: FieldKind,
    content: &Content,
) -> Result<FieldId, StoreError> {
    let sql = "INSERT INTO custom_fields (slug, kind, position, content)
        VALUES (?1, ?2, (SELECT coalesce(max(c.position), 0) + 1 FROM custom_fields c), ?3)
        RETURNING id";
    let values = [slug.into(), kind.as_str().into(), to_json(content)?];
    let row = tx.one(sql, &values)?;
    let row = row.ok_or_else(StoreError::nothing_returned)?;
    row.int("id").map(FieldId)
}

pub fn update(tx: &mut Tx<'_>, id: FieldId, content: &Content) -> Result<(), StoreError> {
    let sql = "UPDATE custom_fields SET content = ?2 WHERE id = ?1";
    tx.exec(sql, &[id.0.into(), to_json(content)?])?;
    Ok(())
}

/// Asks for it no more, or again with `None`.
pub fn set_retired(
    tx: &mut Tx<'_>,
    id: FieldId,
    at: Option<jiff::Timestamp>,
) -> Result<(), StoreError> {
    let sql = "UPDATE custom_fields SET retired_at_ms = ?2 WHERE id = ?1";
    tx.exec(sql, &[id.0.into(), at.map(ms).into()])?;
    Ok(())
}

/// Puts them in this order.
pub fn arrange(tx: &mut Tx<'_>, order: &[FieldId]) -> Result<(), StoreError> {
    let sql = "UPDATE custom_fields SET position = ?2 WHERE id = ?1";
    for (place, id) in order.iter().enumerate() {
        tx.exec(sql, &[id.0.into(), place.into()])?;
    }
    Ok(())
}

/// What a ticket holds, in the order of the fields. What can't be read any more is left out.
pub fn of_ticket(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<(Field, Filled)>, StoreError> {
    let sql = "SELECT c.id, c.slug, c.kind, c.content, c.retired_at_ms, v.value
        FROM ticket_fields v JOIN custom_fields c ON c.id = v.field_id
        WHERE v.ticket_id = ?1 ORDER BY c.position, c.id";
    let mut found = Vec::new();
    for row in tx.rows(sql, &[ticket.0.into()])? {
        let field = read(&row)?;
        if let Some(value) = Filled::stored(field.kind, &row.text("value")?) {
            found.push((field, value));
        }
    }
    Ok(found)
}

/// What these tickets hold in these fields.
pub fn of_tickets(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
    fields: &[FieldId],
) -> Result<Vec<(TicketId, FieldId, Filled)>, StoreError> {
    if tickets.is_empty() || fields.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT v.ticket_id, v.field_id, c.kind, v.value
        FROM ticket_fields v JOIN custom_fields c ON c.id = v.field_id
        WHERE v.ticket_id IN ({}) AND v.field_id IN ({})",
        places(1, tickets.len()),
        places(1 + tickets.len(), fields.len())
    );
    let tickets = tickets.iter().map(|it| it.0.into());
    let params: Vec<_> = tickets.chain(fields.iter().map(|it| it.0.into())).collect();
    let mut found = Vec::new();
    for row in tx.rows(&sql, &params)? {
        let kind = word(&row, "kind", FieldKind::from_text)?;
        if let Some(value) = Filled::stored(kind, &row.text("value")?) {
            let (ticket, field) = (row.int("ticket_id")?, row.int("field_id")?);
            found.push((TicketId(ticket), FieldId(field), value));
        }
    }
    Ok(found)
}

/// Fills a field in, or empties it.
pub fn set(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    field: FieldId,
    value: Option<&Filled>,
) -> Result<(), StoreError> {
    let Some(value) = value else {
        let sql = "DELETE FROM ticket_fields WHERE ticket_id = ?1 AND field_id = ?2";
        tx.exec(sql, &[ticket.0.into(), field.0.into()])?;
        return Ok(());
    };
    let sql = "INSERT INTO ticket_fields (ticket_id, field_id, value, number)
        VALUES (?1, ?2, ?3, ?4) ON CONFLICT (ticket_id, field_id)
        DO UPDATE SET value = excluded.value, number = excluded.number";
    let values = [
        ticket.0.into(),
        field.0.into(),
        value.text().into(),
        value.number().into(),
    ];
    tx.exec(sql, &values)?;
    Ok(())
}

/// Does what an event says to what a ticket holds.
pub fn follow(tx: &mut Tx<'_>, ticket: TicketId, event: &Event) -> Result<(), StoreError> {
    match event {
        Event::FieldFilled { field, to, .. } => set(tx, ticket, *field, to.as_ref()),
        _ => Ok(()),
    }
}

/// Empties all of a ticket's fields, to be filled again from its events.
pub fn forget(tx: &mut Tx<'_>, ticket: TicketId) -> Result<(), StoreError> {
    let sql = "DELETE FROM ticket_fields WHERE ticket_id = ?1";
    tx.exec(sql, &[ticket.0.into()])?;
    Ok(())
}

/// How the search names fields that begin so, with what people call them.
pub fn named(
    tx: &mut Tx<'_>,
    beginning: &str,
    limit: usize,
) -> Result<Vec<(String, String)>, StoreError> {
    let all = all(tx)?.into_iter();
    let fits = all.filter(|field| field.slug.starts_with(beginning));
    let names = fits.map(|field| (field.slug, field.content.name));
    Ok(names.take(limit).collect())
}

fn read(row: &Row) -> Result<Field, StoreError> {
    Ok(Field {
        id: FieldId(row.int("id")?),
        slug: row.text("slug")?,
        kind: word(row, "kind", FieldKind::from_text)?,
        content: json(row, "content")?,
        is_retired: row.maybe_int("retired_at_ms")?.is_some(),
    })
}
