//! What cards say beside names, addresses and clients, and who changed what of it.

use jiff::Timestamp;
use kept_domain::cards::{CardEvent, CardOf, PersonDetails};
use kept_domain::ids::{ClientId, PersonId};

use crate::convert::{at, json, ms, places, to_json};
use crate::merges::together;
use crate::{Row, StoreError, Tx, Value};

/// One line of a card's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: i64,
    pub at: Timestamp,
    /// Nobody when Kept itself did it.
    pub by: Option<String>,
    pub event: CardEvent,
}

pub fn person(tx: &mut Tx<'_>, person: PersonId) -> Result<PersonDetails, StoreError> {
    let sql = "SELECT job, phone, language, zone, notes FROM people WHERE id = ?1";
    let Some(row) = tx.one(sql, &[person.0.into()])? else {
        return Ok(PersonDetails::default());
    };
    Ok(PersonDetails {
        job: row.text("job")?,
        phone: row.text("phone")?,
        language: row.text("language")?,
        zone: row.text("zone")?,
        notes: row.text("notes")?,
    })
}

pub fn set_person(
    tx: &mut Tx<'_>,
    person: PersonId,
    details: &PersonDetails,
) -> Result<(), StoreError> {
    let sql = "UPDATE people SET job = ?2, phone = ?3, language = ?4, zone = ?5, notes = ?6
        WHERE id = ?1";
    let params = [
        person.0.into(),
        details.job.as_str().into(),
        details.phone.as_str().into(),
        details.language.as_str().into(),
        details.zone.as_str().into(),
        details.notes.as_str().into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

pub fn client_notes(tx: &mut Tx<'_>, client: ClientId) -> Result<String, StoreError> {
    let sql = "SELECT notes FROM clients WHERE id = ?1";
    let row = tx.one(sql, &[client.0.into()])?;
    row.map_or(Ok(String::new()), |row| row.text("notes"))
}

pub fn set_client_notes(tx: &mut Tx<'_>, client: ClientId, notes: &str) -> Result<(), StoreError> {
    let sql = "UPDATE clients SET notes = ?2 WHERE id = ?1";
    tx.exec(sql, &[client.0.into(), notes.into()])?;
    Ok(())
}

/// Adds lines to a card's history.
pub fn append(
    tx: &mut Tx<'_>,
    of: CardOf,
    by: Option<PersonId>,
    events: &[CardEvent],
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO card_changes (card, card_id, at_ms, person_id, body)
        VALUES (?1, ?2, ?3, ?4, ?5)";
    for event in events {
        let params = [
            of.kind().into(),
            of.number().into(),
            ms(now).into(),
            by.map(|person| person.0).into(),
            to_json(event)?,
        ];
        tx.exec(sql, &params)?;
    }
    Ok(())
}

/// A card's history, the newest first, before the line `before`; with that of the cards told as the same, but for what
/// they say of the merging, which this card says too.
pub fn history(
    tx: &mut Tx<'_>,
    of: CardOf,
    before: Option<i64>,
    limit: usize,
) -> Result<Vec<Line>, StoreError> {
    let all = numbers(tx, of)?;
    let sql = format!(
        "SELECT h.id, h.card_id, h.at_ms, h.body, p.name AS by_name FROM card_changes h
        LEFT JOIN people p ON p.id = h.person_id
        WHERE h.card = ?1 AND h.card_id IN ({}) AND h.id < ?2 ORDER BY h.id DESC LIMIT ?3",
        places(4, all.len())
    );
    let mut params: Vec<Value> = vec![
        of.kind().into(),
        before.unwrap_or(i64::MAX).into(),
        limit.into(),
    ];
    params.extend(all.iter().map(|number| Value::from(*number)));
    let mut lines = Vec::new();
    for row in tx.rows(&sql, &params)? {
        let line = line(&row)?;
        let elsewhere = all.first() != Some(&row.int("card_id")?);
        if !elsewhere || !line.event.is_of_the_merged() {
            lines.push(line);
        }
    }
    Ok(lines)
}

/// The numbers of all cards told as this one, the one that stays first. Things are not merged.
fn numbers(tx: &mut Tx<'_>, of: CardOf) -> Result<Vec<i64>, StoreError> {
    if let CardOf::Asset(id) = of {
        return Ok(vec![id.0]);
    }
    let all = together(tx, of)?;
    Ok(all.into_iter().map(CardOf::number).collect())
}

fn line(row: &Row) -> Result<Line, StoreError> {
    Ok(Line {
        id: row.int("id")?,
        at: at(row, "at_ms")?,
        by: row.maybe_text("by_name")?,
        event: json(row, "body")?,
    })
}

/// The number of a card's last line, 0 for none: who sends another saw an older card.
pub fn last(tx: &mut Tx<'_>, of: CardOf) -> Result<i64, StoreError> {
    let all = numbers(tx, of)?;
    let sql = format!(
        "SELECT max(id) AS id FROM card_changes WHERE card = ?1 AND card_id IN ({})",
        places(2, all.len())
    );
    let numbers = all.into_iter().map(Value::from);
    let params: Vec<Value> = std::iter::once(of.kind().into()).chain(numbers).collect();
    let row = tx.one(&sql, &params)?;
    Ok(row
        .map_or(Ok(None), |row| row.maybe_int("id"))?
        .unwrap_or(0))
}
