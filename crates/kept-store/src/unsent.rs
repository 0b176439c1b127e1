//! What people are writing and have not sent: one row per person and ticket. Nobody else's is ever asked for.

use jiff::Timestamp;
use kept_domain::drafts::{Draft, Kept};
use kept_domain::ids::{PersonId, TicketId};

use crate::convert::{at, json, maybe_at, maybe_json, ms, places, to_json};
use crate::{Row, StoreError, Tx, Value};

/// One of them in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// `None` for a ticket that is not opened yet.
    pub ticket: Option<TicketId>,
    /// The ticket's subject; empty where there is none.
    pub subject: String,
    pub text: String,
    pub saved_at: Timestamp,
}

const COLUMNS: &str = "ticket_id, text, fields, saved_at_ms, other, discarded_at_ms";

/// In the column a ticket that is not opened yet has no number.
const NOT_OPENED: TicketId = TicketId(0);

/// Writes it down, in the place of what stood there.
pub fn put(
    tx: &mut Tx<'_>,
    person: PersonId,
    ticket: Option<TicketId>,
    kept: &Kept,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO unsent
            (person_id, ticket_id, text, fields, saved_at_ms, other, discarded_at_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (person_id, ticket_id) DO UPDATE SET
            text = excluded.text, fields = excluded.fields, saved_at_ms = excluded.saved_at_ms,
            other = excluded.other, discarded_at_ms = excluded.discarded_at_ms";
    let other = kept.other.as_ref().map(to_json).transpose()?;
    let params = [
        person.0.into(),
        ticket.unwrap_or(NOT_OPENED).0.into(),
        kept.draft.text.as_str().into(),
        to_json(&kept.draft.fields)?,
        ms(kept.draft.saved_at).into(),
        other.unwrap_or_else(|| None::<i64>.into()),
        kept.discarded_at.map(ms).into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// What stands there, thrown away or not. Of several tickets that are told together, the one that was saved last.
pub fn find(
    tx: &mut Tx<'_>,
    person: PersonId,
    tickets: &[TicketId],
) -> Result<Option<(Option<TicketId>, Kept)>, StoreError> {
    let tickets = if tickets.is_empty() {
        &[NOT_OPENED]
    } else {
        tickets
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM unsent WHERE person_id = ?1 AND ticket_id IN ({})
        ORDER BY CASE WHEN discarded_at_ms IS NULL THEN 0 ELSE 1 END, saved_at_ms DESC, ticket_id
        LIMIT 1",
        places(2, tickets.len())
    );
    let tickets = tickets.iter().map(|ticket| Value::from(ticket.0));
    let params: Vec<Value> = std::iter::once(person.0.into()).chain(tickets).collect();
    tx.one(&sql, &params)?
        .map(|row| Ok((ticket(&row)?, read(&row)?)))
        .transpose()
}

/// Forgets what stands there: it was sent.
pub fn remove(tx: &mut Tx<'_>, person: PersonId, tickets: &[TicketId]) -> Result<(), StoreError> {
    for ticket in tickets {
        let sql = "DELETE FROM unsent WHERE person_id = ?1 AND ticket_id = ?2";
        tx.exec(sql, &[person.0.into(), ticket.0.into()])?;
    }
    Ok(())
}

/// The same for a ticket that was not opened yet.
pub fn remove_new(tx: &mut Tx<'_>, person: PersonId) -> Result<(), StoreError> {
    remove(tx, person, &[NOT_OPENED])
}

/// Makes room: what this person threw away before `past`, and of the rest all but the `most` that were saved last.
pub fn tidy(
    tx: &mut Tx<'_>,
    person: PersonId,
    past: Timestamp,
    most: usize,
) -> Result<(), StoreError> {
    let discarded = "DELETE FROM unsent WHERE person_id = ?1 AND discarded_at_ms < ?2";
    tx.exec(discarded, &[person.0.into(), ms(past).into()])?;
    let oldest = "DELETE FROM unsent WHERE person_id = ?1 AND ticket_id NOT IN (
        SELECT ticket_id FROM unsent WHERE person_id = ?1
        ORDER BY saved_at_ms DESC, ticket_id LIMIT ?2)";
    tx.exec(oldest, &[person.0.into(), most.into()])?;
    Ok(())
}

/// What waits to be sent, the newest first.
pub fn of_person(
    tx: &mut Tx<'_>,
    person: PersonId,
    limit: usize,
) -> Result<Vec<Listed>, StoreError> {
    let sql = "SELECT u.ticket_id, COALESCE(t.subject, '') AS subject, u.text, u.saved_at_ms
        FROM unsent u LEFT JOIN tickets t ON t.id = u.ticket_id
        WHERE u.person_id = ?1 AND u.discarded_at_ms IS NULL
        ORDER BY u.saved_at_ms DESC, u.ticket_id LIMIT ?2";
    let listed = |row: &Row| {
        Ok(Listed {
            ticket: ticket(row)?,
            subject: row.text("subject")?,
            text: row.text("text")?,
            saved_at: at(row, "saved_at_ms")?,
        })
    };
    let rows = tx.rows(sql, &[person.0.into(), limit.into()])?;
    rows.iter().map(listed).collect()
}

fn ticket(row: &Row) -> Result<Option<TicketId>, StoreError> {
    let id = TicketId(row.int("ticket_id")?);
    Ok(Some(id).filter(|id| *id != NOT_OPENED))
}

fn read(row: &Row) -> Result<Kept, StoreError> {
    Ok(Kept {
        draft: Draft {
            text: row.text("text")?,
            fields: json(row, "fields")?,
            saved_at: at(row, "saved_at_ms")?,
        },
        other: maybe_json(row, "other")?,
        discarded_at: maybe_at(row, "discarded_at_ms")?,
    })
}
