//! The search language asked of the databases: words through the full text, fields through conditions on tickets.

mod arranged;
mod clauses;
mod grouped;
pub(crate) mod local;
mod vocabulary;

pub use arranged::page;
pub use grouped::grouped;
pub use vocabulary::{Called, Names, called, names, vocabulary};

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use kept_domain::ids::{MessageId, TicketId};
use kept_domain::search::{Asker, Query};

use crate::fulltext::{self, Terms};
use crate::lists::{self, ListedTicket};
use crate::tickets::Shelf;
use crate::{StoreError, Tx};

/// A ticket that was found, and the message that holds the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub ticket: ListedTicket,
    pub message: Option<MessageId>,
}

/// Messages looked at for each ticket wanted: a long ticket may hold the words many times.
const MESSAGES_A_TICKET: usize = 8;
/// Messages looked at for one search, however many of them are out of sight.
const MOST_MESSAGES: usize = 5_000;

/// Up to `limit` tickets that answer `query`: by where the words stand when there are only words, else
/// the newest first. Spam and merged tickets are found only when they are asked for.
pub fn tickets(
    tx: &mut Tx<'_>,
    query: &Query,
    asker: Asker<'_>,
    limit: usize,
) -> Result<Vec<Hit>, StoreError> {
    let terms = query.terms();
    if query.is_empty() {
        return Ok(vec![]);
    }
    if query.conditions.is_empty() {
        return by_words(tx, &terms, limit);
    }
    let (sql, params) = clauses::written(tx.database(), query, asker);
    let found = lists::matching(tx, &sql, &params, limit)?;
    let messages = match query.has_text() && !found.is_empty() {
        true => best_messages(&fulltext::matching(tx, &terms, limit * MESSAGES_A_TICKET)?).1,
        false => HashMap::new(),
    };
    let hits = found.into_iter().map(|ticket| Hit {
        message: messages.get(&ticket.id).copied(),
        ticket,
    });
    Ok(hits.collect())
}

/// How many there are, at most `most`.
pub fn count(
    tx: &mut Tx<'_>,
    query: &Query,
    asker: Asker<'_>,
    most: usize,
) -> Result<usize, StoreError> {
    if query.is_empty() {
        return Ok(0);
    }
    let (sql, mut params) = clauses::written(tx.database(), query, asker);
    params.push(most.into());
    let sql = format!(
        "SELECT count(*) AS many FROM (SELECT t.id FROM tickets t WHERE {sql} LIMIT ?{}) found",
        params.len()
    );
    let row = tx.one(&sql, &params)?;
    let many = row.map_or(Ok(0), |row| row.int("many"))?;
    Ok(usize::try_from(many).unwrap_or_default())
}

/// The numbers of all that answer, the oldest first, up to `most`.
pub fn ids(
    tx: &mut Tx<'_>,
    query: &Query,
    asker: Asker<'_>,
    most: usize,
) -> Result<Vec<TicketId>, StoreError> {
    if query.is_empty() {
        return Ok(vec![]);
    }
    let (sql, mut params) = clauses::written(tx.database(), query, asker);
    params.push(most.into());
    let sql = format!(
        "SELECT t.id FROM tickets t WHERE {sql} ORDER BY t.id LIMIT ?{}",
        params.len()
    );
    let rows = tx.rows(&sql, &params)?;
    rows.iter().map(|row| row.int("id").map(TicketId)).collect()
}

/// Looks at more messages as long as those out of sight leave too few tickets to show.
fn by_words(tx: &mut Tx<'_>, terms: &Terms, limit: usize) -> Result<Vec<Hit>, StoreError> {
    let mut most = limit * MESSAGES_A_TICKET;
    loop {
        let matching = fulltext::matching(tx, terms, most)?;
        let was_all = matching.len() < most || most >= MOST_MESSAGES;
        let mut hits = in_sight(tx, &matching)?;
        if was_all || hits.len() >= limit {
            hits.truncate(limit);
            return Ok(hits);
        }
        most *= MESSAGES_A_TICKET;
    }
}

/// The tickets of these messages, each once, with the best message of each.
fn in_sight(tx: &mut Tx<'_>, matching: &[fulltext::Hit]) -> Result<Vec<Hit>, StoreError> {
    let (best, message) = best_messages(matching);
    let found = lists::by_ids(tx, &best)?.into_iter();
    let in_sight = found.filter(|ticket| !matches!(ticket.shelf, Shelf::Spam | Shelf::Merged));
    let hits = in_sight.map(|ticket| Hit {
        message: message.get(&ticket.id).copied(),
        ticket,
    });
    Ok(hits.collect())
}

/// Tickets in the order of their best message, and that message of each.
fn best_messages(matching: &[fulltext::Hit]) -> (Vec<TicketId>, HashMap<TicketId, MessageId>) {
    let mut best: Vec<TicketId> = Vec::new();
    let mut message: HashMap<TicketId, MessageId> = HashMap::new();
    for hit in matching {
        if let Entry::Vacant(place) = message.entry(hit.ticket) {
            place.insert(hit.message);
            best.push(hit.ticket);
        }
    }
    (best, message)
}
