//! What people said one ticket is to another. Nothing is moved by a merge: a ticket stands by what is told on it, and its
//! other end is where that is told now.

use jiff::Timestamp;
use kept_domain::event::Event;
use kept_domain::ids::{PersonId, TicketId};
use kept_domain::tickets::{Bond, Status};
use kept_domain::turn::Turn;

use crate::convert::{at, turn_of_rank, word};
use crate::tickets::Shelf;
use crate::{Row, StoreError, Tx, Value};

/// Another ticket, as the one that is looked at shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bonded {
    pub bond: Bond,
    /// Which of the tickets told here says so.
    pub on: TicketId,
    /// Which ticket it was said of.
    pub of: TicketId,
    /// Where that one is told now.
    pub ticket: TicketId,
    pub subject: String,
    pub status: Status,
    pub shelf: Shelf,
    pub turn: Turn,
    pub turn_since: Timestamp,
    pub responsible: PersonId,
}

impl Bonded {
    /// What a search knows of it: it is found by the ticket it was said of, and by where that is told.
    pub fn known(&self) -> [(Bond, TicketId, bool); 2] {
        [self.of, self.ticket].map(|id| (self.bond, id, self.is_open()))
    }

    /// Whether somebody still owes work on the other.
    pub fn is_open(&self) -> bool {
        matches!(self.shelf, Shelf::Open | Shelf::Parked)
    }
}

/// Bonds shown beside one ticket, with those told on it.
const MOST: usize = 500;

/// What a ticket is to others, with what those told on it are; where each other is told now. What became one with it by a
/// merge is left out.
pub fn of_ticket(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<Bonded>, StoreError> {
    let sql = "WITH RECURSIVE mine (id) AS (
            SELECT CAST(?1 AS BIGINT) UNION SELECT m.id FROM mine JOIN tickets m ON m.merged_into = mine.id),
        said (kind, is_back, on_id, of_id) AS (
            SELECT r.kind, 0, r.ticket_id, r.other_id FROM mine JOIN ticket_relations r ON r.ticket_id = mine.id
            UNION ALL
            SELECT r.kind, 1, r.other_id, r.ticket_id FROM mine JOIN ticket_relations r ON r.other_id = mine.id),
        hop (kind, is_back, on_id, of_id, at_id) AS (
            SELECT kind, is_back, on_id, of_id, of_id FROM said
            UNION
            SELECT h.kind, h.is_back, h.on_id, h.of_id, m.merged_into
            FROM hop h JOIN tickets m ON m.id = h.at_id WHERE m.merged_into IS NOT NULL)
        SELECT h.kind, h.is_back, h.on_id, h.of_id, t.id, t.subject, t.status, t.shelf, t.turn_rank,
            t.turn_since_ms, t.responsible_id
        FROM hop h JOIN tickets t ON t.id = h.at_id
        WHERE t.merged_into IS NULL AND t.id <> ?1
        ORDER BY t.id, h.on_id, h.of_id, h.kind, h.is_back LIMIT ?2";
    let rows = tx.rows(sql, &[ticket.0.into(), MOST.into()])?;
    let mut found = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    found.sort_by_key(|it| it.bond);
    Ok(found)
}

