//! The search language asked of the databases: words through the full text, fields through conditions on tickets.

mod arranged;
mod clauses;
mod grouped;
pub(crate) mod local;
mod vocabulary;

pub use arranged::page;
pub use grouped::grouped;
pub use vocabulary::{Called, Names, called, names, vocabulary};

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use kept_domain::ids::{MessageId, TicketId};
use kept_domain::search::{Asker, Query};

use crate::convert::places;
use crate::fulltext::{self, Terms};
use crate::lists::{self, ListedTicket};
use crate::{StoreError, Tx, Value};

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
    if query.conditions.is_empty() && query.has_text() {
        return count_by_words(tx, &query.terms(), most);
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
    let (shown, message) = loop {
        let matching = fulltext::matching(tx, terms, most)?;
        let was_all = matching.len() < most || most >= MOST_MESSAGES;
        let (best, message) = best_messages(&matching);
        let mut shown = in_sight(tx, best)?;
        if was_all || shown.len() >= limit {
            shown.truncate(limit);
            break (shown, message);
        }
        most *= MESSAGES_A_TICKET;
    };
    let found = lists::by_ids(tx, &shown)?.into_iter();
    let hits = found.map(|ticket| Hit {
        message: message.get(&ticket.id).copied(),
        ticket,
    });
    Ok(hits.collect())
}

/// Those of the tickets that are neither spam nor merged, in the same order.
fn in_sight(tx: &mut Tx<'_>, ids: Vec<TicketId>) -> Result<Vec<TicketId>, StoreError> {
    if ids.is_empty() {
        return Ok(ids);
    }
    let sql = format!(
        "SELECT t.id FROM tickets t WHERE t.id IN ({}) AND {}",
        places(1, ids.len()),
        clauses::IN_SIGHT
    );
    let params: Vec<Value> = ids.iter().map(|id| id.0.into()).collect();
    let rows = tx.rows(&sql, &params)?;
    let seen: HashSet<i64> = rows
        .iter()
        .map(|row| row.int("id"))
        .collect::<Result<_, _>>()?;
    let shown = ids.into_iter().filter(|id| seen.contains(&id.0));
    Ok(shown.collect())
}

/// Counts along the words and stops at `most`, where a condition would gather every ticket that holds them first.
fn count_by_words(tx: &mut Tx<'_>, terms: &Terms, most: usize) -> Result<usize, StoreError> {
    let Some((tickets, query)) = fulltext::tickets(tx.database(), terms, 1) else {
        return Ok(0);
    };
    let sql = format!(
        "SELECT count(*) AS many FROM (
            SELECT DISTINCT found.ticket_id FROM ({tickets}) found
            JOIN tickets t ON t.id = found.ticket_id WHERE {} LIMIT ?2) counted",
        clauses::IN_SIGHT
    );
    let row = tx.one(&sql, &[query, most.into()])?;
    let many = row.map_or(Ok(0), |row| row.int("many"))?;
    Ok(usize::try_from(many).unwrap_or_default())
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
