//! Full text of messages: what is indexed, and which messages hold the words looked for.
//! Never lets a searcher's text become query syntax: only words of letters and digits pass.
//!
//! Words are made here, not by the databases, so that both find the same: lower-case, without
//! accents, Chinese and Japanese character by character.

mod postgres;
mod sqlite;

use std::collections::HashSet;

use kept_domain::ids::{MessageId, TicketId};

use crate::convert::word;
use crate::error::StoreError;
use crate::row::Row;
use crate::shelf::Shelf;
use crate::tx::{Database, Tx};
use crate::value::Value;
pub use kept_domain::search::Terms;
use kept_domain::search::{Wanted, Words};

/// What of a message can be found. Indexes the first 256 KiB of words, which is a long book chapter.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    pub message: MessageId,
    pub ticket: TicketId,
    pub subject: &'a str,
    /// Names and addresses of who wrote and who received it.
    pub people: &'a str,
    pub body: &'a str,
}

/// Where the words were found, the best place first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Subject,
    People,
    /// Anywhere: in the body, or some here and some there.
    Message,
}

/// A message that holds all that was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    pub message: MessageId,
    pub ticket: TicketId,
    pub place: Place,
}

/// Indexes a message, or indexes it anew. It is found once the transaction is kept.
pub fn index(tx: &mut Tx<'_>, document: &Document<'_>) -> Result<(), StoreError> {
    let words = Words::of(document.subject, document.people, document.body);
    match tx.database() {
        Database::Sqlite => sqlite::index(tx, document, &words),
        Database::Postgres => postgres::index(tx, document, &words),
    }
}

/// Tells the index that a message belongs to another ticket now.
pub fn moved(tx: &mut Tx<'_>, message: MessageId, to: TicketId) -> Result<(), StoreError> {
    tx.exec(
        "UPDATE message_words SET ticket_id = ?2 WHERE message_id = ?1",
        &[message.0.into(), to.0.into()],
    )?;
    Ok(())
}

/// Takes a message out of the index. One that is not there is fine.
pub fn remove(tx: &mut Tx<'_>, message: MessageId) -> Result<(), StoreError> {
    if tx.database() == Database::Sqlite {
        sqlite::remove(tx, message);
    }
    tx.exec(
        "DELETE FROM message_words WHERE message_id = ?1",
        &[message.0.into()],
    )?;
    Ok(())
}

/// Up to `limit` messages that hold every word and phrase: first those that have them in the
/// subject, then among the people, then anywhere; in each the newest first. No terms, no hits.
pub fn matching(tx: &mut Tx<'_>, terms: &Terms, limit: usize) -> Result<Vec<Hit>, StoreError> {
    let Some(wanted) = terms.wanted() else {
        return Ok(Vec::new());
    };
    let mut hits: Vec<Hit> = Vec::new();
    let mut seen = HashSet::new();
    for place in [Place::Subject, Place::People, Place::Message] {
        if hits.len() < limit {
            let found = find(tx, &wanted, place, limit)?;
            hits.extend(found.into_iter().filter(|hit| seen.insert(hit.message)));
        }
    }
    hits.truncate(limit);
    Ok(hits)
}

/// Up to `limit` messages that hold every word and phrase anywhere, the newest first, and where lists look for the
/// ticket of each.
pub(crate) fn newest(
    tx: &mut Tx<'_>,
    terms: &Terms,
    limit: usize,
) -> Result<Vec<(Hit, Shelf)>, StoreError> {
    let Some(wanted) = terms.wanted() else {
        return Ok(Vec::new());
    };
    let (find, query) = finding(tx.database(), &wanted, Place::Message);
    let sql = format!(
        "SELECT f.message_id, f.ticket_id, t.shelf FROM ({find}) f
        JOIN tickets t ON t.id = f.ticket_id ORDER BY f.message_id DESC"
    );
    let rows = tx.rows(&sql, &[query.into(), limit.into()])?;
    let each = rows.iter().map(|row| {
        let shelf = word(row, "shelf", Shelf::from_text)?;
        Ok((hit(row, Place::Message)?, shelf))
    });
    each.collect()
}

/// What holds every term as an SQL condition, for lists that ask for more than words: true where `column`
/// (such as `t.id`) is the ticket of a message that holds every term. `parameter` is the number
/// under which the caller passes the value. `None` when the terms hold no word.
pub fn condition(
    database: Database,
    terms: &Terms,
    column: &str,
    parameter: usize,
) -> Option<(String, Value)> {
    let (tickets, query) = tickets(database, terms, parameter)?;
    Some((format!("{column} IN ({tickets})"), query))
}

/// The statement that gives `ticket_id` for each message that holds every term, in the same manner.
pub(crate) fn tickets(
    database: Database,
    terms: &Terms,
    parameter: usize,
) -> Option<(String, Value)> {
    let wanted = terms.wanted()?;
    let (tickets, query) = match database {
        Database::Sqlite => (sqlite::TICKETS, sqlite::query(&wanted, Place::Message)),
        Database::Postgres => (postgres::TICKETS, postgres::query(&wanted, Place::Message)),
    };
    let tickets = tickets.replace("?1", &format!("?{parameter}"));
    Some((tickets, query.into()))
}

fn find(
    tx: &mut Tx<'_>,
    wanted: &Wanted,
    place: Place,
    limit: usize,
) -> Result<Vec<Hit>, StoreError> {
    let (sql, query) = finding(tx.database(), wanted, place);
    let rows = tx.rows(sql, &[query.into(), limit.into()])?;
    rows.iter().map(|row| hit(row, place)).collect()
}

fn finding(database: Database, wanted: &Wanted, place: Place) -> (&'static str, String) {
    match database {
        Database::Sqlite => (sqlite::FIND, sqlite::query(wanted, place)),
        Database::Postgres => (postgres::FIND, postgres::query(wanted, place)),
    }
}

fn hit(row: &Row, place: Place) -> Result<Hit, StoreError> {
    Ok(Hit {
        message: MessageId(row.int("message_id")?),
        ticket: TicketId(row.int("ticket_id")?),
        place,
    })
}
