//! Agreements and their versions. A version that came into force stays for ever.

use jiff::Timestamp;
use kept_domain::agreements::{Scope, Version, Wording};
use kept_domain::ids::{AgreementId, AgreementVersionId, ClientId, PersonId, QueueId, TicketId};

use crate::convert::{at, json, maybe_at, ms, to_json};
use crate::{Row, StoreError, Tx};

/// An agreement without its wordings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    pub id: AgreementId,
    pub name: String,
    pub scope: Scope,
    pub until: Option<Timestamp>,
}

/// Adds one; a client or a queue has one at most.
pub fn insert(
    tx: &mut Tx<'_>,
    name: &str,
    scope: Scope,
    now: Timestamp,
) -> Result<AgreementId, StoreError> {
    let (client, queue) = match scope {
        Scope::Client(client) => (Some(client.0), None),
        Scope::Queue(queue) => (None, Some(queue.0)),
        Scope::Everybody => (None, None),
    };
    let sql = "INSERT INTO agreements (name, client_id, queue_id, created_at_ms)
        VALUES (?1, ?2, ?3, ?4) RETURNING id";
    let row = tx.one(
        sql,
        &[name.into(), client.into(), queue.into(), ms(now).into()],
    )?;
    let row = row.ok_or_else(StoreError::nothing_returned)?;
    row.int("id").map(AgreementId)
}

pub fn rename(tx: &mut Tx<'_>, agreement: AgreementId, name: &str) -> Result<(), StoreError> {
    let sql = "UPDATE agreements SET name = ?2 WHERE id = ?1";
    tx.exec(sql, &[agreement.0.into(), name.into()])?;
    Ok(())
}

/// Says from when on it is over; `None` takes that back.
pub fn set_until(
    tx: &mut Tx<'_>,
    agreement: AgreementId,
    until: Option<Timestamp>,
) -> Result<(), StoreError> {
    let sql = "UPDATE agreements SET until_ms = ?2 WHERE id = ?1";
    tx.exec(sql, &[agreement.0.into(), until.map(ms).into()])?;
    Ok(())
}

/// Lets an agreement that ended begin anew: its versions so far keep the end they had.
pub fn reopen(tx: &mut Tx<'_>, agreement: AgreementId) -> Result<(), StoreError> {
    let sql = "UPDATE agreement_versions
        SET until_ms = (SELECT until_ms FROM agreements WHERE id = ?1)
        WHERE agreement_id = ?1 AND until_ms IS NULL";
    tx.exec(sql, &[agreement.0.into()])?;
    set_until(tx, agreement, None)
}

/// Takes out a version that never came into force, and its agreement with the last one.
pub fn remove_version(tx: &mut Tx<'_>, version: AgreementVersionId) -> Result<(), StoreError> {
    tx.exec(
        "DELETE FROM agreement_versions WHERE id = ?1",
        &[version.0.into()],
    )?;
    tx.exec(
        "DELETE FROM agreements WHERE NOT EXISTS
            (SELECT 1 FROM agreement_versions v WHERE v.agreement_id = agreements.id)",
        &[],
    )?;
    Ok(())
}

/// Who wrote a version and when; nobody for what Kept wrote itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    pub version: AgreementVersionId,
    pub name: Option<String>,
    pub at: Timestamp,
}

/// Who wrote the versions of an agreement, oldest first.
pub fn authors(tx: &mut Tx<'_>, agreement: AgreementId) -> Result<Vec<Author>, StoreError> {
    let sql = "SELECT v.id, v.created_at_ms, p.name FROM agreement_versions v
        LEFT JOIN people p ON p.id = v.person_id
        WHERE v.agreement_id = ?1 ORDER BY v.id LIMIT 100000";
    let rows = tx.rows(sql, &[agreement.0.into()])?;
    rows.iter()
        .map(|row| {
            Ok(Author {
                version: AgreementVersionId(row.int("id")?),
                name: row.maybe_text("name")?,
                at: at(row, "created_at_ms")?,
            })
        })
        .collect()
}

