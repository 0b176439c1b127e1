//! The tickets a search finds, counted by up to three fields. The databases count; no ticket is loaded.

use std::collections::HashMap;

use kept_domain::reports::{By, Key, Line, Table, ages};
use kept_domain::search::{Asker, Query};

use super::{clauses, local};
use crate::convert::places;
use crate::{Database, Row, StoreError, Tx, Value};

/// At most `most` lines; the table says how many more there are. A query that asks nothing counts every ticket in sight.
pub fn grouped(
    tx: &mut Tx<'_>,
    query: &Query,
    asker: Asker<'_>,
    by: &[By],
    most: usize,
) -> Result<Table, StoreError> {
    let (condition, mut params) = clauses::written(tx.database(), query, asker);
    params.push(most.into());
    let database = tx.database();
    let columns = by.iter().map(|by| column(*by, database, asker));
    let columns: Vec<String> = columns.collect();
    let sql = match columns.is_empty() {
        true => format!(
            "SELECT count(*) AS many, count(*) AS tickets, CAST(1 AS BIGINT) AS lines
            FROM tickets t WHERE {condition} LIMIT ?{}",
            params.len()
        ),
        false => counted(by, &columns, &condition, params.len()),
    };
    let rows = tx.rows(&sql, &params)?;
    let total = |name: &str| rows.first().map_or(Ok(0), |row| row.int(name));
    let (lines, tickets) = (total("lines")?, total("tickets")?);
    let shown = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let found = rows.iter().map(|row| read(row, by));
    let mut found: Vec<Line> = found.collect::<Result<_, _>>()?;
    for (at, by) in by.iter().enumerate() {
        name(tx, *by, &mut found, at)?;
    }
    Ok(Table::arranged(
        by.to_vec(),
        found,
        (lines - shown, tickets),
    ))
}

/// The latest times stay when there are too many lines, or else the largest groups.
fn counted(by: &[By], columns: &[String], condition: &str, limit: usize) -> String {
    let named = columns.iter().enumerate();
    let named: Vec<String> = named.map(|(at, sql)| format!("{sql} AS k{at}")).collect();
    let numbers: Vec<String> = (1..=columns.len()).map(|at| at.to_string()).collect();
    let (named, numbers) = (named.join(", "), numbers.join(", "));
    let tags = match by.contains(&By::Tag) {
        true => "LEFT JOIN ticket_tags g ON g.ticket_id = t.id",
        false => "",
    };
    let order = match by.first() {
        Some(first) if first.order() == kept_domain::reports::Order::Time => "1 DESC, many DESC",
        _ => "many DESC, 1",
    };
    format!(
        "SELECT {named}, count(*) AS many, CAST(sum(count(*)) OVER () AS BIGINT) AS tickets,
            count(*) OVER () AS lines
        FROM tickets t {tags} WHERE {condition}
        GROUP BY {numbers} ORDER BY {order} LIMIT ?{limit}"
    )
}

/// The plus keeps SQLite from walking the index of one field, with a look at the ticket for each other; one index has all.
fn column(by: By, database: Database, asker: Asker<'_>) -> String {
    let there = |column: &str| local::ms(column, asker.now, asker.zone);
    let opened = |part: &str| part.replace("{ms}", &there("t.opened_at_ms"));
    let resolved = |part: &str| part.replace("{ms}", &there("t.resolved_at_ms"));
    match by {
        // Only a desk that merged clients asks for each ticket which one stays.
        By::Client => format!(
            "CASE WHEN EXISTS (SELECT 1 FROM clients m WHERE m.merged_into IS NOT NULL)
                THEN {} ELSE t.client_id END",
            crate::merges::client_that_stays("t.client_id")
        ),
        By::Agent => "+t.responsible_id".to_owned(),
        By::Queue => "+t.queue_id".to_owned(),
        By::Status => "t.status".to_owned(),
        By::Turn => "+t.turn_rank".to_owned(),
        By::Priority => "t.priority".to_owned(),
        By::Kind => "t.kind".to_owned(),
        By::Tag => "g.tag".to_owned(),
        By::Age => age(asker),
        By::OpenedDay => opened(local::DAY),
        By::OpenedWeek => opened(local::WEEK),
        By::OpenedMonth => opened(local::month(database)),
        By::Weekday => opened(local::WEEKDAY),
        By::Hour => opened(local::HOUR),
        By::ResolvedDay => resolved(local::DAY),
        By::ResolvedWeek => resolved(local::WEEK),
        By::ResolvedMonth => resolved(local::month(database)),
    }
}

fn age(asker: Asker<'_>) -> String {
    let mut sql = String::from("CASE");
    for (place, limit) in ages(asker.now, asker.zone).into_iter().enumerate() {
        let limit = limit.as_millisecond();
        sql.push_str(&format!(" WHEN t.opened_at_ms >= {limit} THEN {place}"));
    }
    format!("{sql} ELSE 4 END")
}

fn read(row: &Row, by: &[By]) -> Result<Line, StoreError> {
    let mut keys = Vec::with_capacity(by.len());
    for (at, by) in by.iter().enumerate() {
        let found = match by {
            By::Status | By::Priority | By::Kind | By::Tag => row.maybe_text(at)?.map(Key::Word),
            _ => row.maybe_int(at)?.map(Key::Number),
        };
        keys.push(found.unwrap_or(Key::Nothing));
    }
    let tickets = row.int("many")?;
    Ok(Line { keys, tickets })
}

/// Names asked for at once.
const AT_ONCE: usize = 500;

/// Puts names in the place of numbers. Two with the same name are found by the same search, so they count as one.
fn name(tx: &mut Tx<'_>, by: By, lines: &mut [Line], at: usize) -> Result<(), StoreError> {
    let table = match by {
        By::Client => "clients",
        By::Agent => "people",
        By::Queue => "queues",
        _ => return Ok(()),
    };
    let mut ids: Vec<i64> = lines.iter().filter_map(|line| number(line, at)).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut same: HashMap<String, String> = HashMap::new();
    let mut names: HashMap<i64, String> = HashMap::new();
    for some in ids.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT id, name FROM {table} WHERE id IN ({}) ORDER BY id",
            places(1, some.len())
        );
        let params: Vec<Value> = some.iter().map(|id| (*id).into()).collect();
        for row in tx.rows(&sql, &params)? {
            let name = row.text("name")?;
            let folded = name.to_lowercase().replace('"', "");
            let known = same.entry(folded).or_insert(name).clone();
            names.insert(row.int("id")?, known);
        }
    }
    for line in lines {
        let known = number(line, at).and_then(|id| names.get(&id)).cloned();
        if let Some(key) = line.keys.get_mut(at) {
            *key = known.map_or(Key::Nothing, Key::Word);
        }
    }
    Ok(())
}

fn number(line: &Line, at: usize) -> Option<i64> {
    match line.keys.get(at) {
        Some(Key::Number(number)) => Some(*number),
        _ => None,
    }
}
