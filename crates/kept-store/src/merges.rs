//! Cards that are told as one: which card stays, which are told with it, and who said so when. Nothing that names a
//! card is rewritten; whoever reads a number asks here whose it is.

use jiff::Timestamp;
use kept_domain::cards::CardOf;
use kept_domain::ids::{ClientId, PersonId};

use crate::convert::{at, ms, places};
use crate::{Row, StoreError, Tx, Value};

/// A merge that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    pub id: i64,
    pub from: CardOf,
    pub into: CardOf,
    pub at: Timestamp,
    /// What whoever merged them is called.
    pub by: String,
}

/// Cards told with one, and merges read of one; more would take as many deliberate acts.
const MOST: usize = 500;

fn table(card: CardOf) -> Result<&'static str, StoreError> {
    match card {
        CardOf::Person(_) => Ok("people"),
        CardOf::Client(_) => Ok("clients"),
        CardOf::Asset(_) => Err(StoreError::Sql("assets are not merged".into())),
    }
}

fn same_kind(card: CardOf, number: i64) -> CardOf {
    match card {
        CardOf::Client(_) => CardOf::Client(ClientId(number)),
        _ => CardOf::Person(PersonId(number)),
    }
}

/// The number of the person who stays for the one in `number`, as SQL; nobody stays for nobody.
pub(crate) fn person_who_stays(number: &str) -> String {
    who_stays("people", number)
}

/// The same for clients.
pub(crate) fn client_that_stays(number: &str) -> String {
    who_stays("clients", number)
}

fn who_stays(table: &str, number: &str) -> String {
    format!("coalesce((SELECT s.merged_into FROM {table} s WHERE s.id = {number}), {number})")
}

/// A subquery of all numbers told as the person in `number`, theirs too.
pub(crate) fn told_as_person(number: &str) -> String {
    told_as("people", number)
}

/// The same for clients.
pub(crate) fn told_as_client(number: &str) -> String {
    told_as("clients", number)
}

fn told_as(table: &str, number: &str) -> String {
    let stays = who_stays(table, number);
    format!("SELECT {stays} UNION ALL SELECT w.id FROM {table} w WHERE w.merged_into = {stays}")
}

/// Which card stays for this one; itself when it was not merged.
pub fn stays(tx: &mut Tx<'_>, card: CardOf) -> Result<CardOf, StoreError> {
    let sql = format!("SELECT merged_into FROM {} WHERE id = ?1", table(card)?);
    let row = tx.one(&sql, &[card.number().into()])?;
    let into = row.map_or(Ok(None), |row| row.maybe_int("merged_into"))?;
    Ok(into.map_or(card, |into| same_kind(card, into)))
}

/// The person who stays.
pub fn who(tx: &mut Tx<'_>, person: PersonId) -> Result<PersonId, StoreError> {
    stays(tx, CardOf::Person(person)).map(|card| PersonId(card.number()))
}

/// The client that stays.
pub fn which(tx: &mut Tx<'_>, client: ClientId) -> Result<ClientId, StoreError> {
    stays(tx, CardOf::Client(client)).map(|card| ClientId(card.number()))
}

/// All cards told as one with this one: the one that stays first, then by number.
pub fn together(tx: &mut Tx<'_>, card: CardOf) -> Result<Vec<CardOf>, StoreError> {
    let first = stays(tx, card)?;
    let sql = format!(
        "SELECT id FROM {} WHERE merged_into = ?1 ORDER BY id LIMIT {MOST}",
        table(card)?
    );
    let mut all = vec![first];
    for row in tx.rows(&sql, &[first.number().into()])? {
        all.push(same_kind(card, row.int("id")?));
    }
    Ok(all)
}

/// `column = ?1`, or `column IN (?1, ?2)` where several cards are told as one: most are alone, and an index gives the
/// order of one card's rows at once.
pub(crate) fn is_theirs(
    tx: &mut Tx<'_>,
    column: &str,
    card: CardOf,
    bind: &mut impl FnMut(Value) -> String,
) -> Result<String, StoreError> {
    let all = together(tx, card)?;
    let all: Vec<String> = all.iter().map(|it| bind(it.number().into())).collect();
    Ok(match all.as_slice() {
        [one] => format!("{column} = {one}"),
        several => format!("{column} IN ({})", several.join(", ")),
    })
}

