//! Words and names the desk knows: to complete what is being typed, and to see through a slip of the finger.

use std::collections::BTreeSet;

use kept_domain::ids::{ClientId, PersonId};
use kept_domain::search::{split, whole_name};

use crate::convert::containing;
use crate::{Row, StoreError, Tx};

/// Whose names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    Clients,
    /// People on the client's side.
    Requesters,
    Agents,
    Queues,
    /// Things in use.
    Assets,
    Tags,
}

/// Names that hold `text`, those that begin with it first, up to `limit`.
pub fn names(
    tx: &mut Tx<'_>,
    whose: Names,
    text: &str,
    limit: usize,
) -> Result<Vec<String>, StoreError> {
    let from = match whose {
        Names::Clients => "SELECT name FROM clients WHERE merged_into IS NULL",
        Names::Requesters => "SELECT name FROM people WHERE role IS NULL AND merged_into IS NULL",
        Names::Agents => "SELECT name FROM people WHERE role IS NOT NULL AND left_at_ms IS NULL",
        Names::Queues => "SELECT name FROM queues WHERE 1 = 1",
        Names::Assets => "SELECT name FROM assets WHERE retired_at_ms IS NULL",
        Names::Tags => "SELECT DISTINCT tag AS name FROM ticket_tags WHERE 1 = 1",
    };
    let sql = format!(
        "SELECT k.name FROM ({from}) k WHERE lower(k.name) LIKE ?1 ESCAPE '\\' AND k.name <> ''
        ORDER BY CASE WHEN lower(k.name) LIKE ?2 ESCAPE '\\' THEN 0 ELSE 1 END, lower(k.name)
        LIMIT ?3"
    );
    let holds = containing(&text.to_lowercase());
    let begins = holds.trim_start_matches('%').to_owned();
    let rows = tx.rows(&sql, &[holds.into(), begins.into(), limit.into()])?;
    rows.iter().map(|row| row.text("name")).collect()
}

/// Whether anybody or anything is called `text` as a search asks for it: a part of the name, or after `=` all of it. Who
/// left, what is retired and what was merged counts.
pub fn is_called(tx: &mut Tx<'_>, whose: Names, text: &str) -> Result<bool, StoreError> {
    let whole = whole_name(text).map(str::to_lowercase);
    let (compared, wanted) = match (&whole, whose) {
        (_, Names::Tags) => ("= ?1", text.to_owned()),
        (Some(whole), _) => ("= ?1", whole.clone()),
        (None, _) => ("LIKE ?1 ESCAPE '\\'", containing(&text.to_lowercase())),
    };
    let name = match whole {
        Some(_) => "replace(lower(k.name), '\"', '')",
        None => "lower(k.name)",
    };
    let theirs = format!(
        "({name} {compared} OR k.id IN (SELECT pa.person_id FROM person_addresses pa WHERE pa.address {compared}))"
    );
    let from = match whose {
        Names::Clients => format!("clients k WHERE {name} {compared}"),
        Names::Queues => format!("queues k WHERE {name} {compared}"),
        Names::Assets => {
            format!("assets k WHERE ({name} {compared} OR lower(k.identifier) {compared})")
        }
        Names::Requesters => format!("people k WHERE {theirs}"),
        Names::Agents => format!("people k WHERE k.role IS NOT NULL AND {theirs}"),
        Names::Tags => format!("ticket_tags k WHERE k.tag {compared}"),
    };
    let row = tx.one(
        &format!("SELECT 1 AS there FROM {from} LIMIT 1"),
        &[wanted.into()],
    )?;
    Ok(row.is_some())
}

/// A client or somebody of a client's side, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Called {
    Client(ClientId, String),
    /// The name of their client, if they have one.
    Person(PersonId, String, Option<String>),
}

/// Clients and people whose names hold `text`, or held it before they were merged, those that begin with it first, up to `limit` of each.
pub fn called(tx: &mut Tx<'_>, text: &str, limit: usize) -> Result<Vec<Called>, StoreError> {
    const CLIENTS: &str = "SELECT s.id, s.name, NULL AS client, o.name AS held FROM clients o
        JOIN clients s ON s.id = coalesce(o.merged_into, o.id)";
    const PEOPLE: &str = "SELECT s.id, s.name, c.name AS client, o.name AS held FROM people o
        JOIN people s ON s.id = coalesce(o.merged_into, o.id)
        LEFT JOIN clients co ON co.id = s.client_id
        LEFT JOIN clients c ON c.id = coalesce(co.merged_into, co.id) WHERE o.role IS NULL";
    let holds = containing(&text.to_lowercase());
    let begins = holds.trim_start_matches('%').to_owned();
    let mut found = Vec::new();
    for from in [CLIENTS, PEOPLE] {
        let sql = format!(
            "SELECT k.id, k.name, k.client FROM ({from}) k
            WHERE lower(k.held) LIKE ?1 ESCAPE '\\' AND k.held <> ''
            ORDER BY CASE WHEN lower(k.held) LIKE ?2 ESCAPE '\\' THEN 0 ELSE 1 END, lower(k.held), k.id
            LIMIT ?3"
        );
        let params = [holds.clone().into(), begins.clone().into(), limit.into()];
        for row in tx.rows(&sql, &params)? {
            let (id, name) = (row.int("id")?, row.text("name")?);
            let one = match from {
                CLIENTS => Called::Client(ClientId(id), name),
                _ => Called::Person(PersonId(id), name, row.maybe_text("client")?),
            };
            if !found.contains(&one) {
                found.push(one);
            }
        }
    }
    Ok(found)
}

/// Subjects looked through, the newest, and names of each kind.
const SUBJECTS: usize = 4_000;
const NAMES: usize = 4_000;

/// The words of the latest subjects and of names, each once.
pub fn vocabulary(tx: &mut Tx<'_>) -> Result<BTreeSet<String>, StoreError> {
    let sources = [
        (
            "SELECT subject AS said FROM tickets WHERE shelf NOT IN ('spam', 'merged')
                ORDER BY id DESC LIMIT ?1",
            SUBJECTS,
        ),
        (
            "SELECT name AS said FROM clients ORDER BY id DESC LIMIT ?1",
            NAMES,
        ),
        (
            "SELECT name AS said FROM people ORDER BY id DESC LIMIT ?1",
            NAMES,
        ),
    ];
    let mut words = BTreeSet::new();
    for (sql, most) in sources {
        for row in tx.rows(sql, &[most.into()])? {
            words.extend(said(&row)?);
        }
    }
    Ok(words)
}

/// Of a subject or a name no more is looked at than people read.
const SAID_BYTES: usize = 400;

fn said(row: &Row) -> Result<Vec<String>, StoreError> {
    Ok(split(&row.text("said")?, SAID_BYTES))
}
