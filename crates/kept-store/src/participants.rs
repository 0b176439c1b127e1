//! Who takes part in tickets beside their requesters: a cache of the tickets' events.

use jiff::Timestamp;
use kept_domain::event::Event;
use kept_domain::ids::{ClientId, MessageId, PersonId, TicketId};
use kept_domain::tickets::Partaking;

use crate::convert::{at, ms, places};
use crate::merges::told_as_person;
use crate::{Row, StoreError, Tx, Value};

/// Somebody who takes part, with what lists show of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Whom they are told as.
    pub person: PersonId,
    /// Under which number events name them, when that card was merged into the other.
    pub own: PersonId,
    pub name: String,
    pub client: Option<(ClientId, String)>,
    pub works_here: bool,
    /// Where they hear what is said.
    pub address: String,
    pub since: Timestamp,
    /// The mail that named them; `None` when an agent added them.
    pub message: Option<MessageId>,
}

/// People read of one ticket.
const MOST: usize = 200;

/// Brings the cache up to date with an event; most events change nothing here.
pub fn follow(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    now: Timestamp,
    event: &Event,
) -> Result<(), StoreError> {
    match event {
        Event::ParticipantAdded {
            person,
            address,
            message,
        } => put(tx, ticket, now, *person, address, *message),
        Event::ParticipantRemoved { person } => {
            let sql = "UPDATE participants SET is_out = 1 WHERE ticket_id = ?1 AND person_id = ?2";
            tx.exec(sql, &[ticket.0.into(), person.0.into()])?;
            Ok(())
        }
        _ => Ok(()),
    }
}

fn put(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    now: Timestamp,
    person: PersonId,
    address: &str,
    message: Option<MessageId>,
) -> Result<(), StoreError> {
    let sql =
        "INSERT INTO participants (ticket_id, person_id, address, since_ms, message_id, is_out)
        VALUES (?1, ?2, ?3, ?4, ?5, 0)
        ON CONFLICT (ticket_id, person_id) DO UPDATE SET address = excluded.address,
            since_ms = excluded.since_ms, message_id = excluded.message_id, is_out = 0";
    let params = [
        ticket.0.into(),
        person.0.into(),
        address.into(),
        ms(now).into(),
        message.map(|m| m.0).into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// How somebody stands to a ticket, under any number they are told as.
pub fn standing(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    person: PersonId,
) -> Result<Partaking, StoreError> {
    let sql = format!(
        "SELECT is_out FROM participants WHERE ticket_id = ?1 AND person_id IN ({})
        ORDER BY is_out LIMIT 1",
        told_as_person("?2")
    );
    let row = tx.one(&sql, &[ticket.0.into(), person.0.into()])?;
    row.map_or(Ok(Partaking::Stranger), |row| stands(&row))
}

fn stands(row: &Row) -> Result<Partaking, StoreError> {
    Ok(if row.flag("is_out")? {
        Partaking::TakenOut
    } else {
        Partaking::TakesPart
    })
}

/// Everybody who takes part in one of several tickets, each once, in the order they came.
pub fn of_tickets(tx: &mut Tx<'_>, tickets: &[TicketId]) -> Result<Vec<Participant>, StoreError> {
    let sql = format!(
        "SELECT t.person_id AS own, p.id AS person_id, t.address, t.since_ms, t.message_id, p.name,
            p.role, c.id AS client_id, c.name AS client_name
        FROM participants t JOIN people o ON o.id = t.person_id
        JOIN people p ON p.id = coalesce(o.merged_into, o.id)
        LEFT JOIN clients co ON co.id = p.client_id
        LEFT JOIN clients c ON c.id = coalesce(co.merged_into, co.id)
        WHERE t.ticket_id IN ({}) AND t.is_out = 0
        ORDER BY t.since_ms, t.person_id LIMIT {MOST}",
        places(1, tickets.len())
    );
    let params: Vec<Value> = tickets.iter().map(|t| t.0.into()).collect();
    let mut found: Vec<Participant> = Vec::new();
    for row in tx.rows(&sql, &params)? {
        let one = read(&row)?;
        if !found.iter().any(|known| known.person == one.person) {
            found.push(one);
        }
    }
    Ok(found)
}

/// Addresses a ticket knows its outside people by: whoever asked or takes part, with all of theirs, and
/// whoever wrote, but to the desk alone. Each once, [`MOST`] at most.
pub fn addresses(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<String>, StoreError> {
    let sql = format!(
        "SELECT a.address FROM tickets t JOIN person_addresses a
            ON a.person_id IN ({asked}) WHERE t.id = ?1
        UNION SELECT a.address FROM participants p JOIN person_addresses a
            ON a.person_id IN ({heard}) WHERE p.ticket_id = ?1 AND p.is_out = 0
        UNION SELECT author_address FROM messages WHERE ticket_id = ?1 AND channel = 'mail'
            AND audience = 'client' AND automatic = 0
        ORDER BY address LIMIT {MOST}",
        asked = told_as_person("t.requester_id"),
        heard = told_as_person("p.person_id"),
    );
    tx.rows(&sql, &[ticket.0.into()])?
        .iter()
        .map(|row| row.text("address"))
        .collect()
}

fn read(row: &Row) -> Result<Participant, StoreError> {
    let client = row.maybe_int("client_id")?.map(ClientId);
    Ok(Participant {
        person: PersonId(row.int("person_id")?),
        own: PersonId(row.int("own")?),
        name: row.text("name")?,
        client: client.zip(row.maybe_text("client_name")?),
        works_here: row.maybe_text("role")?.is_some(),
        address: row.text("address")?,
        since: at(row, "since_ms")?,
        message: row.maybe_int("message_id")?.map(MessageId),
    })
}

/// Every row of a ticket, those taken out too, as its events would say it; for the doctor.
pub fn all_of(
    tx: &mut Tx<'_>,
    ticket: TicketId,
) -> Result<Vec<(PersonId, String, Partaking)>, StoreError> {
    let sql = "SELECT person_id, address, is_out FROM participants WHERE ticket_id = ?1
        ORDER BY person_id";
    tx.rows(sql, &[ticket.0.into()])?
        .iter()
        .map(|row| {
            let person = PersonId(row.int("person_id")?);
            Ok((person, row.text("address")?, stands(row)?))
        })
        .collect()
}

/// Forgets every row of a ticket, before its events are followed anew.
pub fn forget(tx: &mut Tx<'_>, ticket: TicketId) -> Result<(), StoreError> {
    tx.exec(
        "DELETE FROM participants WHERE ticket_id = ?1",
        &[ticket.0.into()],
    )?;
    Ok(())
}
