//! The search language asked of the databases: words through the full text, fields through conditions on tickets.

mod arranged;
mod clauses;
mod grouped;
pub(crate) mod local;
mod vocabulary;

pub use arranged::page;
pub use grouped::grouped;
pub use vocabulary::{Called, Names, called, is_called, names, vocabulary};

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use kept_domain::ids::{MessageId, TicketId};
use kept_domain::search::{Asker, Query};

use crate::fulltext::{self, Terms};
use crate::lists::{self, ListedTicket};
use crate::shelf::Shelf;
use crate::{StoreError, Tx, Value};

/// A ticket that was found, and the message that holds the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub ticket: ListedTicket,
    pub message: Option<MessageId>,
}

/// Messages looked at for each ticket wanted: a long ticket may hold the words many times.
const MESSAGES_A_TICKET: usize = 8;
/// Messages that hold the words, the newest, among which open tickets are looked for; more only as long as those
/// out of sight leave too few tickets.
const MESSAGES: usize = 1_000;
const MOST_MESSAGES: usize = 5_000;
/// Tickets that fulfil the conditions, the newest, that are told apart before open ones are asked for by themselves.
const NEWEST: usize = 1_000;

/// Up to `limit` tickets that answer `query`: what is open first, then the newest. Spam and merged tickets are found
/// only when they are asked for.
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
    let found = open_first(tx, query, (&sql, &params), limit)?;
    let messages = match query.has_text() && !found.is_empty() {
        true => best_messages(&fulltext::matching(tx, &terms, limit * MESSAGES_A_TICKET)?),
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

/// The newest are told apart in the order of the index. Only where hardly any of them is open, and so few are, open
/// ones are asked for by themselves: neither sorts all that answers a broad search.
fn open_first(
    tx: &mut Tx<'_>,
    query: &Query,
    (sql, params): (&str, &[Value]),
    limit: usize,
) -> Result<Vec<ListedTicket>, StoreError> {
    let newest = lists::numbers(tx, sql, params, NEWEST.max(limit))?;
    let was_all = newest.len() < NEWEST.max(limit);
    let (mut open, ended): (Vec<_>, Vec<_>) = newest.into_iter().partition(|(_, open)| *open);
    if !was_all && open.len() < limit && !query.finds_only_ended() {
        let sql = format!(
            "{sql} AND t.id IN (SELECT o.id FROM tickets o WHERE o.shelf IN ('open', 'parked'))"
        );
        open = lists::numbers(tx, &sql, params, limit)?;
    }
    let ids = open.into_iter().chain(ended).take(limit);
    let ids: Vec<TicketId> = ids.map(|(id, _)| id).collect();
    lists::by_ids(tx, &ids)
}

/// Looks at more messages as long as those out of sight leave too few tickets to show.
fn by_words(tx: &mut Tx<'_>, terms: &Terms, limit: usize) -> Result<Vec<Hit>, StoreError> {
    let mut most = MESSAGES;
    let hits = loop {
        let newest = fulltext::newest(tx, terms, most)?;
        let was_all = newest.len() < most || most >= MOST_MESSAGES;
        let hits = in_order(newest);
        if was_all || hits.len() >= limit {
            break hits;
        }
        most = MOST_MESSAGES;
    };
    let messages: HashMap<TicketId, MessageId> = hits.iter().copied().take(limit).collect();
    let ids: Vec<TicketId> = hits.iter().take(limit).map(|(id, _)| *id).collect();
    let found = lists::by_ids(tx, &ids)?.into_iter();
    let hits = found.map(|ticket| Hit {
        message: messages.get(&ticket.id).copied(),
        ticket,
    });
    Ok(hits.collect())
}

/// Each ticket in sight once, with the newest of its messages: what is open first, then the newest tickets.
fn in_order(newest: Vec<(fulltext::Hit, Shelf)>) -> Vec<(TicketId, MessageId)> {
    let mut seen = HashSet::new();
    let mut hits: Vec<_> = newest
        .into_iter()
        .filter(|(_, shelf)| !matches!(shelf, Shelf::Spam | Shelf::Merged))
        .filter(|(hit, _)| seen.insert(hit.ticket))
        .collect();
    hits.sort_by_key(|(hit, shelf)| (!shelf.goes_on(), Reverse(hit.ticket)));
    hits.into_iter()
        .map(|(hit, _)| (hit.ticket, hit.message))
        .collect()
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

/// The best message of each ticket.
fn best_messages(matching: &[fulltext::Hit]) -> HashMap<TicketId, MessageId> {
    let mut message: HashMap<TicketId, MessageId> = HashMap::new();
    for hit in matching {
        message.entry(hit.ticket).or_insert(hit.message);
    }
    message
}
