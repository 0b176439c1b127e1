//! Cards that look like one and the same: by the words of their names and by their addresses, each looked up by a key
//! that is worked out when they change, never by comparing all with all. What somebody said is not the same stays out.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use kept_domain::cards::CardOf;
use kept_domain::ids::{ClientId, PersonId};
use kept_domain::people::{Domain, name_key};

use crate::convert::{ms, places};
use crate::{Row, StoreError, Tx, Value};

/// Why two cards look alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Their names have the same words.
    Name,
    /// The same before the @, at two domains of one client.
    LocalPart,
    /// A domain of one lies within a domain of the other, this one.
    Domain(String),
}

/// Two cards, the lower number first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub one: CardOf,
    pub other: CardOf,
    pub why: Why,
}

/// Pairs told at once.
pub const MOST: usize = 100;
/// Keys looked at of each kind, cards of one key, and domains read.
const MOST_KEYS: usize = 2_000;
const MOST_OF_A_KEY: usize = 10;
const MOST_DOMAINS: usize = 20_000;
/// Domains of one client looked at, and the domains above them.
const MOST_OF_ONE: usize = 20;
const MOST_ABOVE: usize = 60;

/// People of clients who stand for themselves.
const ALONE: &str = "p.merged_into IS NULL AND p.role IS NULL AND p.client_id IS NOT NULL";

/// The first [`MOST`] pairs that look alike and that nobody set apart.
pub fn pairs(tx: &mut Tx<'_>) -> Result<Vec<Pair>, StoreError> {
    let mut found = Found::default();
    by_name(tx, None, &mut found)?;
    by_local_part(tx, None, &mut found)?;
    clients_by_name(tx, None, &mut found)?;
    clients_by_domain(tx, &mut found)?;
    Ok(found.pairs)
}

/// Those of one card, by a few keys of its own. A client hears which holds a domain above its own, not which are below.
pub fn pairs_of(tx: &mut Tx<'_>, card: CardOf) -> Result<Vec<Pair>, StoreError> {
    let mut found = Found {
        only: Some(card),
        ..Found::default()
    };
    match card {
        CardOf::Person(id) => {
            by_name(tx, Some(id), &mut found)?;
            by_local_part(tx, Some(id), &mut found)?;
        }
        CardOf::Client(id) => {
            clients_by_name(tx, Some(id), &mut found)?;
            clients_above(tx, id, &mut found)?;
        }
        CardOf::Asset(_) => {}
    }
    Ok(found.pairs)
}

/// What was found, each pair once and only while nobody set it apart.
#[derive(Default)]
struct Found {
    only: Option<CardOf>,
    pairs: Vec<Pair>,
    seen: HashSet<(CardOf, CardOf)>,
}

impl Found {
    fn is_full(&self) -> bool {
        self.pairs.len() >= MOST
    }

    fn add(
        &mut self,
        tx: &mut Tx<'_>,
        one: CardOf,
        other: CardOf,
        why: &Why,
    ) -> Result<(), StoreError> {
        let asked = self.only.is_none_or(|it| it == one || it == other);
        if asked && !self.is_full() && self.seen.insert((one, other)) && !is_apart(tx, one, other)?
        {
            let why = why.clone();
            self.pairs.push(Pair { one, other, why });
        }
        Ok(())
    }

    /// Each with each: a key has few cards.
    fn pair_up(&mut self, tx: &mut Tx<'_>, cards: &[CardOf], why: &Why) -> Result<(), StoreError> {
        for (at, one) in cards.iter().enumerate() {
            for other in &cards[at + 1..] {
                self.add(tx, *one, *other, why)?;
            }
        }
        Ok(())
    }
}

fn by_name(tx: &mut Tx<'_>, only: Option<PersonId>, found: &mut Found) -> Result<(), StoreError> {
    let keys = match only {
        Some(_) => format!(
            "SELECT p.client_id, p.name_key FROM people p
            WHERE {ALONE} AND p.name_key <> '' AND p.id = ?1"
        ),
        None => format!(
            "SELECT p.client_id, p.name_key FROM people p
            WHERE {ALONE} AND p.name_key <> '' AND ?1 = 0
            GROUP BY p.client_id, p.name_key HAVING count(*) > 1
            ORDER BY p.client_id, p.name_key LIMIT {MOST_KEYS}"
        ),
    };
    let members = format!(
        "SELECT p.id FROM people p WHERE {ALONE} AND p.client_id = ?1 AND p.name_key = ?2
        ORDER BY p.id LIMIT {MOST_OF_A_KEY}"
    );
    for key in tx.rows(&keys, &[only.map_or(0, |it| it.0).into()])? {
        if found.is_full() {
            break;
        }
        let params = [key.int("client_id")?.into(), key.text("name_key")?.into()];
        let rows = tx.rows(&members, &params)?;
        found.pair_up(tx, &people(&rows)?, &Why::Name)?;
    }
    Ok(())
}

