//! Tickets: the cache of what their events say, and where lists look for them.

use jiff::Timestamp;
use kept_domain::event::Event;
use kept_domain::ids::{ClientId, PersonId, QueueId, TicketId};
use kept_domain::tickets::{Delegation, Kind, Priority, Status, Ticket};
use kept_domain::turn::Turn;

pub use crate::shelf::Shelf;

use crate::convert::{
    at, maybe_at, maybe_json, ms, places, to_json, turn_of_rank, turn_rank, word,
};
use crate::{Row, StoreError, Tx, Value, counts, merges, tags};

/// The requester is whoever stays, should the one recorded have been merged.
const COLUMNS: &str = "id, subject, kind, priority, queue_id,
    coalesce((SELECT s.merged_into FROM people s WHERE s.id = tickets.requester_id), requester_id)
        AS requester_id, client_id,
    responsible_id, status, turn, turn_since_ms, opened_at_ms, resolved_at_ms, closed_at_ms,
    spam_since_ms, merged_into, touched_at_ms, tags, wait, delegated_to, delegated_until_ms";

/// Writes a new ticket from its `Opened` event and gives it its number.
///
/// # Errors
/// When `opened` is another event, besides what the database may refuse.
pub fn insert(tx: &mut Tx<'_>, now: Timestamp, opened: &Event) -> Result<Ticket, StoreError> {
    let not_opened = || StoreError::Sql("a ticket begins with its opening".into());
    let mut ticket = Ticket::opened(TicketId(0), now, opened).ok_or_else(not_opened)?;
    let sql = "INSERT INTO tickets (subject, kind, priority, queue_id, requester_id, client_id,
            responsible_id, status, turn, turn_rank, turn_since_ms, opened_at_ms, touched_at_ms,
            shelf, last_words)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11, ?11, ?12, '') RETURNING id";
    let params = [
        ticket.subject.as_str().into(),
        ticket.kind.as_str().into(),
        ticket.priority.as_str().into(),
        ticket.queue.0.into(),
        ticket.requester.map(|p| p.0).into(),
        ticket.client.map(|c| c.0).into(),
        ticket.responsible.0.into(),
        ticket.status.as_str().into(),
        ticket.base_turn.as_str().into(),
        turn_rank(ticket.turn()).into(),
        ms(now).into(),
        Shelf::of(&ticket).as_str().into(),
    ];
    let row = tx
        .one(sql, &params)?
        .ok_or_else(StoreError::nothing_returned)?;
    ticket.id = TicketId(row.int("id")?);
    ticket.requester = told(tx, ticket.requester)?;
    counts::add(tx, &ticket, 1)?;
    Ok(ticket)
}

