//! Clients and the domains their people write from.

use jiff::Timestamp;
use kept_domain::ids::ClientId;
use kept_domain::people::{Client, Domain, name_key};

use crate::convert::{ms, places};
use crate::merges::{client_that_stays, told_as_client};
use crate::{Row, StoreError, Tx, Value};

/// A client as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedClient {
    pub client: Client,
    pub people: i64,
    pub open_tickets: i64,
}

pub fn insert(tx: &mut Tx<'_>, name: &str, now: Timestamp) -> Result<ClientId, StoreError> {
    let sql =
        "INSERT INTO clients (name, created_at_ms, name_key) VALUES (?1, ?2, ?3) RETURNING id";
    let row = tx.one(sql, &[name.into(), ms(now).into(), name_key(name).into()])?;
    row.ok_or_else(StoreError::nothing_returned)?
        .int("id")
        .map(ClientId)
}

pub fn rename(tx: &mut Tx<'_>, client: ClientId, name: &str) -> Result<(), StoreError> {
    tx.exec(
        "UPDATE clients SET name = ?2, name_key = ?3 WHERE id = ?1",
        &[client.0.into(), name.into(), name_key(name).into()],
    )?;
    Ok(())
}

/// Replaces the client's domains, each once. A domain that another client has is refused: ask [`holder_of`] first.
/// Those that came with a client merged into this one stay that card's own.
pub fn set_domains(
    tx: &mut Tx<'_>,
    client: ClientId,
    domains: &[Domain],
) -> Result<(), StoreError> {
    let known = domains_with_owners(tx, client)?;
    tx.exec(
        &format!(
            "DELETE FROM client_domains WHERE client_id IN ({})",
            told_as_client("?1")
        ),
        &[client.0.into()],
    )?;
    for (place, domain) in domains.iter().enumerate() {
        if !domains[..place].contains(domain) {
            let owner = known.iter().find(|(known, _)| known == domain);
            let owner = owner.map_or(client, |(_, owner)| *owner);
            let sql = "INSERT INTO client_domains (domain, client_id) VALUES (?1, ?2)";
            tx.exec(sql, &[domain.as_str().into(), owner.0.into()])?;
        }
    }
    Ok(())
}

fn domains_with_owners(
    tx: &mut Tx<'_>,
    client: ClientId,
) -> Result<Vec<(Domain, ClientId)>, StoreError> {
    let sql = format!(
        "SELECT domain, client_id FROM client_domains WHERE client_id IN ({}) ORDER BY domain",
        told_as_client("?1")
    );
    let rows = tx.rows(&sql, &[client.0.into()])?;
    rows.iter()
        .map(|row| Ok((domain(row)?, ClientId(row.int("client_id")?))))
        .collect()
}

/// A client by number. For one that was merged it is the one that stays: look at the number that comes back.
pub fn find(tx: &mut Tx<'_>, client: ClientId) -> Result<Option<Client>, StoreError> {
    let sql = format!(
        "SELECT id, name FROM clients WHERE id = {}",
        client_that_stays("?1")
    );
    let Some(row) = tx.one(&sql, &[client.0.into()])? else {
        return Ok(None);
    };
    let domains = domains(tx, client)?;
    Ok(Some(Client {
        id: ClientId(row.int("id")?),
        name: row.text("name")?,
        domains,
    }))
}

pub fn find_by_name(tx: &mut Tx<'_>, name: &str) -> Result<Option<ClientId>, StoreError> {
    let sql = "SELECT coalesce(merged_into, id) AS id FROM clients WHERE lower(name) = lower(?1)
        ORDER BY merged_into IS NOT NULL, id LIMIT 1";
    tx.one(sql, &[name.into()])?
        .map(|row| row.int("id").map(ClientId))
        .transpose()
}