fn by_local_part(
    tx: &mut Tx<'_>,
    only: Option<PersonId>,
    found: &mut Found,
) -> Result<(), StoreError> {
    let keys = match only {
        Some(_) => format!(
            "SELECT p.client_id, a.local_part FROM person_addresses a
            JOIN people p ON p.id = a.person_id
            WHERE {ALONE} AND a.local_part <> '' AND p.id = ?1
            ORDER BY a.local_part LIMIT {MOST_KEYS}"
        ),
        None => format!(
            "SELECT p.client_id, a.local_part FROM person_addresses a
            JOIN people p ON p.id = a.person_id
            WHERE {ALONE} AND a.local_part <> '' AND ?1 = 0
            GROUP BY p.client_id, a.local_part HAVING count(DISTINCT p.id) > 1
            ORDER BY p.client_id, a.local_part LIMIT {MOST_KEYS}"
        ),
    };
    let members = format!(
        "SELECT DISTINCT p.id FROM person_addresses a JOIN people p ON p.id = a.person_id
        WHERE {ALONE} AND p.client_id = ?1 AND a.local_part = ?2 ORDER BY p.id LIMIT {MOST_OF_A_KEY}"
    );
    for key in tx.rows(&keys, &[only.map_or(0, |it| it.0).into()])? {
        if found.is_full() {
            break;
        }
        let params = [key.int("client_id")?.into(), key.text("local_part")?.into()];
        let rows = tx.rows(&members, &params)?;
        found.pair_up(tx, &people(&rows)?, &Why::LocalPart)?;
    }
    Ok(())
}

fn people(rows: &[Row]) -> Result<Vec<CardOf>, StoreError> {
    let one = |row: &Row| row.int("id").map(|id| CardOf::Person(PersonId(id)));
    rows.iter().map(one).collect()
}

fn clients_by_name(
    tx: &mut Tx<'_>,
    only: Option<ClientId>,
    found: &mut Found,
) -> Result<(), StoreError> {
    let keys = match only {
        Some(_) => "SELECT c.name_key FROM clients c
            WHERE c.merged_into IS NULL AND c.name_key <> '' AND c.id = ?1"
            .to_owned(),
        None => format!(
            "SELECT c.name_key FROM clients c
            WHERE c.merged_into IS NULL AND c.name_key <> '' AND ?1 = 0
            GROUP BY c.name_key HAVING count(*) > 1 ORDER BY c.name_key LIMIT {MOST_KEYS}"
        ),
    };
    let members = format!(
        "SELECT c.id FROM clients c WHERE c.merged_into IS NULL AND c.name_key = ?1
        ORDER BY c.id LIMIT {MOST_OF_A_KEY}"
    );
    for key in tx.rows(&keys, &[only.map_or(0, |it| it.0).into()])? {
        if found.is_full() {
            break;
        }
        let rows = tx.rows(&members, &[key.text("name_key")?.into()])?;
        let one = |row: &Row| row.int("id").map(|id| CardOf::Client(ClientId(id)));
        let cards: Vec<CardOf> = rows.iter().map(one).collect::<Result<_, _>>()?;
        found.pair_up(tx, &cards, &Why::Name)?;
    }
    Ok(())
}

fn clients_by_domain(tx: &mut Tx<'_>, found: &mut Found) -> Result<(), StoreError> {
    if found.is_full() {
        return Ok(());
    }
    let sql = format!(
        "SELECT d.domain, coalesce(c.merged_into, c.id) AS id FROM client_domains d
        JOIN clients c ON c.id = d.client_id ORDER BY d.domain LIMIT {MOST_DOMAINS}"
    );
    let mut holders: HashMap<String, i64> = HashMap::new();
    for row in tx.rows(&sql, &[])? {
        holders.insert(row.text("domain")?, row.int("id")?);
    }
    let mut within: Vec<(i64, i64, String)> = Vec::new();
    for (domain, id) in &holders {
        for parent in above(domain) {
            if let Some(holder) = holders.get(&parent).filter(|holder| *holder != id) {
                within.push((*id.min(holder), *id.max(holder), parent));
            }
        }
    }
    add_within(tx, within, found)
}

