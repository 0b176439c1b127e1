//! Things that people use: what is written down, how they hang together, and which tickets are about them.

use jiff::Timestamp;
use jiff::civil::Date;
use kept_domain::assets::{Asset, Draft, Relation, identifier_key};
use kept_domain::event::Event;
use kept_domain::ids::{AssetId, ClientId, PersonId, TicketId};

use crate::convert::{containing, maybe_at, ms, word};
use crate::merges::{client_that_stays, person_who_stays, told_as_client, told_as_person};
use crate::{Row, StoreError, Tx, Value};

/// A thing as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub asset: Asset,
    pub client: Option<String>,
    pub owner: Option<String>,
    pub open_tickets: i64,
}

/// Which things a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    InUse,
    /// In use, and the warranty ends from the first day to the last.
    WarrantyEnds(Date, Date),
    Retired,
}

/// What a list asks for; an empty text asks for all.
#[derive(Debug, Clone)]
pub struct Asked {
    pub text: String,
    pub client: Option<ClientId>,
    pub owner: Option<PersonId>,
    pub standing: Standing,
}

pub fn insert(tx: &mut Tx<'_>, asset: &Draft, now: Timestamp) -> Result<AssetId, StoreError> {
    let sql = "INSERT INTO assets (name, kind, identifier, identifier_key, client_id, owner_id,
            service, warranty_until, notes, created_at_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING id";
    let mut params = values(asset);
    params.push(ms(now).into());
    let row = tx.one(sql, &params)?;
    row.ok_or_else(StoreError::nothing_returned)?
        .int("id")
        .map(AssetId)
}

/// Ask [`find_by_identifier`] first: a client has an identifier once. Who was recorded stays recorded while they are told
/// as the same.
pub fn update(tx: &mut Tx<'_>, id: AssetId, asset: &Draft) -> Result<(), StoreError> {
    let sql = "UPDATE assets SET name = ?1, kind = ?2, identifier = ?3, identifier_key = ?4,
            client_id = CASE WHEN ?5 = (SELECT s.merged_into FROM clients s
                WHERE s.id = assets.client_id) THEN client_id ELSE ?5 END,
            owner_id = CASE WHEN ?6 = (SELECT s.merged_into FROM people s
                WHERE s.id = assets.owner_id) THEN owner_id ELSE ?6 END,
            service = ?7, warranty_until = ?8, notes = ?9
        WHERE id = ?10";
    let mut params = values(asset);
    params.push(id.0.into());
    tx.exec(sql, &params)?;
    Ok(())
}

fn values(asset: &Draft) -> Vec<Value> {
    vec![
        asset.name.as_str().into(),
        asset.kind.as_str().into(),
        asset.identifier.as_str().into(),
        identifier_key(&asset.identifier).into(),
        asset.client.map(|client| client.0).into(),
        asset.owner.map(|owner| owner.0).into(),
        asset.service.as_str().into(),
        asset.warranty_until.map(|day| day.to_string()).into(),
        asset.notes.as_str().into(),
    ]
}

pub fn set_retired(tx: &mut Tx<'_>, id: AssetId, at: Option<Timestamp>) -> Result<(), StoreError> {
    let sql = "UPDATE assets SET retired_at_ms = ?2 WHERE id = ?1";
    tx.exec(sql, &[id.0.into(), at.map(ms).into()])?;
    Ok(())
}

/// Client and owner are those that stay, should the ones recorded have been merged.
const COLUMNS: &str = "a.id, a.name, a.kind, a.identifier,
    coalesce((SELECT s.merged_into FROM clients s WHERE s.id = a.client_id), a.client_id) AS client_id,
    coalesce((SELECT s.merged_into FROM people s WHERE s.id = a.owner_id), a.owner_id) AS owner_id,
    a.service,
    a.warranty_until, a.notes, a.retired_at_ms";

pub fn find(tx: &mut Tx<'_>, id: AssetId) -> Result<Option<Asset>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM assets a WHERE a.id = ?1");
    let row = tx.one(&sql, &[id.0.into()])?;
    row.map(|row| read(&row)).transpose()
}

/// One thing as lists show it.
pub fn find_listed(tx: &mut Tx<'_>, id: AssetId) -> Result<Option<Listed>, StoreError> {
    let row = tx.one(&select("WHERE a.id = ?1"), &[id.0.into()])?;
    row.map(|row| listed(&row)).transpose()
}

/// What a client has under this identifier; `None` asks for what belongs to nobody.
pub fn find_by_identifier(
    tx: &mut Tx<'_>,
    client: Option<ClientId>,
    identifier: &str,
) -> Result<Option<AssetId>, StoreError> {
    let key = identifier_key(identifier);
    if key.is_empty() {
        return Ok(None);
    }
    let sql = "SELECT a.id FROM assets a
        WHERE a.identifier_key = ?1 AND a.identifier_key <> '' AND coalesce(a.client_id, 0) = ?2";
    let params = [key.into(), client.map_or(0, |client| client.0).into()];
    let row = tx.one(sql, &params)?;
    row.map(|row| row.int("id").map(AssetId)).transpose()
}