fn domains(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<Domain>, StoreError> {
    let known = domains_with_owners(tx, client)?;
    Ok(known.into_iter().map(|(domain, _)| domain).collect())
}

fn domain(row: &Row) -> Result<Domain, StoreError> {
    let text = row.text("domain")?;
    Domain::parse(&text).map_err(|e| StoreError::Corrupt {
        what: e.to_string(),
    })
}

/// The client a domain or its nearest parent belongs to: the one that stays.
pub fn of_domain(tx: &mut Tx<'_>, domain: &Domain) -> Result<Option<ClientId>, StoreError> {
    let own = own_of_domain(tx, domain)?;
    own.map(|own| crate::merges::which(tx, own)).transpose()
}

/// The same as it was recorded: whoever is met now goes with it, should a merge be taken back.
pub fn own_of_domain(tx: &mut Tx<'_>, domain: &Domain) -> Result<Option<ClientId>, StoreError> {
    let names = domain.with_parents();
    let sql = format!(
        "SELECT client_id FROM client_domains WHERE domain IN ({})
        ORDER BY length(domain) DESC LIMIT 1",
        places(1, names.len())
    );
    let params: Vec<Value> = names.into_iter().map(Value::from).collect();
    tx.one(&sql, &params)?
        .map(|row| row.int("client_id").map(ClientId))
        .transpose()
}

/// The client that has exactly this domain, itself or by one that was merged into it.
pub fn holder_of(tx: &mut Tx<'_>, domain: &Domain) -> Result<Option<ClientId>, StoreError> {
    let sql = format!(
        "SELECT {} AS client_id FROM client_domains d WHERE d.domain = ?1",
        client_that_stays("d.client_id")
    );
    let row = tx.one(&sql, &[domain.as_str().into()])?;
    row.map(|row| row.int("client_id").map(ClientId))
        .transpose()
}

/// Gives a client the people who write from this domain and belong to nobody yet.
pub fn adopt(tx: &mut Tx<'_>, client: ClientId, domain: &Domain) -> Result<u64, StoreError> {
    let sql = "UPDATE people SET client_id = ?1 WHERE client_id IS NULL AND role IS NULL
        AND EXISTS (SELECT 1 FROM person_addresses a
            WHERE a.person_id = people.id AND a.address LIKE ?2 ESCAPE '\\')";
    let ending = crate::convert::ending(&format!("@{domain}"));
    tx.exec(sql, &[client.0.into(), ending.into()])
}

/// Clients by name from `after` on, in the order of their names.
pub fn list(
    tx: &mut Tx<'_>,
    after: Option<(&str, ClientId)>,
    limit: usize,
) -> Result<Vec<ListedClient>, StoreError> {
    let (name, id) = after.map_or(("", 0), |(name, id)| (name, id.0));
    let sql = "SELECT c.id, c.name,
            (SELECT count(*) FROM people p WHERE p.merged_into IS NULL AND p.client_id IN (
                SELECT c.id UNION ALL SELECT w.id FROM clients w WHERE w.merged_into = c.id)) AS people,
            (SELECT count(*) FROM tickets t WHERE t.shelf = 'open' AND t.client_id IN (
                SELECT c.id UNION ALL SELECT w.id FROM clients w WHERE w.merged_into = c.id)) AS open_tickets
        FROM clients c
        WHERE c.merged_into IS NULL
            AND (lower(c.name) > lower(?1) OR (lower(c.name) = lower(?1) AND c.id > ?2))
        ORDER BY lower(c.name), c.id LIMIT ?3";
    let rows = tx.rows(sql, &[name.into(), id.into(), limit.into()])?;
    rows.iter().map(|row| listed(tx, row)).collect()
}

fn listed(tx: &mut Tx<'_>, row: &Row) -> Result<ListedClient, StoreError> {
    let id = ClientId(row.int("id")?);
    Ok(ListedClient {
        client: Client {
            id,
            name: row.text("name")?,
            domains: domains(tx, id)?,
        },
        people: row.int("people")?,
        open_tickets: row.int("open_tickets")?,
    })
}
