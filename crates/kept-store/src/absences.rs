//! When people are not here, who stands in for them, and what went over to whom because of it.

use jiff::Timestamp;
use kept_domain::ids::{PersonId, TicketId};
use kept_domain::queues::Away;

use crate::convert::{at, maybe_at, ms};
use crate::{Row, StoreError, Tx};

/// A time somebody is away, with the words for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    pub id: i64,
    pub person: PersonId,
    pub away: Away,
    pub reason: String,
    pub stand_in: Option<StandIn>,
    /// Whoever wrote it down.
    pub entered_by: Option<PersonId>,
    /// When the hand-over to the stand-in began.
    pub handed: Option<Timestamp>,
}

/// Who takes over, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandIn {
    pub person: PersonId,
    /// They hold it at once; otherwise it is offered to them.
    pub outright: bool,
    /// What is still open comes back at the end.
    pub gives_back: bool,
}

const COLUMNS: &str = "id, person_id, from_ms, until_ms, reason, stand_in_id, outright, gives_back,
    entered_by, handed_ms";

pub fn insert(
    tx: &mut Tx<'_>,
    (person, by): (PersonId, PersonId),
    away: Away,
    reason: &str,
    stand_in: Option<StandIn>,
) -> Result<i64, StoreError> {
    let sql = "INSERT INTO absences (person_id, from_ms, until_ms, reason, stand_in_id, outright,
            gives_back, entered_by)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id";
    let params = [
        person.0.into(),
        ms(away.from).into(),
        ms(away.until).into(),
        reason.into(),
        stand_in.map(|it| it.person.0).into(),
        stand_in.is_some_and(|it| it.outright).into(),
        stand_in.is_some_and(|it| it.gives_back).into(),
        by.0.into(),
    ];
    let row = tx.one(sql, &params)?;
    row.ok_or_else(StoreError::nothing_returned)?.int("id")
}

/// The absence, and whether it was taken back.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<(Absence, bool)>, StoreError> {
    let sql = format!("SELECT {COLUMNS}, removed_at_ms FROM absences WHERE id = ?1");
    let Some(row) = tx.one(&sql, &[id.into()])? else {
        return Ok(None);
    };
    let removed = row.maybe_int("removed_at_ms")?.is_some();
    Ok(Some((read(&row)?, removed)))
}

pub fn set_until(tx: &mut Tx<'_>, id: i64, until: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE absences SET until_ms = ?2 WHERE id = ?1";
    tx.exec(sql, &[id.into(), ms(until).into()])?;
    Ok(())
}

/// They are here after all.
pub fn remove(tx: &mut Tx<'_>, id: i64, at: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE absences SET removed_at_ms = ?2 WHERE id = ?1 AND removed_at_ms IS NULL";
    Ok(tx.exec(sql, &[id.into(), ms(at).into()])? == 1)
}

/// They are away again: what went back by then goes over once more.
pub fn restore(tx: &mut Tx<'_>, id: i64) -> Result<(), StoreError> {
    let sql = "UPDATE absences SET removed_at_ms = NULL,
            handed_ms = CASE WHEN returned_ms IS NULL THEN handed_ms ELSE NULL END,
            returned_ms = NULL
        WHERE id = ?1";
    tx.exec(sql, &[id.into()])?;
    Ok(())
}

/// What is not over at `now`, the soonest end first.
pub fn since(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<Absence>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM absences WHERE until_ms > ?1 AND removed_at_ms IS NULL
        ORDER BY until_ms, id LIMIT 1000"
    );
    tx.rows(&sql, &[ms(now).into()])?.iter().map(read).collect()
}

/// The time somebody is away at `now`, the one that ends last.
pub fn of_person(
    tx: &mut Tx<'_>,
    person: PersonId,
    now: Timestamp,
) -> Result<Option<Absence>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM absences WHERE person_id = ?1 AND until_ms > ?2 AND from_ms <= ?2
            AND removed_at_ms IS NULL
        ORDER BY until_ms DESC, id LIMIT 1"
    );
    tx.one(&sql, &[person.0.into(), ms(now).into()])?
        .map(|row| read(&row))
        .transpose()
}

/// The latest of everybody, for the rota.
pub(crate) fn latest(tx: &mut Tx<'_>) -> Result<Vec<Absence>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM absences WHERE removed_at_ms IS NULL
        ORDER BY until_ms DESC, id LIMIT 1000"
    );
    tx.rows(&sql, &[])?.iter().map(read).collect()
}

/// Absences that have begun, whose hand-over has not.
pub fn to_hand(tx: &mut Tx<'_>, now: Timestamp, limit: usize) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT id FROM absences WHERE stand_in_id IS NOT NULL AND handed_ms IS NULL
            AND from_ms <= ?1 AND until_ms > ?1 AND removed_at_ms IS NULL
        ORDER BY from_ms, id LIMIT ?2";
    ids(tx, sql, now, limit)
}

