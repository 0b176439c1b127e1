//! Who worked on tickets, when and for how long, as their events leave it. Nothing is moved by a merge: an entry stays with the
//! ticket it was logged on, and is shown where that is told.

use jiff::Timestamp;
use jiff::civil::Date;
use kept_domain::event::Event;
use kept_domain::ids::{MessageId, PersonId, TicketId};
use kept_domain::time_entries::{Details, Spent, TimeEntry, When, WorkType};

use crate::convert::{at, maybe_at, ms, places, word};
use crate::{Row, StoreError, Tx, Value};

/// One in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The ticket it was logged on.
    pub ticket: TicketId,
    pub entry: TimeEntry,
    /// Who worked.
    pub name: String,
}

/// What a ticket's page shows: all of it in figures, and some of the entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    pub total_seconds: i64,
    /// How many entries that is.
    pub many: i64,
    /// The newest first.
    pub listed: Vec<Listed>,
}

const COLUMNS: &str =
    "e.ticket_id, e.entry, e.person_id, e.began_at_ms, e.on_day, e.seconds, e.work_type, e.text,
    e.message_id, e.logged_at_ms, e.removed_at_ms";

/// The entries that count of a ticket and of those told on it, `skip` of the newest left out; one question for the figures
/// and the list. Beyond the last entry there is nothing, not even figures.
pub fn sheet(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    skip: usize,
    limit: usize,
) -> Result<Sheet, StoreError> {
    let sql = format!(
        "WITH RECURSIVE here (id) AS (
            SELECT CAST(?1 AS BIGINT) UNION SELECT m.id FROM here JOIN tickets m ON m.merged_into = here.id)
        SELECT {COLUMNS}, p.name, CAST(sum(e.seconds) OVER () AS BIGINT) AS total, count(*) OVER () AS many
        FROM here JOIN time_entries e ON e.ticket_id = here.id JOIN people p ON p.id = e.person_id
        WHERE e.removed_at_ms IS NULL
        ORDER BY e.logged_at_ms DESC, e.ticket_id DESC, e.entry DESC LIMIT ?2 OFFSET ?3"
    );
    let rows = tx.rows(&sql, &[ticket.0.into(), limit.into(), skip.into()])?;
    let Some(first) = rows.first() else {
        return Ok(Sheet::default());
    };
    let listed = |row: &Row| {
        Ok::<_, StoreError>(Listed {
            ticket: TicketId(row.int("ticket_id")?),
            entry: read(row)?,
            name: row.text("name")?,
        })
    };
    Ok(Sheet {
        total_seconds: first.int("total")?,
        many: first.int("many")?,
        listed: rows.iter().map(listed).collect::<Result<_, _>>()?,
    })
}

/// One entry, whether it counts or not.
pub fn find(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    number: u32,
) -> Result<Option<TimeEntry>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM time_entries e WHERE e.ticket_id = ?1 AND e.entry = ?2");
    let row = tx.one(&sql, &[ticket.0.into(), i64::from(number).into()])?;
    row.map(|row| read(&row)).transpose()
}

/// Every entry that was ever made on the ticket itself, by number.
pub fn all_of(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<TimeEntry>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM time_entries e WHERE e.ticket_id = ?1 ORDER BY e.entry");
    let rows = tx.rows(&sql, &[ticket.0.into()])?;
    rows.iter().map(read).collect()
}

/// Those that count and came with one of these messages.
pub fn with_messages(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    messages: &[MessageId],
) -> Result<Vec<TimeEntry>, StoreError> {
    if messages.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM time_entries e
        WHERE e.ticket_id = ?1 AND e.removed_at_ms IS NULL AND e.message_id IN ({}) ORDER BY e.entry",
        places(2, messages.len())
    );
    let ids = messages.iter().map(|id| id.0.into());
    let params: Vec<Value> = std::iter::once(ticket.0.into()).chain(ids).collect();
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

/// The last number that was given out on a ticket; 0 for none.
pub fn last_number(tx: &mut Tx<'_>, ticket: TicketId) -> Result<u32, StoreError> {
    let sql = "SELECT CAST(coalesce(max(entry), 0) AS BIGINT) AS last FROM time_entries WHERE ticket_id = ?1";
    let row = tx.one(sql, &[ticket.0.into()])?;
    row.map_or(Ok(0), |row| number(row.int("last")?))
}

