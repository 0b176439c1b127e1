//! Whose turn it was on each ticket, in order: a cache of what the clocks work out, for turn strips and for where the time
//! went.

use jiff::Timestamp;
use kept_domain::clocks::{Stretch, Whose};
use kept_domain::ids::{ClientId, PersonId, QueueId, TicketId};

use crate::convert::{at, maybe_at, ms, places, word};
use crate::{Row, StoreError, Tx, Value};

/// A turn, or the part of one in which the same people held the ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    pub ticket: TicketId,
    pub whose: Whose,
    pub from: Timestamp,
    /// `None` while it lasts.
    pub to: Option<Timestamp>,
    pub client: Option<ClientId>,
    pub queue: QueueId,
    pub responsible: PersonId,
}

const COLUMNS: &str =
    "ticket_id, number, whose, from_ms, to_ms, client_id, queue_id, responsible_id";

/// The turns of these tickets, ticket by ticket, oldest first.
pub fn of_tickets(tx: &mut Tx<'_>, tickets: &[TicketId]) -> Result<Vec<Turn>, StoreError> {
    if tickets.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM turns WHERE ticket_id IN ({}) ORDER BY ticket_id, number",
        places(1, tickets.len())
    );
    let params: Vec<Value> = tickets.iter().map(|ticket| ticket.0.into()).collect();
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

/// The last turns of a ticket, oldest first.
pub fn newest(tx: &mut Tx<'_>, ticket: TicketId, most: usize) -> Result<Vec<Turn>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM turns WHERE ticket_id = ?1 ORDER BY number DESC LIMIT ?2");
    let rows = tx.rows(&sql, &[ticket.0.into(), most.into()])?;
    rows.iter().rev().map(read).collect()
}

/// The turns of one of them as its strip is drawn, whoever held it.
pub fn strip_of(turns: &[Turn], ticket: TicketId) -> Vec<Stretch> {
    let mut strip: Vec<Stretch> = Vec::new();
    for turn in turns.iter().filter(|turn| turn.ticket == ticket) {
        match strip.last_mut().filter(|last| last.whose == turn.whose) {
            Some(last) => last.to = turn.to,
            None => strip.push(Stretch {
                whose: turn.whose,
                from: turn.from,
                to: turn.to,
            }),
        }
    }
    strip
}

/// Makes the stored turns of a ticket those; `known` are the ones stored before. What is the same is left alone.
pub fn replace(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    known: &[Turn],
    turns: &[Turn],
) -> Result<(), StoreError> {
    let same = known.iter().zip(turns).take_while(|(a, b)| a == b).count();
    if known.len() > same {
        let sql = "DELETE FROM turns WHERE ticket_id = ?1 AND number >= ?2";
        tx.exec(sql, &[ticket.0.into(), same.into()])?;
    }
    let sql = format!("INSERT INTO turns ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    for (number, turn) in turns.iter().enumerate().skip(same) {
        let params = [
            turn.ticket.0.into(),
            number.into(),
            turn.whose.as_str().into(),
            ms(turn.from).into(),
            turn.to.map(ms).into(),
            turn.client.map(|client| client.0).into(),
            turn.queue.0.into(),
            turn.responsible.0.into(),
        ];
        tx.exec(&sql, &params)?;
    }
    Ok(())
}

fn read(row: &Row) -> Result<Turn, StoreError> {
    Ok(Turn {
        ticket: TicketId(row.int("ticket_id")?),
        whose: word(row, "whose", Whose::from_text)?,
        from: at(row, "from_ms")?,
        to: maybe_at(row, "to_ms")?,
        client: row.maybe_int("client_id")?.map(ClientId),
        queue: QueueId(row.int("queue_id")?),
        responsible: PersonId(row.int("responsible_id")?),
    })
}