/// Absences that are over, or were none, with something to give back.
pub fn to_return(tx: &mut Tx<'_>, now: Timestamp, limit: usize) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT id FROM absences WHERE gives_back = 1 AND handed_ms IS NOT NULL
            AND returned_ms IS NULL AND (until_ms <= ?1 OR removed_at_ms IS NOT NULL)
        ORDER BY until_ms, id LIMIT ?2";
    ids(tx, sql, now, limit)
}

fn ids(tx: &mut Tx<'_>, sql: &str, now: Timestamp, limit: usize) -> Result<Vec<i64>, StoreError> {
    let rows = tx.rows(sql, &[ms(now).into(), limit.into()])?;
    rows.iter().map(|row| row.int("id")).collect()
}

/// When the next one begins or ends with something to do.
pub fn next_moment(tx: &mut Tx<'_>, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    // What was over before its hand-over began is not handed over any more.
    let begins = "SELECT min(from_ms) AS at_ms FROM absences
        WHERE stand_in_id IS NOT NULL AND handed_ms IS NULL AND removed_at_ms IS NULL
            AND until_ms > ?1";
    let ends = "SELECT min(CASE WHEN removed_at_ms IS NULL THEN until_ms ELSE 0 END) AS at_ms
        FROM absences WHERE gives_back = 1 AND handed_ms IS NOT NULL AND returned_ms IS NULL";
    let begins = tx.one(begins, &[ms(now).into()])?;
    let ends = tx.one(ends, &[])?;
    let moments = [begins, ends].into_iter().flatten();
    let moments = moments.map(|row| maybe_at(&row, "at_ms"));
    let moments: Vec<Option<Timestamp>> = moments.collect::<Result<_, _>>()?;
    Ok(moments.into_iter().flatten().min())
}

/// Writes down that its hand-over began. Of several nodes only one is told that it did.
pub fn begin_handing(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE absences SET handed_ms = ?2 WHERE id = ?1 AND handed_ms IS NULL";
    Ok(tx.exec(sql, &[id.into(), ms(now).into()])? == 1)
}

/// The same when it goes back.
pub fn begin_returning(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE absences SET returned_ms = ?2 WHERE id = ?1 AND returned_ms IS NULL";
    Ok(tx.exec(sql, &[id.into(), ms(now).into()])? == 1)
}

/// Writes down to whom a ticket went.
pub fn went(tx: &mut Tx<'_>, id: i64, ticket: TicketId, taker: PersonId) -> Result<(), StoreError> {
    let sql = "INSERT INTO absence_tickets (absence_id, ticket_id, taker_id) VALUES (?1, ?2, ?3)
        ON CONFLICT (absence_id, ticket_id) DO UPDATE SET taker_id = excluded.taker_id";
    tx.exec(sql, &[id.into(), ticket.0.into(), taker.0.into()])?;
    Ok(())
}

/// What went over and was not looked at since.
pub fn gone(
    tx: &mut Tx<'_>,
    id: i64,
    limit: usize,
) -> Result<Vec<(TicketId, PersonId)>, StoreError> {
    let sql = "SELECT ticket_id, taker_id FROM absence_tickets WHERE absence_id = ?1
        ORDER BY ticket_id LIMIT ?2";
    let rows = tx.rows(sql, &[id.into(), limit.into()])?;
    let read = |row: &Row| {
        Ok((
            TicketId(row.int("ticket_id")?),
            PersonId(row.int("taker_id")?),
        ))
    };
    rows.iter().map(read).collect()
}

pub fn looked_at(tx: &mut Tx<'_>, id: i64, ticket: TicketId) -> Result<(), StoreError> {
    let sql = "DELETE FROM absence_tickets WHERE absence_id = ?1 AND ticket_id = ?2";
    tx.exec(sql, &[id.into(), ticket.0.into()])?;
    Ok(())
}

fn read(row: &Row) -> Result<Absence, StoreError> {
    let stand_in = row.maybe_int("stand_in_id")?.map(PersonId);
    let (outright, gives_back) = (row.int("outright")? == 1, row.int("gives_back")? == 1);
    Ok(Absence {
        id: row.int("id")?,
        person: PersonId(row.int("person_id")?),
        away: Away {
            from: at(row, "from_ms")?,
            until: at(row, "until_ms")?,
        },
        reason: row.text("reason")?,
        stand_in: stand_in.map(|person| StandIn {
            person,
            outright,
            gives_back,
        }),
        entered_by: row.maybe_int("entered_by")?.map(PersonId),
        handed: maybe_at(row, "handed_ms")?,
    })
}
