//! A search as one SQL condition on `tickets t`, written once for both databases. What is typed is always a parameter.

use kept_domain::fields::{Asked, Compared, FieldKind};
use kept_domain::ids::PersonId;
use kept_domain::search::{
    Asker, Condition, Has, Is, Moment, Query, Terms, When, numbered, whole_name,
};
use kept_domain::tickets::Bond;

use super::local;
use crate::bonds::{self, To};
use crate::convert::{containing, ms, turn_rank};
use crate::{Database, Value, fulltext, lists, watchers};

pub(super) const IN_SIGHT: &str = "t.shelf NOT IN ('spam', 'merged')";

/// The condition, and its parameters from `?1` on.
pub(super) fn written(database: Database, query: &Query, asker: Asker<'_>) -> (String, Vec<Value>) {
    let mut clauses = Clauses {
        database,
        asker,
        params: Vec::new(),
    };
    let sql = clauses.all(query, true);
    (sql, clauses.params)
}

struct Clauses<'a> {
    database: Database,
    asker: Asker<'a>,
    params: Vec<Value>,
}

impl Clauses<'_> {
    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.params.push(value.into());
        format!("?{}", self.params.len())
    }

    /// What is out of sight is found only by who asks for it; `in_sight` until somebody does.
    fn all(&mut self, query: &Query, in_sight: bool) -> String {
        let inside = in_sight && !query.asks_for_hidden_itself();
        let mut parts = Vec::new();
        if inside && !query.asks_for_hidden() {
            parts.push(IN_SIGHT.to_owned());
        }
        for condition in &query.conditions {
            parts.push(self.one(condition, inside));
        }
        if query.has_text() {
            let nowhere = || "1 = 0".to_owned();
            parts.push(self.holding(&query.terms()).unwrap_or_else(nowhere));
        } else {
            self.leave_out(&query.without, &mut parts);
        }
        if parts.is_empty() {
            parts.push("1 = 1".to_owned());
        }
        parts.join(" AND ")
    }

    /// The tickets with a message that holds the terms; `None` when they hold no word.
    fn holding(&mut self, terms: &Terms) -> Option<String> {
        let next = self.params.len() + 1;
        let (sql, value) = fulltext::condition(self.database, terms, "t.id", next)?;
        self.params.push(value);
        Some(sql)
    }

    /// Where no words are looked for, tickets that hold one of these anywhere are left out.
    fn leave_out(&mut self, without: &[String], parts: &mut Vec<String>) {
        for word in without {
            let terms = Terms {
                phrases: vec![word.clone()],
                ..Terms::default()
            };
            let found = self.holding(&terms);
            parts.extend(found.map(|sql| format!("NOT ({sql})")));
        }
    }

    fn one(&mut self, condition: &Condition, in_sight: bool) -> String {
        match condition {
            Condition::Not(inner) => format!("NOT ({})", self.one(inner, false)),
            Condition::Any(queries) => {
                let asks = in_sight && queries.iter().any(Query::asks_for_hidden);
                let each = queries.iter();
                let each = each.map(|query| format!("({})", self.all(query, asks)));
                format!("({})", each.collect::<Vec<_>>().join(" OR "))
            }
            Condition::Number(id) => format!("t.id = {}", self.bind(id.0)),
            Condition::Status(it) => format!("t.status = {}", self.bind(it.as_str())),
            Condition::Is(is) => self.stands(*is),
            Condition::Has(has) => self::has(*has),
            Condition::Turn(turn) => format!("t.turn_rank = {}", self.bind(turn_rank(*turn))),
            Condition::Priority(it) => format!("t.priority = {}", self.bind(it.as_str())),
            Condition::Kind(kind) => format!("t.kind = {}", self.bind(kind.as_str())),
            Condition::Tag(tag) => {
                let tag = self.bind(tag.as_str());
                format!("t.id IN (SELECT g.ticket_id FROM ticket_tags g WHERE g.tag = {tag})")
            }
            Condition::Client(text) => self.named("t.client_id", "clients", text),
            Condition::Asset(text) => self.asset(text),
            Condition::Bond(bond, other) => {
                let number = self.bind(other.0);
                bonds::condition(Some(*bond), &To::Number(number))
            }
            Condition::Queue(text) => self.named("t.queue_id", "queues", text),
            Condition::Subject(text) => {
                let pattern = self.bind(containing(text));
                format!("lower(t.subject) LIKE {pattern} ESCAPE '\\'")
            }
            Condition::From(text) => self.person("t.requester_id", text),
            Condition::Agent(text) => self.person("t.responsible_id", text),
            Condition::Offered(text) => self.person("t.delegated_to", text),
            Condition::Watching(text) => {
                let person = self.person("w.person_id", text);
                watchers::condition(&person)
            }
            Condition::With(text) => {
                let person = self.person("tp.person_id", text);
                format!(
                    "EXISTS (SELECT 1 FROM participants tp
                        WHERE tp.ticket_id = t.id AND tp.is_out = 0 AND {person})"
                )
            }
            Condition::Field(asked) => self.field(asked),
            Condition::Hour(hour) => self.on_the_clock(local::HOUR, i64::from(*hour)),
            Condition::Weekday(day) => self.on_the_clock(local::WEEKDAY, day.rank()),
            Condition::Time(moment, when) => self.time(*moment, *when),
        }
    }

    fn stands(&mut self, is: Is) -> String {
        let shelves = match is {
            Is::Late => {
                let now = self.bind(ms(self.asker.now));
                return format!("({})", lists::late(&now));
            }
            Is::Blocked => return bonds::condition(Some(Bond::BlockedBy), &To::Open),
            Is::Open => "t.shelf IN ('open', 'parked')",
            Is::Ended => "t.shelf IN ('resolved', 'closed')",
            Is::Spam => "t.shelf = 'spam'",
            Is::Merged => "t.shelf = 'merged'",
        };
        shelves.to_owned()
    }

    /// Nobody's is never null but false, so that it can be turned round.
    fn named(&mut self, column: &str, table: &str, text: &str) -> String {
        let found = if let Some(number) = numbered(text) {
            if table != "clients" {
                return self.exactly(column, number);
            }
            self.bind(number)
        } else if let Some(whole) = whole_name(text) {
            let whole = self.bind(whole.to_lowercase());
            format!("SELECT n.id FROM {table} n WHERE replace(lower(n.name), '\"', '') = {whole}")
        } else {
            let pattern = self.bind(containing(text));
            format!("SELECT n.id FROM {table} n WHERE lower(n.name) LIKE {pattern} ESCAPE '\\'")
        };
        match table {
            "clients" => among_told(column, table, &found),
            _ => format!("({column} IS NOT NULL AND {column} IN ({found}))"),
        }
    }

    fn asset(&mut self, text: &str) -> String {
        let is_it = match numbered(text) {
            Some(number) => format!("x.id = {}", self.bind(number)),
            None => {
                let pattern = self.bind(containing(text));
                format!(
                    "(lower(x.name) LIKE {pattern} ESCAPE '\\' OR lower(x.identifier) LIKE {pattern} ESCAPE '\\')"
                )
            }
        };
        format!(
            "t.id IN (SELECT ta.ticket_id FROM ticket_assets ta JOIN assets x ON x.id = ta.asset_id
                WHERE {is_it})"
        )
    }

    fn exactly(&mut self, column: &str, number: i64) -> String {
        let number = self.bind(number);
        format!("({column} IS NOT NULL AND {column} = {number})")
    }

    fn person(&mut self, column: &str, text: &str) -> String {
        if text == "me" {
            let me = self.asker.me.unwrap_or(PersonId(0));
            return self.exactly(column, me.0);
        }
        // Only people of clients are merged.
        let merges = matches!(column, "t.requester_id" | "tp.person_id");
        let found = if let Some(number) = numbered(text) {
            if !merges {
                return self.exactly(column, number);
            }
            self.bind(number)
        } else if let Some(whole) = whole_name(text) {
            let whole = self.bind(whole.to_lowercase());
            format!(
                "SELECT p.id FROM people p WHERE replace(lower(p.name), '\"', '') = {whole}
                UNION SELECT pa.person_id FROM person_addresses pa WHERE pa.address = {whole}"
            )
        } else {
            let pattern = self.bind(containing(text));
            format!(
                "SELECT p.id FROM people p WHERE lower(p.name) LIKE {pattern} ESCAPE '\\'
                UNION SELECT pa.person_id FROM person_addresses pa
                    WHERE pa.address LIKE {pattern} ESCAPE '\\'"
            )
        };
        match merges {
            true => among_told(column, "people", &found),
            false => format!("({column} IS NOT NULL AND {column} IN ({found}))"),
        }
    }

    fn field(&mut self, asked: &Asked) -> String {
        let slug = self.bind(asked.slug.as_str());
        let holds = match &asked.compared {
            Compared::None | Compared::Any => "1 = 1".to_owned(),
            Compared::Is(text) => self.field_is(text),
            other => match other.bounds() {
                Some((kind, from, to)) => self.field_between(kind, from, to),
                None => "1 = 0".to_owned(),
            },
        };
        let not = if asked.compared == Compared::None {
            "NOT "
        } else {
            ""
        };
        format!(
            "t.id {not}IN (SELECT fv.ticket_id FROM custom_fields cf
                JOIN ticket_fields fv ON fv.field_id = cf.id WHERE cf.slug = {slug} AND {holds})"
        )
    }

    fn field_is(&mut self, text: &str) -> String {
        let pattern = self.bind(containing(text));
        let person = self.person("fv.number", text);
        let exactly = match Compared::exactly(text) {
            Some(literal) => {
                let (kind, number) = literal.compares();
                self.field_between(kind, Some(number), Some(number))
            }
            None => "1 = 0".to_owned(),
        };
        format!(
            "((cf.kind IN ('text', 'choice') AND lower(fv.value) LIKE {pattern} ESCAPE '\\')
                OR (cf.kind = 'person' AND {person}) OR {exactly})"
        )
    }

    /// Both ends included.
    fn field_between(&mut self, kind: FieldKind, from: Option<i64>, to: Option<i64>) -> String {
        let mut sql = format!("(cf.kind = {}", self.bind(kind.as_str()));
        if let Some(from) = from {
            sql += &format!(" AND fv.number >= {}", self.bind(from));
        }
        if let Some(to) = to {
            sql += &format!(" AND fv.number <= {}", self.bind(to));
        }
        sql + ")"
    }

    /// What the clock of whoever asks showed when it was opened.
    fn on_the_clock(&mut self, part: &str, is: i64) -> String {
        let there = local::ms("t.opened_at_ms", self.asker.now, self.asker.zone);
        format!("{} = {}", part.replace("{ms}", &there), self.bind(is))
    }

    fn time(&mut self, moment: Moment, when: When) -> String {
        let column = match moment {
            Moment::Opened => "t.opened_at_ms",
            Moment::Changed => "t.touched_at_ms",
            Moment::Resolved => "t.resolved_at_ms",
            Moment::Closed => "t.closed_at_ms",
            Moment::Due => "t.due_at_ms",
            Moment::Turned => "t.turn_since_ms",
        };
        let bounds = when.bounds(moment, self.asker.now, self.asker.zone);
        let mut sql = format!("({column} IS NOT NULL");
        if let Some(from) = bounds.from_ms {
            sql += &format!(" AND {column} >= {}", self.bind(from));
        }
        if let Some(until) = bounds.until_ms {
            sql += &format!(" AND {column} < {}", self.bind(until));
        }
        sql + ")"
    }
}

