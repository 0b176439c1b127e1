//! Queues with their addresses, members and rota.

use kept_domain::ids::{PersonId, QueueId};
use kept_domain::people::EmailAddress;
use kept_domain::queues::{Duty, Member, Queue, Sender, SenderStyle};

use crate::absences::{self, Absence};
use crate::convert::{json, places, to_json};
use crate::{Row, StoreError, Tx, Value, duty_exceptions};

/// How a queue is set up, as the settings page writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueSettings {
    pub name: String,
    pub addresses: Vec<EmailAddress>,
    pub members: Vec<(PersonId, Vec<Duty>)>,
    pub dispatcher: PersonId,
    pub zone: String,
    pub signature: String,
    pub sender: Sender,
}

impl QueueSettings {
    /// As the queue is set up now, to change a part of it.
    pub fn of(queue: Queue, signature: String) -> Self {
        let members = queue.members.into_iter();
        Self {
            name: queue.name,
            addresses: queue.addresses,
            members: members.map(|m| (m.person, m.duties)).collect(),
            dispatcher: queue.dispatcher,
            zone: queue.zone,
            signature,
            sender: queue.sender,
        }
    }
}

pub fn insert(tx: &mut Tx<'_>, settings: &QueueSettings) -> Result<QueueId, StoreError> {
    let sql = "INSERT INTO queues (name, dispatcher_id, zone, signature, sender_style, sender_name)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id";
    let params = [
        settings.name.as_str().into(),
        settings.dispatcher.0.into(),
        settings.zone.as_str().into(),
        settings.signature.as_str().into(),
        settings.sender.style.as_str().into(),
        settings.sender.name.as_str().into(),
    ];
    let id = tx
        .one(sql, &params)?
        .ok_or_else(StoreError::nothing_returned)?
        .int("id")?;
    write_parts(tx, QueueId(id), settings)?;
    Ok(QueueId(id))
}

pub fn update(tx: &mut Tx<'_>, queue: QueueId, settings: &QueueSettings) -> Result<(), StoreError> {
    let sql = "UPDATE queues SET name = ?2, dispatcher_id = ?3, zone = ?4, signature = ?5,
        sender_style = ?6, sender_name = ?7 WHERE id = ?1";
    let params = [
        queue.0.into(),
        settings.name.as_str().into(),
        settings.dispatcher.0.into(),
        settings.zone.as_str().into(),
        settings.signature.as_str().into(),
        settings.sender.style.as_str().into(),
        settings.sender.name.as_str().into(),
    ];
    tx.exec(sql, &params)?;
    tx.exec(
        "DELETE FROM queue_addresses WHERE queue_id = ?1",
        &[queue.0.into()],
    )?;
    tx.exec(
        "DELETE FROM queue_members WHERE queue_id = ?1",
        &[queue.0.into()],
    )?;
    write_parts(tx, queue, settings)
}

/// Writes addresses and members, each once.
fn write_parts(
    tx: &mut Tx<'_>,
    queue: QueueId,
    settings: &QueueSettings,
) -> Result<(), StoreError> {
    for (position, address) in settings.addresses.iter().enumerate() {
        if settings.addresses[..position].contains(address) {
            continue;
        }
        let sql = "INSERT INTO queue_addresses (address, queue_id, position) VALUES (?1, ?2, ?3)";
        tx.exec(
            sql,
            &[address.as_str().into(), queue.0.into(), position.into()],
        )?;
    }
    for (place, (person, duties)) in settings.members.iter().enumerate() {
        if settings.members[..place]
            .iter()
            .any(|(known, _)| known == person)
        {
            continue;
        }
        let sql = "INSERT INTO queue_members (queue_id, person_id, duties) VALUES (?1, ?2, ?3)";
        tx.exec(sql, &[queue.0.into(), person.0.into(), to_json(duties)?])?;
    }
    Ok(())
}