/// Open tickets of a client, a queue or everybody after a number, by number: those an agreement can concern.
pub fn open_tickets(
    tx: &mut Tx<'_>,
    scope: Scope,
    after: TicketId,
    limit: usize,
) -> Result<Vec<TicketId>, StoreError> {
    let (narrowed, id) = match scope {
        Scope::Client(client) => ("AND client_id = CAST(?3 AS BIGINT)", client.0),
        Scope::Queue(queue) => ("AND queue_id = CAST(?3 AS BIGINT)", queue.0),
        Scope::Everybody => ("AND CAST(?3 AS BIGINT) = 0", 0),
    };
    let sql = format!(
        "SELECT id FROM tickets WHERE shelf IN ('open', 'parked') AND id > ?1 {narrowed}
        ORDER BY id LIMIT ?2"
    );
    let rows = tx.rows(&sql, &[after.0.into(), limit.into(), id.into()])?;
    rows.iter().map(|row| row.int("id").map(TicketId)).collect()
}

/// A wording to be added.
#[derive(Debug, Clone, Copy)]
pub struct NewVersion<'a> {
    pub agreement: AgreementId,
    pub from: Timestamp,
    pub wording: &'a Wording,
    /// Who wrote it; `None` for Kept itself.
    pub by: Option<PersonId>,
}

pub fn add_version(
    tx: &mut Tx<'_>,
    new: NewVersion<'_>,
    now: Timestamp,
) -> Result<AgreementVersionId, StoreError> {
    let sql = "INSERT INTO agreement_versions (agreement_id, number, from_ms, wording, created_at_ms, person_id)
        SELECT CAST(?1 AS BIGINT), coalesce(max(number), 0) + 1, CAST(?2 AS BIGINT), CAST(?3 AS TEXT),
            CAST(?4 AS BIGINT), CAST(?5 AS BIGINT)
        FROM agreement_versions WHERE agreement_id = CAST(?1 AS BIGINT) RETURNING id";
    let params = [
        new.agreement.0.into(),
        ms(new.from).into(),
        to_json(new.wording)?,
        ms(now).into(),
        new.by.map(|person| person.0).into(),
    ];
    let row = tx.one(sql, &params)?;
    let row = row.ok_or_else(StoreError::nothing_returned)?;
    row.int("id").map(AgreementVersionId)
}

/// All agreements, everybody's first, then by name.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Agreement>, StoreError> {
    let sql = "SELECT id, name, client_id, queue_id, until_ms FROM agreements
        ORDER BY CASE WHEN client_id IS NULL AND queue_id IS NULL THEN 0 ELSE 1 END, lower(name), id
        LIMIT 100000";
    tx.rows(sql, &[])?.iter().map(read).collect()
}

pub fn find(tx: &mut Tx<'_>, id: AgreementId) -> Result<Option<Agreement>, StoreError> {
    let sql = "SELECT id, name, client_id, queue_id, until_ms FROM agreements WHERE id = ?1";
    let row = tx.one(sql, &[id.0.into()])?;
    row.map(|row| read(&row)).transpose()
}

/// Every version of every agreement, oldest first.
pub fn versions(tx: &mut Tx<'_>) -> Result<Vec<Version>, StoreError> {
    let sql = "SELECT v.id AS version_id, v.number, v.from_ms, v.wording,
            a.id, a.name, a.client_id, a.queue_id,
            coalesce(v.until_ms, a.until_ms) AS until_ms
        FROM agreement_versions v JOIN agreements a ON a.id = v.agreement_id
        ORDER BY v.id LIMIT 100000";
    tx.rows(sql, &[])?.iter().map(read_version).collect()
}

fn read(row: &Row) -> Result<Agreement, StoreError> {
    Ok(Agreement {
        id: AgreementId(row.int("id")?),
        name: row.text("name")?,
        scope: scope(row)?,
        until: maybe_at(row, "until_ms")?,
    })
}

fn scope(row: &Row) -> Result<Scope, StoreError> {
    let client = row.maybe_int("client_id")?.map(ClientId).map(Scope::Client);
    let queue = row.maybe_int("queue_id")?.map(QueueId).map(Scope::Queue);
    Ok(client.or(queue).unwrap_or(Scope::Everybody))
}

fn read_version(row: &Row) -> Result<Version, StoreError> {
    let agreement = read(row)?;
    Ok(Version {
        id: AgreementVersionId(row.int("version_id")?),
        agreement: agreement.id,
        number: row.int("number")?,
        scope: agreement.scope,
        name: agreement.name,
        from: at(row, "from_ms")?,
        until: agreement.until,
        wording: json::<Wording>(row, "wording")?.into(),
    })
}