/// What the ticket itself says, as its events would say it.
pub fn said_by(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<(Bond, TicketId)>, StoreError> {
    let sql = "SELECT r.kind, 0 AS is_back, r.other_id AS id FROM ticket_relations r WHERE r.ticket_id = ?1
        UNION ALL SELECT r.kind, 1 AS is_back, r.ticket_id AS id FROM ticket_relations r WHERE r.other_id = ?1";
    let rows = tx.rows(sql, &[ticket.0.into()])?;
    let said = |row: &Row| Ok::<_, StoreError>((bond(row)?, TicketId(row.int("id")?)));
    let mut all = rows.iter().map(said).collect::<Result<Vec<_>, _>>()?;
    all.sort_unstable();
    Ok(all)
}

/// What these tickets stand so to, for walks. More than `limit` are not given.
pub fn next(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
    bond: Bond,
    limit: usize,
) -> Result<Vec<TicketId>, StoreError> {
    let (kind, is_back) = stored(bond);
    let (mine, other) = match is_back {
        false => ("ticket_id", "other_id"),
        true => ("other_id", "ticket_id"),
    };
    let mut found = Vec::new();
    for ticket in tickets {
        let sql = format!(
            "SELECT r.{other} AS id FROM ticket_relations r WHERE r.{mine} = ?1 AND r.kind = ?2
            ORDER BY r.{other} LIMIT ?3"
        );
        let params: [Value; 3] = [ticket.0.into(), kind.into(), limit.into()];
        for row in tx.rows(&sql, &params)? {
            found.push(TicketId(row.int("id")?));
        }
    }
    Ok(found)
}

/// Brings the cache up to date with an event; most events change nothing here.
pub fn follow(tx: &mut Tx<'_>, ticket: TicketId, event: &Event) -> Result<(), StoreError> {
    let (sql, bond, other) = match event {
        Event::Related {
            bond,
            ticket: other,
        } => (
            "INSERT INTO ticket_relations (ticket_id, kind, other_id) VALUES (?1, ?2, ?3)
            ON CONFLICT DO NOTHING",
            bond,
            other,
        ),
        Event::Unrelated {
            bond,
            ticket: other,
        } => (
            "DELETE FROM ticket_relations WHERE ticket_id = ?1 AND kind = ?2 AND other_id = ?3",
            bond,
            other,
        ),
        _ => return Ok(()),
    };
    let (kind, is_back) = stored(*bond);
    let (one, two) = match is_back {
        false => (ticket, *other),
        true => (*other, ticket),
    };
    tx.exec(sql, &[one.0.into(), kind.into(), two.0.into()])?;
    Ok(())
}

/// Forgets every row of a ticket, before its events are followed anew.
pub fn forget(tx: &mut Tx<'_>, ticket: TicketId) -> Result<(), StoreError> {
    let sql = "DELETE FROM ticket_relations WHERE ticket_id = ?1 OR other_id = ?1";
    tx.exec(sql, &[ticket.0.into()])?;
    Ok(())
}

/// How a bond is stored: its kind, and whether the ticket that says it is the other end of the row.
fn stored(bond: Bond) -> (&'static str, bool) {
    let kind = match bond {
        Bond::Blocks | Bond::BlockedBy => "blocks",
        Bond::ParentOf | Bond::PartOf => "parent",
        Bond::Duplicates | Bond::DuplicatedBy => "duplicates",
        Bond::RefersTo | Bond::ReferredToBy => "refers",
    };
    (kind, !bond.is_forward())
}

fn bond(row: &Row) -> Result<Bond, StoreError> {
    let is_back = row.flag("is_back")?;
    let named = |kind: &str| {
        Bond::ALL
            .into_iter()
            .find(|it| stored(*it) == (kind, is_back))
    };
    word(row, "kind", named)
}

fn read(row: &Row) -> Result<Bonded, StoreError> {
    Ok(Bonded {
        bond: bond(row)?,
        on: TicketId(row.int("on_id")?),
        of: TicketId(row.int("of_id")?),
        ticket: TicketId(row.int("id")?),
        subject: row.text("subject")?,
        status: word(row, "status", Status::from_text)?,
        shelf: word(row, "shelf", Shelf::from_text)?,
        turn: turn_of_rank(row, "turn_rank")?,
        turn_since: at(row, "turn_since_ms")?,
        responsible: PersonId(row.int("responsible_id")?),
    })
}

/// What a ticket must stand so to.
pub(crate) enum To {
    /// The parameter that holds a ticket’s number.
    Number(String),
    /// Any on which somebody still owes work.
    Open,
    Any,
}

/// The tickets that stand so to another, or with `None` in any way. What was merged is where it is told now. One condition
/// on `t.id`.
pub(crate) fn condition(bond: Option<Bond>, to: &To) -> String {
    let wanted = match to {
        To::Number(number) => format!("(e.of_id = {number} OR e.there_id = {number})"),
        To::Open => "b.shelf IN ('open', 'parked')".to_owned(),
        To::Any => "1 = 1".to_owned(),
    };
    let said = said(bond);
    format!(
        "t.id IN (WITH RECURSIVE ends (of_id, at_id, there_id) AS ({said}
            UNION
            SELECT e.of_id, CASE s.side WHEN 0 THEN m.merged_into ELSE e.at_id END,
                CASE s.side WHEN 0 THEN e.there_id ELSE m.merged_into END
            FROM ends e CROSS JOIN (SELECT 0 AS side UNION ALL SELECT 1) s
            JOIN tickets m ON m.id = CASE s.side WHEN 0 THEN e.at_id ELSE e.there_id END
            WHERE m.merged_into IS NOT NULL)
        SELECT e.at_id FROM ends e JOIN tickets b ON b.id = e.there_id
        WHERE b.merged_into IS NULL AND e.at_id <> e.there_id AND {wanted})"
    )
}

fn said(bond: Option<Bond>) -> String {
    const FORWARD: &str = "SELECT r.other_id, r.ticket_id, r.other_id FROM ticket_relations r";
    const BACK: &str = "SELECT r.ticket_id, r.other_id, r.ticket_id FROM ticket_relations r";
    match bond.map(stored) {
        Some((kind, false)) => format!("{FORWARD} WHERE r.kind = '{kind}'"),
        Some((kind, true)) => format!("{BACK} WHERE r.kind = '{kind}'"),
        None => format!("{FORWARD} UNION {BACK}"),
    }
}
