//! The tickets behind a figure.

use jiff::Timestamp;
use kept_domain::clocks::{Owed, Side, Whose};
use kept_domain::ids::TicketId;
use kept_domain::scorecards::Fate;

use super::{Asked, Clause, UNTIL_END, WITHIN, fate};
use crate::convert::{at, maybe_at, word};
use crate::{Row, StoreError, Tx, Value};

/// Which of them are wanted; `None` asks for any.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    pub side: Option<Side>,
    pub owed: Option<Owed>,
    pub fates: Vec<Fate>,
}

/// One obligation and its ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    pub ticket: TicketId,
    pub subject: String,
    pub client: Option<String>,
    pub side: Side,
    pub owed: Owed,
    pub fate: Fate,
    pub began: Timestamp,
    /// The due time that passed unmet, else when it was or is due; `None` while it stands still.
    pub due: Option<Timestamp>,
    /// When it was done.
    pub done: Option<Timestamp>,
    pub used_ms: Option<i64>,
    /// Who was responsible then.
    pub responsible: String,
}

/// What of a ticket's time lies within the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub ticket: TicketId,
    pub subject: String,
    pub client: Option<String>,
    pub responsible: String,
    pub ms: i64,
}

/// Up to `limit` obligations that a scorecard counted, the latest first.
pub fn behind(
    tx: &mut Tx<'_>,
    asked: &Asked,
    wanted: &Wanted,
    limit: usize,
) -> Result<Vec<Behind>, StoreError> {
    let Clause { of, mut params } = asked.clause("o.");
    let mut bind = |value: Value| {
        params.push(value);
        format!("?{}", params.len())
    };
    let mut clauses = vec![of];
    if let Some(side) = wanted.side {
        clauses.push(format!("o.side = {}", bind(side.as_str().into())));
    }
    if let Some(owed) = wanted.owed {
        clauses.push(format!("o.owed = {}", bind(owed.as_str().into())));
    }
    clauses.push(fates(&wanted.fates));
    let limit = bind(limit.into());
    let sql = format!(
        "SELECT o.ticket_id, o.side, o.owed, o.outcome, o.ended_how, o.began_at_ms, o.due_at_ms, o.missed_at_ms,
            o.ended_at_ms, o.settled_at_ms, o.used_ms, t.subject, c.name AS client, a.name AS responsible
        FROM obligations o
        JOIN tickets t ON t.id = o.ticket_id
        JOIN people a ON a.id = o.responsible_id
        LEFT JOIN clients co ON co.id = o.client_id
        LEFT JOIN clients c ON c.id = coalesce(co.merged_into, co.id)
        WHERE {} AND o.counting = 'once' AND ?1 <= ?2
        ORDER BY coalesce(o.settled_at_ms, o.began_at_ms) DESC, o.ticket_id DESC, o.owed, o.run LIMIT {limit}",
        clauses.join(" AND ")
    );
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

const SETTLED: &str = "o.settled_at_ms >= ?1 AND o.settled_at_ms < ?2";
const OWED: &str = "(o.settled_at_ms IS NULL AND o.began_at_ms < ?2)";

/// Any of these ends; all of them when none is named.
fn fates(fates: &[Fate]) -> String {
    let one = |fate: &Fate| match fate {
        Fate::Met => format!("({SETTLED} AND o.outcome = 'met')"),
        Fate::Late => format!("({SETTLED} AND o.outcome = 'missed' AND o.ended_how = 'done')"),
        Fate::NotDone => {
            let not_done = "coalesce(o.ended_how, '') <> 'done'";
            format!("({SETTLED} AND o.outcome = 'missed' AND {not_done})")
        }
        Fate::Owed => OWED.to_owned(),
    };
    match fates {
        [] => format!("(({SETTLED} AND o.outcome <> 'dropped') OR {OWED})"),
        some => format!(
            "({})",
            some.iter().map(one).collect::<Vec<_>>().join(" OR ")
        ),
    }
}

fn read(row: &Row) -> Result<Behind, StoreError> {
    let fate = match row.maybe_int("settled_at_ms")? {
        Some(_) => fate(row)?,
        None => Fate::Owed,
    };
    let is_done = matches!(fate, Fate::Met | Fate::Late);
    Ok(Behind {
        ticket: TicketId(row.int("ticket_id")?),
        subject: row.text("subject")?,
        client: row.maybe_text("client")?,
        side: word(row, "side", Side::from_text)?,
        owed: word(row, "owed", Owed::from_text)?,
        fate,
        began: at(row, "began_at_ms")?,
        due: maybe_at(row, "missed_at_ms")?.or(maybe_at(row, "due_at_ms")?),
        done: maybe_at(row, "ended_at_ms")?.filter(|_| is_done),
        used_ms: row.maybe_int("used_ms")?,
        responsible: row.text("responsible")?,
    })
}

/// Up to `limit` tickets with the time they were somebody's turn, the longest first.
pub fn held(
    tx: &mut Tx<'_>,
    asked: &Asked,
    whose: Whose,
    limit: usize,
) -> Result<Vec<Held>, StoreError> {
    let Clause { of, mut params } = asked.clause("");
    params.extend([whose.as_str().into(), limit.into()]);
    let (whose, limit) = (params.len() - 1, params.len());
    let sql = format!(
        "SELECT h.ticket_id, CAST(sum(h.spent) AS BIGINT) AS spent, t.subject, c.name AS client, a.name AS responsible
        FROM (SELECT ticket_id, {WITHIN} AS spent FROM turns
                WHERE {of} AND whose = ?{whose} AND to_ms > ?1 AND from_ms < ?2 GROUP BY ticket_id
            UNION ALL SELECT ticket_id, {UNTIL_END} AS spent FROM turns
                WHERE {of} AND whose = ?{whose} AND to_ms IS NULL AND from_ms < ?2 GROUP BY ticket_id) h
        JOIN tickets t ON t.id = h.ticket_id
        JOIN people a ON a.id = t.responsible_id
        LEFT JOIN clients co ON co.id = t.client_id
        LEFT JOIN clients c ON c.id = coalesce(co.merged_into, co.id)
        GROUP BY h.ticket_id, t.subject, c.name, a.name
        ORDER BY spent DESC, h.ticket_id LIMIT ?{limit}"
    );
    let read = |row: &Row| {
        Ok(Held {
            ticket: TicketId(row.int("ticket_id")?),
            subject: row.text("subject")?,
            client: row.maybe_text("client")?,
            responsible: row.text("responsible")?,
            ms: row.int("spent")?,
        })
    };
    tx.rows(&sql, &params)?.iter().map(read).collect()
}