/// All queues with everything about them; there are few. Members' loads are of open tickets everywhere.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Queue>, StoreError> {
    let rows = tx.rows(
        "SELECT id, name, dispatcher_id, zone, sender_style, sender_name
            FROM queues ORDER BY id LIMIT 500",
        &[],
    )?;
    let addresses = tx.rows(
        "SELECT queue_id, address FROM queue_addresses ORDER BY queue_id, position LIMIT 5000",
        &[],
    )?;
    let members = tx.rows(
        "SELECT m.queue_id, m.person_id, m.duties FROM queue_members m
            JOIN people p ON p.id = m.person_id
            WHERE p.left_at_ms IS NULL AND p.role IS NOT NULL
            ORDER BY m.queue_id, m.person_id LIMIT 5000",
        &[],
    )?;
    let known = Known {
        loads: crate::counts::open_by_agent(tx)?,
        absences: absences::latest(tx)?,
        exceptions: duty_exceptions::latest(tx)?,
    };
    rows.iter()
        .map(|row| queue(row, &addresses, &members, &known))
        .collect()
}

/// What is the same for all queues.
struct Known {
    loads: Vec<(PersonId, i64)>,
    absences: Vec<Absence>,
    exceptions: Vec<duty_exceptions::Kept>,
}

fn queue(
    row: &Row,
    addresses: &[Row],
    members: &[Row],
    known: &Known,
) -> Result<Queue, StoreError> {
    let id = row.int("id")?;
    let mine = |rows: &[Row]| -> Vec<Row> {
        rows.iter()
            .filter(|r| r.int("queue_id") == Ok(id))
            .cloned()
            .collect()
    };
    Ok(Queue {
        id: QueueId(id),
        name: row.text("name")?,
        addresses: mine(addresses)
            .iter()
            .map(address)
            .collect::<Result<_, _>>()?,
        members: mine(members)
            .iter()
            .map(|r| member(r, known))
            .collect::<Result<_, _>>()?,
        dispatcher: PersonId(row.int("dispatcher_id")?),
        zone: row.text("zone")?,
        sender: sender(row)?,
        exceptions: known
            .exceptions
            .iter()
            .filter(|kept| kept.queue.0 == id)
            .map(|kept| kept.exception)
            .collect(),
    })
}

fn sender(row: &Row) -> Result<Sender, StoreError> {
    let word = row.text("sender_style")?;
    let style = SenderStyle::parse(&word).ok_or_else(|| StoreError::Corrupt {
        what: format!("a queue writes under the name of {word:?}"),
    })?;
    Ok(Sender {
        style,
        name: row.text("sender_name")?,
    })
}

fn address(row: &Row) -> Result<EmailAddress, StoreError> {
    let text = row.text("address")?;
    EmailAddress::parse(&text).map_err(|e| StoreError::Corrupt {
        what: e.to_string(),
    })
}

fn member(row: &Row, known: &Known) -> Result<Member, StoreError> {
    let person = PersonId(row.int("person_id")?);
    let load = known
        .loads
        .iter()
        .find(|(id, _)| *id == person)
        .map_or(0, |(_, load)| *load);
    Ok(Member {
        person,
        duties: json(row, "duties")?,
        open_tickets: load,
        away: known
            .absences
            .iter()
            .filter(|absence| absence.person == person)
            .map(|absence| absence.away)
            .collect(),
    })
}

/// The queue for mail that names none of ours: the oldest.
///
/// # Errors
/// When there is no queue at all, which a desk never is in.
pub fn first(tx: &mut Tx<'_>) -> Result<QueueId, StoreError> {
    let row = tx.one("SELECT min(id) AS id FROM queues", &[])?;
    row.ok_or_else(StoreError::nothing_returned)?
        .int("id")
        .map(QueueId)
}

pub fn signature(tx: &mut Tx<'_>, queue: QueueId) -> Result<String, StoreError> {
    let row = tx.one(
        "SELECT signature FROM queues WHERE id = ?1",
        &[queue.0.into()],
    )?;
    row.map_or_else(|| Ok(String::new()), |row| row.text("signature"))
}

/// The queues these addresses belong to, in the order of the addresses, each once.
pub fn of_addresses(
    tx: &mut Tx<'_>,
    addresses: &[EmailAddress],
) -> Result<Vec<QueueId>, StoreError> {
    if addresses.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT address, queue_id FROM queue_addresses WHERE address IN ({})",
        places(1, addresses.len())
    );
    let params: Vec<Value> = addresses.iter().map(|a| a.as_str().into()).collect();
    let rows = tx.rows(&sql, &params)?;
    let mut found = Vec::new();
    for address in addresses {
        for row in rows
            .iter()
            .filter(|r| r.text("address").as_deref() == Ok(address.as_str()))
        {
            let queue = QueueId(row.int("queue_id")?);
            if !found.contains(&queue) {
                found.push(queue);
            }
        }
    }
    Ok(found)
}