/// What a merge must know of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub name: String,
    pub works_here: bool,
    /// The card that stays for it, when it was merged.
    pub merged_into: Option<CardOf>,
}

/// How a card stands; nobody else merges it until the transaction ends.
pub fn lock(tx: &mut Tx<'_>, card: CardOf) -> Result<Option<Standing>, StoreError> {
    match tx.database() {
        crate::Database::Sqlite => stands(tx, card, ""),
        // Tickets that point to the card may still be written.
        crate::Database::Postgres => stands(tx, card, " FOR NO KEY UPDATE"),
    }
}

/// How a card stands, for whoever only looks.
pub fn look(tx: &mut Tx<'_>, card: CardOf) -> Result<Option<Standing>, StoreError> {
    stands(tx, card, "")
}

fn stands(tx: &mut Tx<'_>, card: CardOf, lock: &str) -> Result<Option<Standing>, StoreError> {
    let role = match card {
        CardOf::Person(_) => "role",
        _ => "CAST(NULL AS TEXT)",
    };
    let sql = format!(
        "SELECT name, {role} AS role, merged_into FROM {} WHERE id = ?1{lock}",
        table(card)?
    );
    let row = tx.one(&sql, &[card.number().into()])?;
    row.map(|row| {
        let into = row.maybe_int("merged_into")?;
        Ok(Standing {
            name: row.text("name")?,
            works_here: row.maybe_text("role")?.is_some(),
            merged_into: into.map(|into| same_kind(card, into)),
        })
    })
    .transpose()
}

/// Tells `from`, and all told with it, as `into` from now on. Look with [`lock`] at both first.
pub fn begin(
    tx: &mut Tx<'_>,
    from: CardOf,
    into: CardOf,
    by: PersonId,
    now: Timestamp,
) -> Result<i64, StoreError> {
    let sql = "INSERT INTO card_merges (card, from_id, into_id, at_ms, by_id)
        VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id";
    let params = [
        from.kind().into(),
        from.number().into(),
        into.number().into(),
        ms(now).into(),
        by.0.into(),
    ];
    let row = tx.one(sql, &params)?;
    let id = row.ok_or_else(StoreError::nothing_returned)?.int("id")?;
    if let (CardOf::Person(_), CardOf::Person(_)) = (from, into) {
        put_addresses_last(tx, from, into)?;
    }
    let sql = format!(
        "UPDATE {} SET merged_into = ?2 WHERE id = ?1 OR merged_into = ?1",
        table(from)?
    );
    tx.exec(&sql, &[from.number().into(), into.number().into()])?;
    Ok(id)
}

/// Mail goes to the first address of whoever stays. Among themselves addresses keep their order, then and later.
fn put_addresses_last(tx: &mut Tx<'_>, from: CardOf, into: CardOf) -> Result<(), StoreError> {
    let (theirs, others) = (told_as_person("?1"), told_as_person("?2"));
    let sql = format!(
        "UPDATE person_addresses SET position = position + 1
            + (SELECT coalesce(max(l.position), 0) FROM person_addresses l WHERE l.person_id IN ({others}))
        WHERE person_id IN ({theirs})"
    );
    tx.exec(&sql, &[from.number().into(), into.number().into()])?;
    Ok(())
}

/// A merge that holds, by its number.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Merge>, StoreError> {
    let sql = format!("{HOLDING} AND m.id = ?1");
    let row = tx.one(&sql, &[id.into()])?;
    row.map(|row| read(&row)).transpose()
}