/// Brings the cache up to date with an event that was recorded at `now`; most events change nothing here.
pub fn follow(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    now: Timestamp,
    event: &Event,
) -> Result<(), StoreError> {
    match event {
        Event::TimeLogged {
            entry,
            person,
            message,
            details,
        } => insert(tx, ticket, (*entry, *person, *message), details, now),
        Event::TimeChanged { entry, to, .. } => update(tx, ticket, *entry, to),
        Event::TimeRemoved { entry, .. } => set_removed(tx, ticket, *entry, Some(now)),
        Event::TimeRestored { entry, .. } => set_removed(tx, ticket, *entry, None),
        Event::Withdrawn { message, .. } => {
            let sql = "UPDATE time_entries SET removed_at_ms = ?3
                WHERE ticket_id = ?1 AND message_id = ?2 AND removed_at_ms IS NULL";
            tx.exec(sql, &[ticket.0.into(), message.0.into(), ms(now).into()])?;
            Ok(())
        }
        _ => Ok(()),
    }
}

fn insert(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    (entry, person, message): (u32, PersonId, Option<MessageId>),
    details: &Details,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO time_entries
        (ticket_id, entry, began_at_ms, on_day, seconds, work_type, text, person_id, message_id, logged_at_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let mut params = columns(ticket, entry, details);
    params.extend([
        person.0.into(),
        message.map(|message| message.0).into(),
        ms(now).into(),
    ]);
    tx.exec(sql, &params)?;
    Ok(())
}

fn update(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    entry: u32,
    details: &Details,
) -> Result<(), StoreError> {
    let sql = "UPDATE time_entries SET began_at_ms = ?3, on_day = ?4, seconds = ?5, work_type = ?6, text = ?7
        WHERE ticket_id = ?1 AND entry = ?2";
    tx.exec(sql, &columns(ticket, entry, details))?;
    Ok(())
}

/// The ticket, the number and the details, in this order.
fn columns(ticket: TicketId, entry: u32, details: &Details) -> Vec<Value> {
    let (began, day) = match details.when {
        When::Began(began) => (Some(ms(began)), None),
        When::On(day) => (None, Some(day.to_string())),
    };
    vec![
        ticket.0.into(),
        i64::from(entry).into(),
        began.into(),
        day.as_deref().into(),
        i64::from(details.spent.seconds()).into(),
        details.work_type.as_str().into(),
        details.text.as_deref().into(),
    ]
}

fn set_removed(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    entry: u32,
    removed_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let sql = "UPDATE time_entries SET removed_at_ms = ?3 WHERE ticket_id = ?1 AND entry = ?2";
    let params = [
        ticket.0.into(),
        i64::from(entry).into(),
        removed_at.map(ms).into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// Forgets every row of a ticket, before its events are followed anew.
pub fn forget(tx: &mut Tx<'_>, ticket: TicketId) -> Result<(), StoreError> {
    let sql = "DELETE FROM time_entries WHERE ticket_id = ?1";
    tx.exec(sql, &[ticket.0.into()])?;
    Ok(())
}

fn read(row: &Row) -> Result<TimeEntry, StoreError> {
    let when = match maybe_at(row, "began_at_ms")? {
        Some(began) => When::Began(began),
        None => When::On(word(row, "on_day", |text| text.parse::<Date>().ok())?),
    };
    Ok(TimeEntry {
        number: number(row.int("entry")?)?,
        person: PersonId(row.int("person_id")?),
        message: row.maybe_int("message_id")?.map(MessageId),
        details: Details {
            when,
            spent: spent(row.int("seconds")?)?,
            work_type: word(row, "work_type", WorkType::from_text)?,
            text: row.maybe_text("text")?,
        },
        logged_at: at(row, "logged_at_ms")?,
        removed_at: maybe_at(row, "removed_at_ms")?,
    })
}

fn spent(seconds: i64) -> Result<Spent, StoreError> {
    let spent = u32::try_from(seconds).ok().map(Spent::try_from);
    spent
        .and_then(Result::ok)
        .ok_or_else(|| StoreError::Corrupt {
            what: format!("a time entry has {seconds} seconds"),
        })
}

fn number(number: i64) -> Result<u32, StoreError> {
    u32::try_from(number).map_err(|_| StoreError::Corrupt {
        what: format!("a time entry has the number {number}"),
    })
}
