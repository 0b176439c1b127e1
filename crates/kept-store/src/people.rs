//! People, their addresses, and what those at the desk need to sign in.

use jiff::Timestamp;
use kept_domain::cards::CardOf;
use kept_domain::ids::{ClientId, PersonId};
use kept_domain::people::{EmailAddress, Person, Role, name_key};

use crate::convert::{containing, ms, places, word};
use crate::history::Activity;
use crate::merges::{self, client_that_stays, person_who_stays, told_as_person};
use crate::{Row, StoreError, Tx, Value};

/// Somebody not known yet.
#[derive(Debug, Clone)]
pub struct NewPerson<'a> {
    pub name: &'a str,
    pub address: &'a EmailAddress,
    pub client: Option<ClientId>,
    pub role: Option<Role>,
}

/// A person as lists show them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPerson {
    pub id: PersonId,
    pub name: String,
    pub address: String,
    pub client: Option<(ClientId, String)>,
    pub role: Option<Role>,
    pub has_left: bool,
}

pub fn insert(
    tx: &mut Tx<'_>,
    person: &NewPerson<'_>,
    now: Timestamp,
) -> Result<PersonId, StoreError> {
    let sql = "INSERT INTO people (name, client_id, role, created_at_ms, name_key)
        VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id";
    let params = [
        person.name.into(),
        person.client.map(|c| c.0).into(),
        person.role.map(Role::as_str).into(),
        ms(now).into(),
        name_key(person.name).into(),
    ];
    let id = tx
        .one(sql, &params)?
        .ok_or_else(StoreError::nothing_returned)?
        .int("id")?;
    add_address(tx, PersonId(id), person.address, 0)?;
    Ok(PersonId(id))
}

pub fn add_address(
    tx: &mut Tx<'_>,
    person: PersonId,
    address: &EmailAddress,
    position: usize,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO person_addresses (address, person_id, position, local_part)
        VALUES (?1, ?2, ?3, ?4)";
    tx.exec(
        sql,
        &[
            address.as_str().into(),
            person.0.into(),
            position.into(),
            address.local().into(),
        ],
    )?;
    Ok(())
}

/// Replaces a person's addresses, each once; the first is where mail goes. Ask [`find_by_address`] first. Those that
/// came with somebody who was merged into them stay that card's own.
pub fn set_addresses(
    tx: &mut Tx<'_>,
    person: PersonId,
    addresses: &[EmailAddress],
) -> Result<(), StoreError> {
    let known = addresses_with_owners(tx, person)?;
    tx.exec(
        &format!(
            "DELETE FROM person_addresses WHERE person_id IN ({})",
            told_as_person("?1")
        ),
        &[person.0.into()],
    )?;
    for (position, address) in addresses.iter().enumerate() {
        if !addresses[..position].contains(address) {
            let owner = known.iter().find(|(known, _)| known == address);
            let owner = owner.map_or(person, |(_, owner)| *owner);
            add_address(tx, owner, address, position)?;
        }
    }
    Ok(())
}

fn addresses_with_owners(
    tx: &mut Tx<'_>,
    person: PersonId,
) -> Result<Vec<(EmailAddress, PersonId)>, StoreError> {
    let sql = format!(
        "SELECT address, person_id FROM person_addresses WHERE person_id IN ({})
        ORDER BY position, address",
        told_as_person("?1")
    );
    let rows = tx.rows(&sql, &[person.0.into()])?;
    rows.iter()
        .map(|row| Ok((address(row)?, PersonId(row.int("person_id")?))))
        .collect()
}

pub fn update(
    tx: &mut Tx<'_>,
    person: PersonId,
    name: &str,
    client: Option<ClientId>,
) -> Result<(), StoreError> {
    // The client that was recorded stays recorded while it is told as the same.
    let sql = "UPDATE people SET name = ?2, name_key = ?4, client_id = CASE WHEN ?3 = (SELECT s.merged_into FROM clients s
        WHERE s.id = people.client_id) THEN client_id ELSE ?3 END WHERE id = ?1";
    tx.exec(
        sql,
        &[
            person.0.into(),
            name.into(),
            client.map(|c| c.0).into(),
            name_key(name).into(),
        ],
    )?;
    Ok(())
}

