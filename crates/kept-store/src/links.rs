//! Tickets that came out of others.

use kept_domain::ids::TicketId;
use kept_domain::tickets::{Link, Status};

use crate::convert::word;
use crate::{Row, StoreError, Tx};

/// A ticket beside another, as either of them shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    pub ticket: TicketId,
    pub link: Link,
    /// The one shown is the older of the two.
    pub is_older: bool,
    pub subject: String,
    pub status: Status,
}

/// Links shown beside one ticket.
const MOST: usize = 50;

/// Remembers that `younger` came out of `older`. The first thing said about the two holds.
pub fn add(
    tx: &mut Tx<'_>,
    younger: TicketId,
    older: TicketId,
    link: Link,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO ticket_links (ticket_id, other_id, kind) VALUES (?1, ?2, ?3)
        ON CONFLICT (ticket_id, other_id) DO NOTHING";
    tx.exec(
        sql,
        &[younger.0.into(), older.0.into(), link.as_str().into()],
    )?;
    Ok(())
}

/// Forgets what [`add`] remembered.
pub fn remove(tx: &mut Tx<'_>, younger: TicketId, older: TicketId) -> Result<(), StoreError> {
    let sql = "DELETE FROM ticket_links WHERE ticket_id = ?1 AND other_id = ?2";
    tx.exec(sql, &[younger.0.into(), older.0.into()])?;
    Ok(())
}

/// What a ticket came out of, then what came out of it, oldest first.
pub fn of_ticket(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<Linked>, StoreError> {
    let older = "SELECT l.kind, t.id, t.subject, t.status FROM ticket_links l
        JOIN tickets t ON t.id = l.other_id WHERE l.ticket_id = ?1 ORDER BY t.id LIMIT ?2";
    let younger = "SELECT l.kind, t.id, t.subject, t.status FROM ticket_links l
        JOIN tickets t ON t.id = l.ticket_id WHERE l.other_id = ?1 ORDER BY t.id LIMIT ?2";
    let mut all = Vec::new();
    for (sql, is_older) in [(older, true), (younger, false)] {
        for row in tx.rows(sql, &[ticket.0.into(), MOST.into()])? {
            all.push(read(&row, is_older)?);
        }
    }
    Ok(all)
}

/// The tickets that came out of this one in that way, the newest first.
pub fn younger(tx: &mut Tx<'_>, older: TicketId, link: Link) -> Result<Vec<TicketId>, StoreError> {
    let sql = "SELECT ticket_id FROM ticket_links WHERE other_id = ?1 AND kind = ?2
        ORDER BY ticket_id DESC LIMIT ?3";
    let rows = tx.rows(sql, &[older.0.into(), link.as_str().into(), MOST.into()])?;
    rows.iter()
        .map(|row| row.int("ticket_id").map(TicketId))
        .collect()
}

fn read(row: &Row, is_older: bool) -> Result<Linked, StoreError> {
    Ok(Linked {
        ticket: TicketId(row.int("id")?),
        link: word(row, "kind", Link::from_text)?,
        is_older,
        subject: row.text("subject")?,
        status: word(row, "status", Status::from_text)?,
    })
}