/// The merges that hold into this card or one that is told with it, the newest first.
pub fn into(tx: &mut Tx<'_>, card: CardOf) -> Result<Vec<Merge>, StoreError> {
    let all = together(tx, card)?;
    let sql = format!(
        "{HOLDING} AND m.card = ?1 AND m.into_id IN ({}) ORDER BY m.id DESC LIMIT {MOST}",
        places(2, all.len())
    );
    let numbers = all.iter().map(|it| it.number().into());
    let params: Vec<Value> = std::iter::once(card.kind().into()).chain(numbers).collect();
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

const HOLDING: &str = "SELECT m.id, m.card, m.from_id, m.into_id, m.at_ms, p.name AS by_name
    FROM card_merges m JOIN people p ON p.id = m.by_id WHERE m.undone_ms IS NULL";

fn read(row: &Row) -> Result<Merge, StoreError> {
    let (from, into) = (row.int("from_id")?, row.int("into_id")?);
    let card = |number| match row.text("card")?.as_str() {
        "client" => Ok::<_, StoreError>(CardOf::Client(ClientId(number))),
        _ => Ok(CardOf::Person(PersonId(number))),
    };
    Ok(Merge {
        id: row.int("id")?,
        from: card(from)?,
        into: card(into)?,
        at: at(row, "at_ms")?,
        by: row.text("by_name")?,
    })
}

/// Lets a card stand by itself again, with whatever was merged into it before. `false` when it was taken back already.
pub fn end(
    tx: &mut Tx<'_>,
    merge: &Merge,
    by: PersonId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "UPDATE card_merges SET undone_ms = ?2, undone_by = ?3
        WHERE id = ?1 AND undone_ms IS NULL";
    let params = [merge.id.into(), ms(now).into(), by.0.into()];
    if tx.exec(sql, &params)? == 0 {
        return Ok(false);
    }
    let table = table(merge.from)?;
    let alone = format!("UPDATE {table} SET merged_into = NULL WHERE id = ?1");
    tx.exec(&alone, &[merge.from.number().into()])?;
    let follows = format!("UPDATE {table} SET merged_into = ?2 WHERE id = ?1");
    for below in below(tx, merge.from)? {
        let params = [below.into(), merge.from.number().into()];
        tx.exec(&follows, &params)?;
    }
    Ok(true)
}

/// Numbers of all that was merged into a card, directly or by way of others, as the merges that hold say.
fn below(tx: &mut Tx<'_>, card: CardOf) -> Result<Vec<i64>, StoreError> {
    let sql = format!(
        "SELECT from_id FROM card_merges WHERE card = ?1 AND into_id = ?2 AND undone_ms IS NULL
        ORDER BY id LIMIT {MOST}"
    );
    let mut found: Vec<i64> = Vec::new();
    let mut next = vec![card.number()];
    while let Some(number) = next.pop() {
        for row in tx.rows(&sql, &[card.kind().into(), number.into()])? {
            let from = row.int("from_id")?;
            if !found.contains(&from) && found.len() < MOST {
                found.push(from);
                next.push(from);
            }
        }
    }
    Ok(found)
}

/// Cards told as one that is itself merged or is not there, and cards that no merge which holds explains, or the other
/// way round; for the doctor.
pub fn astray(tx: &mut Tx<'_>) -> Result<Vec<CardOf>, StoreError> {
    let mut found = Vec::new();
    for card in [CardOf::Person(PersonId(0)), CardOf::Client(ClientId(0))] {
        let sql = format!(
            "SELECT a.id FROM {table} a LEFT JOIN {table} s ON s.id = a.merged_into
            WHERE a.merged_into IS NOT NULL AND (s.id IS NULL OR s.merged_into IS NOT NULL
                OR NOT EXISTS (SELECT 1 FROM card_merges m
                    WHERE m.card = ?1 AND m.from_id = a.id AND m.undone_ms IS NULL))
            UNION SELECT m.from_id FROM card_merges m JOIN {table} a ON a.id = m.from_id
            WHERE m.card = ?1 AND m.undone_ms IS NULL AND a.merged_into IS NULL
            ORDER BY 1 LIMIT {MOST}",
            table = table(card)?
        );
        for row in tx.rows(&sql, &[card.kind().into()])? {
            found.push(same_kind(card, row.int(0)?));
        }
    }
    Ok(found)
}

/// What a card that was merged is called on its own.
pub fn own_name(tx: &mut Tx<'_>, card: CardOf) -> Result<String, StoreError> {
    let sql = format!("SELECT name FROM {} WHERE id = ?1", table(card)?);
    let row = tx.one(&sql, &[card.number().into()])?;
    row.map_or(Ok(String::new()), |row| row.text("name"))
}

/// The addresses or domains a card brought itself.
pub fn own_reach(tx: &mut Tx<'_>, card: CardOf) -> Result<Vec<String>, StoreError> {
    let sql = match card {
        CardOf::Client(_) => {
            "SELECT domain AS reach FROM client_domains WHERE client_id = ?1 ORDER BY domain LIMIT 100"
        }
        _ => {
            "SELECT address AS reach FROM person_addresses WHERE person_id = ?1
            ORDER BY position, address LIMIT 100"
        }
    };
    let rows = tx.rows(sql, &[card.number().into()])?;
    rows.iter().map(|row| row.text("reach")).collect()
}