pub fn set_role(tx: &mut Tx<'_>, person: PersonId, role: Option<Role>) -> Result<(), StoreError> {
    let sql = "UPDATE people SET role = ?2 WHERE id = ?1";
    tx.exec(sql, &[person.0.into(), role.map(Role::as_str).into()])?;
    Ok(())
}

pub fn set_left(
    tx: &mut Tx<'_>,
    person: PersonId,
    at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let sql = "UPDATE people SET left_at_ms = ?2 WHERE id = ?1";
    tx.exec(sql, &[person.0.into(), at.map(ms).into()])?;
    Ok(())
}

pub fn set_password(tx: &mut Tx<'_>, person: PersonId, hash: &str) -> Result<(), StoreError> {
    let sql = "UPDATE people SET password_hash = ?2 WHERE id = ?1";
    tx.exec(sql, &[person.0.into(), hash.into()])?;
    Ok(())
}

/// The stored password of somebody who may still sign in.
pub fn password_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<String>, StoreError> {
    let sql = "SELECT password_hash FROM people
        WHERE id = ?1 AND left_at_ms IS NULL AND role IS NOT NULL";
    tx.one(sql, &[person.0.into()])?
        .map_or(Ok(None), |row| row.maybe_text("password_hash"))
}

/// How many seconds this agent's replies wait to be taken back.
pub fn undo_seconds(tx: &mut Tx<'_>, person: PersonId) -> Result<i64, StoreError> {
    let sql = "SELECT undo_seconds FROM people WHERE id = ?1";
    tx.one(sql, &[person.0.into()])?
        .map_or(Ok(0), |row| row.int("undo_seconds"))
}

pub fn set_undo_seconds(tx: &mut Tx<'_>, person: PersonId, seconds: i64) -> Result<(), StoreError> {
    let sql = "UPDATE people SET undo_seconds = ?2 WHERE id = ?1";
    tx.exec(sql, &[person.0.into(), seconds.into()])?;
    Ok(())
}

/// What of conversations somebody wants to see.
pub fn activity(tx: &mut Tx<'_>, person: PersonId) -> Result<Activity, StoreError> {
    let sql = "SELECT activity FROM people WHERE id = ?1";
    let row = tx.one(sql, &[person.0.into()])?;
    let text = row.map_or(Ok(None), |row| row.maybe_text("activity"))?;
    Ok(text
        .and_then(|text| Activity::from_text(&text))
        .unwrap_or_default())
}

pub fn set_activity(
    tx: &mut Tx<'_>,
    person: PersonId,
    activity: Activity,
) -> Result<(), StoreError> {
    let sql = "UPDATE people SET activity = ?2 WHERE id = ?1";
    tx.exec(sql, &[person.0.into(), activity.as_str().into()])?;
    Ok(())
}

/// What stands below the mail this agent writes, Markdown; may be empty.
pub fn signature(tx: &mut Tx<'_>, person: PersonId) -> Result<String, StoreError> {
    let sql = "SELECT signature FROM people WHERE id = ?1";
    tx.one(sql, &[person.0.into()])?
        .map_or_else(|| Ok(String::new()), |row| row.text("signature"))
}

pub fn set_signature(tx: &mut Tx<'_>, person: PersonId, text: &str) -> Result<(), StoreError> {
    let sql = "UPDATE people SET signature = ?2 WHERE id = ?1";
    tx.exec(sql, &[person.0.into(), text.into()])?;
    Ok(())
}

