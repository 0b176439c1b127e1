//! The search language as SQL: words through the full text, fields through conditions on tickets.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kept_domain::ids::{MessageId, PersonId, TicketId};
use kept_domain::search::{Condition, Is, Query};

use crate::convert::{containing, turn_rank};
use crate::fulltext::{self, Terms};
use crate::lists::{self, ListedTicket};
use crate::tickets::Shelf;
use crate::{Database, StoreError, Tx, Value};

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
/// the newest first. Spam and merged tickets are found only when they are asked for. `me` is who
/// `agent:me` means; days begin and end in `zone`, and what
/// was due before `now` is late.
pub fn tickets(
    tx: &mut Tx<'_>,
    query: &Query,
    me: Option<PersonId>,
    (zone, now): (&TimeZone, Timestamp),
    limit: usize,
) -> Result<Vec<Hit>, StoreError> {
    let terms = query.terms();
    if query.conditions.is_empty() {
        return by_words(tx, &terms, limit);
    }
    let mut clauses = Clauses {
        sql: Vec::new(),
        params: Vec::new(),
        me,
        zone,
        now,
    };
    for condition in &query.conditions {
        let sql = clauses.write(condition);
        clauses.sql.push(sql);
    }
    if !query.asks_for_hidden() {
        clauses.sql.push(IN_SIGHT.to_owned());
    }
    if query.has_text() {
        let Some(sql) = clauses.holding(tx.database(), &terms) else {
            return Ok(vec![]);
        };
        clauses.sql.push(sql);
    } else {
        clauses.leave_out(tx.database(), &query.without);
    }
    let found = lists::matching(tx, &clauses.sql.join(" AND "), &clauses.params, limit)?;
    Ok(found
        .into_iter()
        .map(|ticket| Hit {
            ticket,
            message: None,
        })
        .collect())
}

const IN_SIGHT: &str = "t.shelf NOT IN ('spam', 'merged')";

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
    let mut best: Vec<TicketId> = Vec::new();
    let mut message: HashMap<TicketId, MessageId> = HashMap::new();
    for hit in matching {
        if let Entry::Vacant(place) = message.entry(hit.ticket) {
            place.insert(hit.message);
            best.push(hit.ticket);
        }
    }
    let found = lists::by_ids(tx, &best)?.into_iter();
    let in_sight = found.filter(|ticket| !matches!(ticket.shelf, Shelf::Spam | Shelf::Merged));
    let hits = in_sight.map(|ticket| Hit {
        message: message.get(&ticket.id).copied(),
        ticket,
    });
    Ok(hits.collect())
}

struct Clauses<'a> {
    sql: Vec<String>,
    params: Vec<Value>,
    me: Option<PersonId>,
    zone: &'a TimeZone,
    now: Timestamp,
}

impl Clauses<'_> {
    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.params.push(value.into());
        format!("?{}", self.params.len())
    }

    /// The tickets with a message that holds the terms; `None` when they hold no word.
    fn holding(&mut self, database: Database, terms: &Terms) -> Option<String> {
        let (sql, value) = fulltext::condition(database, terms, "t.id", self.params.len() + 1)?;
        self.params.push(value);
        Some(sql)
    }

    /// Where no words are looked for, tickets that hold one of these anywhere are left out.
    fn leave_out(&mut self, database: Database, without: &[String]) {
        for word in without {
            let terms = Terms {
                phrases: vec![word.clone()],
                ..Terms::default()
            };
            if let Some(sql) = self.holding(database, &terms) {
                self.sql.push(format!("NOT ({sql})"));
            }
        }
    }

    fn write(&mut self, condition: &Condition) -> String {
        match condition {
            Condition::Not(inner) => format!("NOT ({})", self.write(inner)),
            Condition::Number(id) => format!("t.id = {}", self.bind(id.0)),
            Condition::Status(status) => format!("t.status = {}", self.bind(status.as_str())),
            Condition::Is(is) => self.stands(*is),
            Condition::Turn(turn) => format!("t.turn_rank = {}", self.bind(turn_rank(*turn))),
            Condition::Priority(priority) => {
                format!("t.priority = {}", self.bind(priority.as_str()))
            }
            Condition::Kind(kind) => format!("t.kind = {}", self.bind(kind.as_str())),
            Condition::Tag(tag) => {
                let tag = self.bind(tag.as_str());
                format!("t.id IN (SELECT g.ticket_id FROM ticket_tags g WHERE g.tag = {tag})")
            }
            Condition::Client(text) => {
                let pattern = self.bind(containing(text));
                format!("coalesce(lower(c.name), '') LIKE {pattern} ESCAPE '\\'")
            }
            Condition::Queue(text) => {
                let pattern = self.bind(containing(text));
                format!("lower(q.name) LIKE {pattern} ESCAPE '\\'")
            }
            Condition::From(text) => self.person("t.requester_id", text),
            Condition::Agent(text) if text == "me" => {
                let me = self.bind(self.me.map_or(0, |person| person.0));
                format!("t.responsible_id = {me}")
            }
            Condition::Agent(text) => self.person("t.responsible_id", text),
            Condition::Before(day) => format!("t.opened_at_ms < {}", self.day(*day)),
            Condition::After(day) => format!("t.opened_at_ms >= {}", self.day(*day)),
        }
    }

    fn stands(&mut self, is: Is) -> String {
        let shelves = match is {
            Is::Late => {
                let now = self.bind(self.now.as_millisecond());
                return format!("({})", lists::late(&now));
            }
            Is::Open => "t.shelf IN ('open', 'parked')",
            Is::Ended => "t.shelf IN ('resolved', 'closed')",
            Is::Spam => "t.shelf = 'spam'",
            Is::Merged => "t.shelf = 'merged'",
        };
        shelves.to_owned()
    }

    fn person(&mut self, column: &str, text: &str) -> String {
        let pattern = self.bind(containing(text));
        format!(
            "EXISTS (SELECT 1 FROM people p WHERE p.id = {column}
                AND (lower(p.name) LIKE {pattern} ESCAPE '\\' OR EXISTS (
                    SELECT 1 FROM person_addresses a
                    WHERE a.person_id = p.id AND a.address LIKE {pattern} ESCAPE '\\')))"
        )
    }

    fn day(&mut self, day: Date) -> String {
        let begins = day
            .to_zoned(self.zone.clone())
            .map(|zoned| zoned.timestamp());
        self.bind(begins.map_or(i64::MAX, |at| at.as_millisecond()))
    }
}