/// That `column` holds one of the cards `found`, or one that is told as the same.
fn among_told(column: &str, table: &str, found: &str) -> String {
    format!(
        "({column} IS NOT NULL AND {column} IN (
            WITH stays AS (SELECT coalesce(k.merged_into, k.id) AS id FROM {table} k WHERE k.id IN ({found}))
            SELECT id FROM stays
            UNION SELECT w.id FROM {table} w JOIN stays ON w.merged_into = stays.id))"
    )
}

fn has(has: Has) -> String {
    let holds = match has {
        Has::Links => return bonds::condition(None, &To::Any),
        Has::Client => "t.client_id IS NOT NULL",
        Has::Tag => "t.tags <> ''",
        Has::Wait => "t.wait IS NOT NULL",
        Has::Offer => "t.delegated_to IS NOT NULL",
        Has::Asset => "EXISTS (SELECT 1 FROM ticket_assets ta WHERE ta.ticket_id = t.id)",
        Has::Attachment => {
            "EXISTS (SELECT 1 FROM messages m JOIN attachments f ON f.message_id = m.id
                WHERE m.ticket_id = t.id AND m.withdrawn_at_ms IS NULL AND f.minor = 0)"
        }
        Has::Promise => {
            "EXISTS (SELECT 1 FROM promises pr WHERE pr.ticket_id = t.id
                AND pr.state IN ('open', 'renegotiated', 'broken'))"
        }
    };
    holds.to_owned()
}