/// A person by number. For somebody who was merged it is whoever stays: look at the number that comes back.
pub fn find(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Person>, StoreError> {
    let sql = format!(
        "SELECT p.id, p.name, {} AS client_id, p.role FROM people p WHERE p.id = {}",
        client_that_stays("p.client_id"),
        person_who_stays("?1")
    );
    let Some(row) = tx.one(&sql, &[person.0.into()])? else {
        return Ok(None);
    };
    Ok(Some(Person {
        id: PersonId(row.int("id")?),
        name: row.text("name")?,
        addresses: addresses(tx, person)?,
        client: row.maybe_int("client_id")?.map(ClientId),
        role: maybe_role(&row)?,
    }))
}

pub fn addresses(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<EmailAddress>, StoreError> {
    let known = addresses_with_owners(tx, person)?;
    Ok(known.into_iter().map(|(address, _)| address).collect())
}

fn address(row: &Row) -> Result<EmailAddress, StoreError> {
    let text = row.text("address")?;
    EmailAddress::parse(&text).map_err(|e| StoreError::Corrupt {
        what: e.to_string(),
    })
}

/// Who has this address, trying it as it is and then without its `+detail`.
pub fn find_by_address(
    tx: &mut Tx<'_>,
    address: &EmailAddress,
) -> Result<Option<PersonId>, StoreError> {
    let (is_theirs, params) = tried(address);
    let sql = format!(
        "SELECT {} AS person_id FROM person_addresses a WHERE a.address {is_theirs}
        ORDER BY length(a.address) DESC LIMIT 1",
        person_who_stays("a.person_id")
    );
    let row = tx.one(&sql, &params)?;
    row.map(|row| row.int("person_id").map(PersonId))
        .transpose()
}

/// An address and what it is without its `+detail`, as a condition. Most have none, and for a list SQLite
/// makes a table each time.
fn tried(address: &EmailAddress) -> (&'static str, Vec<Value>) {
    let base = address.without_detail();
    if base == *address {
        return ("= ?1", vec![base.as_str().into()]);
    }
    let params = vec![address.as_str().into(), base.as_str().into()];
    ("IN (?1, ?2)", params)
}

/// Whether somebody works at the desk now.
pub fn works_here(tx: &mut Tx<'_>, person: PersonId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 AS one FROM people
        WHERE id = ?1 AND left_at_ms IS NULL AND role IS NOT NULL";
    Ok(tx.one(sql, &[person.0.into()])?.is_some())
}

/// What intake must know of whoever has an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// Whom they are told as: this is compared.
    pub id: PersonId,
    /// Whose address it is, when that card was merged into the other: this is recorded, so that what came meanwhile
    /// is theirs again once the merge is taken back.
    pub own: PersonId,
    pub name: String,
    pub client: Option<ClientId>,
    pub role: Option<Role>,
}

/// [`find_by_address`] with what is known of them, in one query.
pub fn who_has(tx: &mut Tx<'_>, address: &EmailAddress) -> Result<Option<Who>, StoreError> {
    let (is_theirs, params) = tried(address);
    let sql = format!(
        "SELECT a.person_id AS own, p.id, p.name, {} AS client_id, p.role FROM person_addresses a
        JOIN people p ON p.id = {} WHERE a.address {is_theirs}
        ORDER BY length(a.address) DESC LIMIT 1",
        client_that_stays("p.client_id"),
        person_who_stays("a.person_id")
    );
    let row = tx.one(&sql, &params)?;
    row.map(|row| {
        Ok(Who {
            id: PersonId(row.int("id")?),
            own: PersonId(row.int("own")?),
            name: row.text("name")?,
            client: row.maybe_int("client_id")?.map(ClientId),
            role: maybe_role(&row)?,
        })
    })
    .transpose()
}

/// Names by id, for whoever shows them: of somebody who was merged, that of whoever stays.
pub fn names(tx: &mut Tx<'_>, people: &[PersonId]) -> Result<Vec<(PersonId, String)>, StoreError> {
    if people.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT o.id, p.name FROM people o JOIN people p ON p.id = coalesce(o.merged_into, o.id)
        WHERE o.id IN ({})",
        places(1, people.len())
    );
    let params: Vec<Value> = people.iter().map(|p| p.0.into()).collect();
    tx.rows(&sql, &params)?
        .iter()
        .map(|row| Ok((PersonId(row.int("id")?), row.text("name")?)))
        .collect()
}

/// Whoever was merged into somebody else is listed as them.
const LISTED: &str =
    "SELECT p.id, p.name, p.role, p.left_at_ms, c.id AS client_id, c.name AS client_name,
        coalesce((SELECT a.address FROM person_addresses a WHERE a.person_id IN (
                SELECT p.id UNION ALL SELECT w.id FROM people w WHERE w.merged_into = p.id)
            ORDER BY a.position, a.address LIMIT 1), '') AS address
    FROM people p LEFT JOIN clients o ON o.id = p.client_id
    LEFT JOIN clients c ON c.id = coalesce(o.merged_into, o.id)";

/// Everybody who works at the desk, by name.
pub fn agents(tx: &mut Tx<'_>) -> Result<Vec<ListedPerson>, StoreError> {
    let sql = format!("{LISTED} WHERE p.role IS NOT NULL ORDER BY lower(p.name), p.id LIMIT 1000");
    tx.rows(&sql, &[])?.iter().map(listed).collect()
}