/// Things with this identifier or exactly this name, at most two: several can't be told apart.
pub fn named(
    tx: &mut Tx<'_>,
    client: Option<ClientId>,
    text: &str,
) -> Result<Vec<AssetId>, StoreError> {
    let sql = format!(
        "SELECT a.id FROM assets a
        WHERE ((a.identifier_key = ?1 AND a.identifier_key <> '') OR lower(a.name) = lower(?2))
            AND (?3 = 0 OR a.client_id IN ({})) AND a.retired_at_ms IS NULL
        ORDER BY a.id LIMIT 2",
        told_as_client("?3")
    );
    let params = [
        identifier_key(text).into(),
        text.trim().into(),
        client.map_or(0, |client| client.0).into(),
    ];
    let rows = tx.rows(&sql, &params)?;
    rows.iter().map(|row| row.int("id").map(AssetId)).collect()
}

/// What a client has in use under exactly this name and no identifier, at most two; `None` asks for what belongs to nobody.
pub fn find_by_name(
    tx: &mut Tx<'_>,
    client: Option<ClientId>,
    name: &str,
) -> Result<Vec<AssetId>, StoreError> {
    let sql = "SELECT a.id FROM assets a
        WHERE coalesce(a.client_id, 0) = ?1 AND lower(a.name) = lower(?2)
            AND a.identifier_key = '' AND a.retired_at_ms IS NULL
        ORDER BY a.id LIMIT 2";
    let params = [
        client.map_or(0, |client| client.0).into(),
        name.trim().into(),
    ];
    let rows = tx.rows(sql, &params)?;
    rows.iter().map(|row| row.int("id").map(AssetId)).collect()
}

/// Things by name from `after` on.
pub fn list(
    tx: &mut Tx<'_>,
    asked: &Asked,
    after: Option<(&str, AssetId)>,
    limit: usize,
) -> Result<Vec<Listed>, StoreError> {
    let mut params: Vec<Value> = vec![limit.into()];
    let mut bind = |value: Value| {
        params.push(value);
        format!("?{}", params.len())
    };
    let mut wanted = vec![stands(asked.standing, &mut bind)];
    if let Some((name, id)) = after {
        let (name, id) = (bind(name.into()), bind(id.0.into()));
        wanted.push(format!(
            "(lower(a.name) > lower({name}) OR (lower(a.name) = lower({name}) AND a.id > {id}))"
        ));
    }
    if let Some(client) = asked.client {
        wanted.push(format!(
            "a.client_id IN ({})",
            told_as_client(&bind(client.0.into()))
        ));
    }
    if let Some(owner) = asked.owner {
        wanted.push(format!(
            "a.owner_id IN ({})",
            told_as_person(&bind(owner.0.into()))
        ));
    }
    let text = asked.text.trim();
    if !text.is_empty() {
        let text = bind(containing(text).into());
        let columns = ["a.name", "a.identifier", "a.kind", "a.service", "p.name"];
        let each = columns.map(|column| format!("lower({column}) LIKE {text} ESCAPE '\\'"));
        wanted.push(format!("({})", each.join(" OR ")));
    }
    let sql = select(&format!(
        "WHERE {} ORDER BY lower(a.name), a.id LIMIT ?1",
        wanted.join(" AND ")
    ));
    tx.rows(&sql, &params)?.iter().map(listed).collect()
}

fn stands(standing: Standing, bind: &mut impl FnMut(Value) -> String) -> String {
    match standing {
        Standing::InUse => "a.retired_at_ms IS NULL".to_owned(),
        Standing::Retired => "a.retired_at_ms IS NOT NULL".to_owned(),
        Standing::WarrantyEnds(first, last) => {
            let (first, last) = (
                bind(first.to_string().into()),
                bind(last.to_string().into()),
            );
            format!(
                "a.retired_at_ms IS NULL AND a.warranty_until >= {first} AND a.warranty_until <= {last}"
            )
        }
    }
}

fn select(rest: &str) -> String {
    format!(
        "SELECT {COLUMNS}, c.name AS client, p.name AS owner,
            (SELECT count(*) FROM ticket_assets x JOIN tickets t ON t.id = x.ticket_id
                WHERE x.asset_id = a.id AND t.shelf IN ('open', 'parked')) AS open_tickets
        FROM assets a LEFT JOIN clients c ON c.id = {client}
        LEFT JOIN people p ON p.id = {owner} {rest}",
        client = client_that_stays("a.client_id"),
        owner = person_who_stays("a.owner_id"),
    )
}