/// Clients that hold a domain above one of this client's: looked up by the domains themselves.
fn clients_above(tx: &mut Tx<'_>, client: ClientId, found: &mut Found) -> Result<(), StoreError> {
    let own = format!(
        "SELECT d.domain FROM client_domains d JOIN clients c ON c.id = d.client_id
        WHERE d.client_id = ?1 AND c.merged_into IS NULL ORDER BY d.domain LIMIT {MOST_OF_ONE}"
    );
    let mut parents = Vec::new();
    for row in tx.rows(&own, &[client.0.into()])? {
        parents.extend(above(&row.text("domain")?));
    }
    parents.sort();
    parents.dedup();
    parents.truncate(MOST_ABOVE);
    if parents.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "SELECT d.domain, coalesce(c.merged_into, c.id) AS id FROM client_domains d
        JOIN clients c ON c.id = d.client_id WHERE d.domain IN ({})",
        places(1, parents.len())
    );
    let params: Vec<Value> = parents.into_iter().map(Value::from).collect();
    let mut within = Vec::new();
    for row in tx.rows(&sql, &params)? {
        let holder = row.int("id")?;
        if holder != client.0 {
            let (low, high) = (holder.min(client.0), holder.max(client.0));
            within.push((low, high, row.text("domain")?));
        }
    }
    add_within(tx, within, found)
}

/// The domains a domain lies within, without itself.
fn above(domain: &str) -> Vec<String> {
    let all = Domain::parse(domain).map_or_else(|_| vec![], |it| it.with_parents());
    all.into_iter().filter(|it| it != domain).collect()
}

fn add_within(
    tx: &mut Tx<'_>,
    mut within: Vec<(i64, i64, String)>,
    found: &mut Found,
) -> Result<(), StoreError> {
    within.sort();
    for (one, other, domain) in within {
        let (one, other) = (ClientId(one), ClientId(other));
        let why = Why::Domain(domain);
        found.add(tx, CardOf::Client(one), CardOf::Client(other), &why)?;
    }
    Ok(())
}

/// Both numbers, the lower first.
fn ordered(one: CardOf, other: CardOf) -> (i64, i64) {
    let (one, other) = (one.number(), other.number());
    (one.min(other), one.max(other))
}

fn is_apart(tx: &mut Tx<'_>, one: CardOf, other: CardOf) -> Result<bool, StoreError> {
    let sql = "SELECT 1 AS one FROM unlike_cards WHERE card = ?1 AND one_id = ?2 AND other_id = ?3";
    let (low, high) = ordered(one, other);
    let row = tx.one(sql, &[one.kind().into(), low.into(), high.into()])?;
    Ok(row.is_some())
}

/// Writes down that two cards are not the same, however alike they look.
pub fn set_apart(
    tx: &mut Tx<'_>,
    (one, other): (CardOf, CardOf),
    by: PersonId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO unlike_cards (card, one_id, other_id, by_id, at_ms)
        VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
    let (low, high) = ordered(one, other);
    let params = [
        one.kind().into(),
        low.into(),
        high.into(),
        by.0.into(),
        ms(now).into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// Takes that back; `false` when nobody had said it.
pub fn suggest_again(tx: &mut Tx<'_>, one: CardOf, other: CardOf) -> Result<bool, StoreError> {
    let sql = "DELETE FROM unlike_cards WHERE card = ?1 AND one_id = ?2 AND other_id = ?3";
    let (low, high) = ordered(one, other);
    let gone = tx.exec(sql, &[one.kind().into(), low.into(), high.into()])?;
    Ok(gone > 0)
}

/// Names whose keys are worked out with one transaction.
const AT_ONCE: usize = 1_000;

/// Works out keys of names that have none yet, some at a time; how many.
pub fn work_out_keys(tx: &mut Tx<'_>) -> Result<usize, StoreError> {
    let mut done = 0;
    for table in ["people", "clients"] {
        let sql = format!(
            "SELECT id, name FROM {table} WHERE name_key IS NULL ORDER BY id LIMIT {AT_ONCE}"
        );
        let update = format!("UPDATE {table} SET name_key = ?2 WHERE id = ?1");
        for row in tx.rows(&sql, &[])? {
            let key = name_key(&row.text("name")?);
            tx.exec(&update, &[row.int("id")?.into(), key.into()])?;
            done += 1;
        }
    }
    Ok(done)
}