pub fn of_client(
    tx: &mut Tx<'_>,
    client: ClientId,
    limit: usize,
) -> Result<Vec<ListedPerson>, StoreError> {
    let mut params: Vec<Value> = vec![limit.into()];
    let theirs = of(tx, client, &mut params)?;
    let sql = format!("{LISTED} WHERE p.merged_into IS NULL AND {theirs} ORDER BY p.id LIMIT ?1");
    tx.rows(&sql, &params)?.iter().map(listed).collect()
}

/// How many belong to a client.
pub fn count_of_client(tx: &mut Tx<'_>, client: ClientId) -> Result<i64, StoreError> {
    let mut params: Vec<Value> = Vec::new();
    let theirs = of(tx, client, &mut params)?;
    let sql =
        format!("SELECT count(*) AS many FROM people p WHERE p.merged_into IS NULL AND {theirs}");
    let row = tx.one(&sql, &params)?;
    row.map_or(Ok(0), |row| row.int("many"))
}

/// That a person `p` belongs to this client, or to one told with it.
fn of(tx: &mut Tx<'_>, client: ClientId, params: &mut Vec<Value>) -> Result<String, StoreError> {
    let mut bind = |value: Value| {
        params.push(value);
        format!("?{}", params.len())
    };
    merges::is_theirs(tx, "p.client_id", CardOf::Client(client), &mut bind)
}

/// People whose name or address contains `text`, of one client or of any, in the order they were met, from `after` on.
pub fn list(
    tx: &mut Tx<'_>,
    text: &str,
    client: Option<ClientId>,
    after: PersonId,
    limit: usize,
) -> Result<Vec<ListedPerson>, StoreError> {
    let mut params: Vec<Value> = vec![after.0.into(), containing(text).into(), limit.into()];
    let theirs = match client {
        Some(client) => of(tx, client, &mut params)?,
        None => "1 = 1".to_owned(),
    };
    // Names and addresses of those who were merged find whoever stays.
    let sql = format!(
        "{LISTED} WHERE p.id > ?1 AND p.merged_into IS NULL
            AND (?2 = '%%' OR lower(p.name) LIKE ?2 ESCAPE '\\' OR EXISTS (
                SELECT 1 FROM person_addresses a
                WHERE a.person_id = p.id AND a.address LIKE ?2 ESCAPE '\\')
            OR EXISTS (SELECT 1 FROM people w WHERE w.merged_into = p.id
                AND (lower(w.name) LIKE ?2 ESCAPE '\\' OR EXISTS (
                    SELECT 1 FROM person_addresses a
                    WHERE a.person_id = w.id AND a.address LIKE ?2 ESCAPE '\\'))))
            AND {theirs}
        ORDER BY p.id LIMIT ?3"
    );
    tx.rows(&sql, &params)?.iter().map(listed).collect()
}

fn listed(row: &Row) -> Result<ListedPerson, StoreError> {
    let client = row.maybe_int("client_id")?.map(ClientId);
    Ok(ListedPerson {
        id: PersonId(row.int("id")?),
        name: row.text("name")?,
        address: row.text("address")?,
        client: client.zip(row.maybe_text("client_name")?),
        role: maybe_role(row)?,
        has_left: row.maybe_int("left_at_ms")?.is_some(),
    })
}

fn maybe_role(row: &Row) -> Result<Option<Role>, StoreError> {
    let known = row.maybe_text("role")?.is_some();
    known
        .then(|| word(row, "role", |text| text.parse().ok()))
        .transpose()
}

/// The admin a new desk begins with, or whoever became one first.
pub fn first_admin(tx: &mut Tx<'_>) -> Result<Option<PersonId>, StoreError> {
    let row = tx.one("SELECT min(id) AS id FROM people WHERE role = 'admin'", &[])?;
    row.map_or(Ok(None), |row| Ok(row.maybe_int("id")?.map(PersonId)))
}

/// Whether anybody can administer this desk yet.
pub fn an_admin_exists(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    let sql = "SELECT 1 AS one FROM people
        WHERE role = 'admin' AND left_at_ms IS NULL AND password_hash IS NOT NULL LIMIT 1";
    Ok(tx.one(sql, &[])?.is_some())
}