/// The things a ticket is about, by name.
pub fn of_ticket(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<Listed>, StoreError> {
    let sql = select(
        "JOIN ticket_assets y ON y.asset_id = a.id WHERE y.ticket_id = ?1
        ORDER BY lower(a.name), a.id LIMIT 200",
    );
    tx.rows(&sql, &[ticket.0.into()])?
        .iter()
        .map(listed)
        .collect()
}

/// Their numbers, as the ticket's events would say it.
pub fn ids_of_ticket(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<AssetId>, StoreError> {
    let sql = "SELECT asset_id FROM ticket_assets WHERE ticket_id = ?1 ORDER BY asset_id";
    let rows = tx.rows(sql, &[ticket.0.into()])?;
    rows.iter()
        .map(|row| row.int("asset_id").map(AssetId))
        .collect()
}

/// Brings the cache up to date with an event; most events change nothing here.
pub fn follow(tx: &mut Tx<'_>, ticket: TicketId, event: &Event) -> Result<(), StoreError> {
    let (sql, asset) = match event {
        Event::AssetLinked { asset, .. } => (
            "INSERT INTO ticket_assets (ticket_id, asset_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            asset,
        ),
        Event::AssetUnlinked { asset, .. } => (
            "DELETE FROM ticket_assets WHERE ticket_id = ?1 AND asset_id = ?2",
            asset,
        ),
        _ => return Ok(()),
    };
    tx.exec(sql, &[ticket.0.into(), asset.0.into()])?;
    Ok(())
}

/// Forgets every row of a ticket, before its events are followed anew.
pub fn forget(tx: &mut Tx<'_>, ticket: TicketId) -> Result<(), StoreError> {
    let sql = "DELETE FROM ticket_assets WHERE ticket_id = ?1";
    tx.exec(sql, &[ticket.0.into()])?;
    Ok(())
}

/// One end of a relation, seen from the asset that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    pub relation: Relation,
    /// The other is the one that depends or is part.
    pub is_back: bool,
    pub other: AssetId,
    pub name: String,
}

/// How a thing hangs together with others, both ways.
pub fn relations(tx: &mut Tx<'_>, id: AssetId) -> Result<Vec<Related>, StoreError> {
    let sql = "SELECT r.kind, 0 AS is_back, a.id, a.name FROM asset_relations r
            JOIN assets a ON a.id = r.other_id WHERE r.asset_id = ?1
        UNION ALL SELECT r.kind, 1 AS is_back, a.id, a.name FROM asset_relations r
            JOIN assets a ON a.id = r.asset_id WHERE r.other_id = ?1
        ORDER BY 2, 1, 4, 3 LIMIT 500";
    let related = |row: &Row| {
        Ok(Related {
            relation: word(row, "kind", Relation::from_text)?,
            is_back: row.flag("is_back")?,
            other: AssetId(row.int("id")?),
            name: row.text("name")?,
        })
    };
    tx.rows(sql, &[id.0.into()])?.iter().map(related).collect()
}

/// Writes a relation down; whether it is new.
pub fn relate(
    tx: &mut Tx<'_>,
    id: AssetId,
    relation: Relation,
    other: AssetId,
) -> Result<bool, StoreError> {
    let sql = "INSERT INTO asset_relations (asset_id, other_id, kind) VALUES (?1, ?2, ?3)
        ON CONFLICT DO NOTHING";
    let params = [id.0.into(), other.0.into(), relation.as_str().into()];
    Ok(tx.exec(sql, &params)? > 0)
}

/// Takes a relation out; whether it was there.
pub fn unrelate(
    tx: &mut Tx<'_>,
    id: AssetId,
    relation: Relation,
    other: AssetId,
) -> Result<bool, StoreError> {
    let sql = "DELETE FROM asset_relations WHERE asset_id = ?1 AND other_id = ?2 AND kind = ?3";
    let params = [id.0.into(), other.0.into(), relation.as_str().into()];
    Ok(tx.exec(sql, &params)? > 0)
}

/// Kinds in use, for choosing the same again.
pub fn kinds(tx: &mut Tx<'_>, limit: usize) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT DISTINCT kind AS said FROM assets WHERE kind <> '' ORDER BY 1 LIMIT ?1";
    let rows = tx.rows(sql, &[limit.into()])?;
    rows.iter().map(|row| row.text("said")).collect()
}

/// The same of services.
pub fn services(tx: &mut Tx<'_>, limit: usize) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT DISTINCT service AS said FROM assets WHERE service <> '' ORDER BY 1 LIMIT ?1";
    let rows = tx.rows(sql, &[limit.into()])?;
    rows.iter().map(|row| row.text("said")).collect()
}

fn listed(row: &Row) -> Result<Listed, StoreError> {
    Ok(Listed {
        asset: read(row)?,
        client: row.maybe_text("client")?,
        owner: row.maybe_text("owner")?,
        open_tickets: row.int("open_tickets")?,
    })
}

fn read(row: &Row) -> Result<Asset, StoreError> {
    let day = |text: String| {
        text.parse().map_err(|_| StoreError::Corrupt {
            what: format!("warranty_until holds “{text}”, which is no day"),
        })
    };
    Ok(Asset {
        id: AssetId(row.int("id")?),
        is: Draft {
            name: row.text("name")?,
            kind: row.text("kind")?,
            identifier: row.text("identifier")?,
            client: row.maybe_int("client_id")?.map(ClientId),
            owner: row.maybe_int("owner_id")?.map(PersonId),
            service: row.text("service")?,
            warranty_until: row.maybe_text("warranty_until")?.map(day).transpose()?,
            notes: row.text("notes")?,
        },
        retired_at: maybe_at(row, "retired_at_ms")?,
    })
}