/// A ticket as its history tells it, with the requester it is told as: compares with [`find`].
pub fn as_told(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Ticket, StoreError> {
    Ok(Ticket {
        requester: told(tx, ticket.requester)?,
        ..ticket.clone()
    })
}

fn told(tx: &mut Tx<'_>, person: Option<PersonId>) -> Result<Option<PersonId>, StoreError> {
    person.map(|person| merges::who(tx, person)).transpose()
}

/// Writes what events changed. `before` is the ticket as the same transaction loaded it.
pub fn save(tx: &mut Tx<'_>, before: &Ticket, after: &Ticket) -> Result<(), StoreError> {
    let place = |t: &Ticket| (t.queue, t.responsible, Shelf::of(t), t.turn());
    if before == after {
        return Ok(());
    }
    if place(before) != place(after) {
        counts::add(tx, before, -1)?;
        counts::add(tx, after, 1)?;
    }
    if before.tags != after.tags {
        tags::set(tx, after.id, &after.tags)?;
    }
    write_columns(tx, after)
}

/// Writes every column anew, whatever stands there, and leaves the counts alone: for the doctor, who
/// counts again afterwards.
pub fn rewrite(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<(), StoreError> {
    tags::set(tx, ticket.id, &ticket.tags)?;
    write_columns(tx, ticket)
}

/// Whoever was recorded as requester stays recorded while they are told as the same person.
fn write_columns(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<(), StoreError> {
    let sql = "UPDATE tickets SET subject = ?2, priority = ?3, queue_id = ?4, responsible_id = ?5,
            status = ?6, turn = ?7, turn_rank = ?8, turn_since_ms = ?9, resolved_at_ms = ?10,
            closed_at_ms = ?11, spam_since_ms = ?12, merged_into = ?13, touched_at_ms = ?14,
            shelf = ?15, kind = ?16,
            requester_id = CASE WHEN ?17 = (SELECT s.merged_into FROM people s
                WHERE s.id = tickets.requester_id) THEN requester_id ELSE ?17 END,
            client_id = ?18, tags = ?19,
            wait = ?20, delegated_to = ?21, delegated_until_ms = ?22
        WHERE id = ?1";
    tx.exec(sql, &columns(ticket)?)?;
    Ok(())
}

fn columns(ticket: &Ticket) -> Result<[Value; 22], StoreError> {
    let wait = ticket.wait.as_ref().map(to_json).transpose()?;
    Ok([
        ticket.id.0.into(),
        ticket.subject.as_str().into(),
        ticket.priority.as_str().into(),
        ticket.queue.0.into(),
        ticket.responsible.0.into(),
        ticket.status.as_str().into(),
        ticket.base_turn.as_str().into(),
        turn_rank(ticket.turn()).into(),
        ms(ticket.turn_since).into(),
        ticket.resolved_at.map(ms).into(),
        ticket.closed_at.map(ms).into(),
        ticket.spam_since.map(ms).into(),
        ticket.merged_into.map(|t| t.0).into(),
        ms(ticket.touched_at).into(),
        Shelf::of(ticket).as_str().into(),
        ticket.kind.as_str().into(),
        ticket.requester.map(|p| p.0).into(),
        ticket.client.map(|c| c.0).into(),
        tags::written(&ticket.tags).into(),
        wait.unwrap_or(Value::Null),
        ticket.delegation.map(|offered| offered.to.0).into(),
        ticket.delegation.map(|offered| ms(offered.due)).into(),
    ])
}

/// The last thing somebody said, for lists.
pub fn set_last_words(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    words: &str,
    by: Option<PersonId>,
) -> Result<(), StoreError> {
    let sql = "UPDATE tickets SET last_words = ?2, last_words_by = ?3 WHERE id = ?1";
    tx.exec(
        sql,
        &[ticket.0.into(), words.into(), by.map(|p| p.0).into()],
    )?;
    Ok(())
}

pub fn find(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Option<Ticket>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM tickets WHERE id = ?1");
    tx.one(&sql, &[ticket.0.into()])?
        .map(|row| read(&row))
        .transpose()
}

/// These tickets, in no order.
pub fn by_ids(tx: &mut Tx<'_>, ids: &[TicketId]) -> Result<Vec<Ticket>, StoreError> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let places = crate::convert::places(1, ids.len());
    let sql = format!("SELECT {COLUMNS} FROM tickets WHERE id IN ({places})");
    let params: Vec<Value> = ids.iter().map(|id| id.0.into()).collect();
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

/// The same for a command: on PostgreSQL nobody else changes it until the transaction ends.
pub fn find_to_change(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Option<Ticket>, StoreError> {
    let lock = match tx.database() {
        crate::Database::Sqlite => "",
        crate::Database::Postgres => " FOR UPDATE",
    };
    let sql = format!("SELECT {COLUMNS} FROM tickets WHERE id = ?1{lock}");
    tx.one(&sql, &[ticket.0.into()])?
        .map(|row| read(&row))
        .transpose()
}

/// Where a ticket is told: itself, or the end of its chain of merges.
pub fn told_at(tx: &mut Tx<'_>, ticket: TicketId) -> Result<TicketId, StoreError> {
    /// Longer chains would take a thousand deliberate merges.
    const LONGEST_CHAIN: usize = 1_000;
    let mut at = ticket;
    for _ in 0..LONGEST_CHAIN {
        let row = tx.one(
            "SELECT merged_into FROM tickets WHERE id = ?1",
            &[at.0.into()],
        )?;
        match row
            .map(|row| row.maybe_int("merged_into"))
            .transpose()?
            .flatten()
        {
            Some(next) => at = TicketId(next),
            None => break,
        }
    }
    Ok(at)
}

/// The tickets told on this one, oldest first.
pub fn merged_into(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<TicketId>, StoreError> {
    let sql = "SELECT id FROM tickets WHERE merged_into = ?1 ORDER BY id LIMIT 500";
    let rows = tx.rows(sql, &[ticket.0.into()])?;
    rows.iter().map(|row| row.int("id").map(TicketId)).collect()
}

/// Ids from `after` on, for walks over everything.
pub fn ids_after(
    tx: &mut Tx<'_>,
    after: TicketId,
    limit: usize,
) -> Result<Vec<TicketId>, StoreError> {
    let sql = "SELECT id FROM tickets WHERE id > ?1 ORDER BY id LIMIT ?2";
    let rows = tx.rows(sql, &[after.0.into(), limit.into()])?;
    rows.iter().map(|row| row.int("id").map(TicketId)).collect()
}

/// The newest tickets before `before`, the newest first.
pub fn newest(
    tx: &mut Tx<'_>,
    before: TicketId,
    limit: usize,
) -> Result<Vec<TicketId>, StoreError> {
    let sql = "SELECT id FROM tickets WHERE id < ?1 ORDER BY id DESC LIMIT ?2";
    let rows = tx.rows(sql, &[before.0.into(), limit.into()])?;
    rows.iter().map(|row| row.int("id").map(TicketId)).collect()
}

/// The shelf and the turn under which lists find these tickets, by number: caches of the tickets
/// themselves, for the doctor to compare.
pub fn placed(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
) -> Result<Vec<(TicketId, Shelf, Turn)>, StoreError> {
    let sql = format!(
        "SELECT id, shelf, turn_rank FROM tickets WHERE id IN ({}) ORDER BY id",
        places(1, tickets.len())
    );
    let params: Vec<Value> = tickets.iter().map(|ticket| ticket.0.into()).collect();
    let rows = tx.rows(&sql, &params)?;
    rows.iter()
        .map(|row| {
            let shelf = word(row, "shelf", Shelf::from_text)?;
            Ok((
                TicketId(row.int("id")?),
                shelf,
                turn_of_rank(row, "turn_rank")?,
            ))
        })
        .collect()
}

pub(crate) fn read(row: &Row) -> Result<Ticket, StoreError> {
    Ok(Ticket {
        id: TicketId(row.int("id")?),
        subject: row.text("subject")?,
        kind: word(row, "kind", Kind::from_text)?,
        priority: word(row, "priority", Priority::from_text)?,
        queue: QueueId(row.int("queue_id")?),
        requester: row.maybe_int("requester_id")?.map(PersonId),
        client: row.maybe_int("client_id")?.map(ClientId),
        responsible: PersonId(row.int("responsible_id")?),
        status: word(row, "status", Status::from_text)?,
        base_turn: word(row, "turn", Turn::from_text)?,
        turn_since: at(row, "turn_since_ms")?,
        opened_at: at(row, "opened_at_ms")?,
        resolved_at: maybe_at(row, "resolved_at_ms")?,
        closed_at: maybe_at(row, "closed_at_ms")?,
        spam_since: maybe_at(row, "spam_since_ms")?,
        merged_into: row.maybe_int("merged_into")?.map(TicketId),
        touched_at: at(row, "touched_at_ms")?,
        tags: tags::read(row)?,
        wait: maybe_json(row, "wait")?,
        delegation: delegation(row)?,
    })
}

fn delegation(row: &Row) -> Result<Option<Delegation>, StoreError> {
    let to = row.maybe_int("delegated_to")?.map(PersonId);
    let due = maybe_at(row, "delegated_until_ms")?;
    Ok(to.zip(due).map(|(to, due)| Delegation { to, due }))
}
