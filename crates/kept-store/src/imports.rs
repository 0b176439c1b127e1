//! Tables that are brought in: their lines, and what would become or became of each.

use jiff::Timestamp;
use kept_domain::ids::PersonId;
use kept_domain::imports::{Kind, Mapping, Outcome};

use crate::convert::{at, json, maybe_at, ms, to_json, word};
use crate::{Database, Row, StoreError, Tx, Value};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    pub id: i64,
    pub by: PersonId,
    pub kind: Kind,
    pub file_name: String,
    pub headers: Vec<String>,
    pub mapping: Mapping,
    pub state: State,
    pub began: Timestamp,
    pub ended: Option<Timestamp>,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Somebody has to say what the columns mean.
    Mapping,
    /// Each line is looked at.
    Looking,
    /// All were looked at; somebody decides.
    Looked,
    Doing,
    Done,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            State::Mapping => "mapping",
            State::Looking => "looking",
            State::Looked => "looked",
            State::Doing => "doing",
            State::Done => "done",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        use State::{Doing, Done, Looked, Looking, Mapping};
        let all = [Mapping, Looking, Looked, Doing, Done];
        all.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether there is something to do in the background.
    pub fn goes_on(self) -> bool {
        matches!(self, State::Looking | State::Doing)
    }
}

/// A line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub line: i64,
    pub cells: Vec<String>,
    pub outcome: Outcome,
    pub says: String,
    pub card: Option<i64>,
}

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    pub outcome: Outcome,
    pub says: String,
    pub key: Option<String>,
    pub card: Option<i64>,
}

const COLUMNS: &str = "id, by_id, kind, file_name, headers, mapping, state, began_ms, ended_ms";
/// Rows written by one statement.
const AT_ONCE: usize = 200;

/// Writes a table down with its lines, the first of which is line 2; its number is in the answer.
pub fn insert(tx: &mut Tx<'_>, new: &Import, lines: &[Vec<String>]) -> Result<i64, StoreError> {
    let sql = "INSERT INTO imports (by_id, kind, file_name, headers, mapping, state, began_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id";
    let params = [
        new.by.0.into(),
        new.kind.as_str().into(),
        new.file_name.as_str().into(),
        to_json(&new.headers)?,
        to_json(&new.mapping)?,
        new.state.as_str().into(),
        ms(new.began).into(),
    ];
    let row = tx.one(sql, &params)?;
    let id = row.ok_or_else(StoreError::nothing_returned)?.int("id")?;
    for (part, some) in lines.chunks(AT_ONCE).enumerate() {
        write_lines(tx, id, part * AT_ONCE + 2, some)?;
    }
    Ok(id)
}

fn write_lines(
    tx: &mut Tx<'_>,
    id: i64,
    first: usize,
    lines: &[Vec<String>],
) -> Result<(), StoreError> {
    let places = (0..lines.len()).map(|at| {
        let (line, cells) = (at * 2 + 2, at * 2 + 3);
        format!("(?1, ?{line}, ?{cells}, 'waiting', '')")
    });
    let places: Vec<String> = places.collect();
    let sql = format!(
        "INSERT INTO import_lines (import_id, line, cells, outcome, says) VALUES {}",
        places.join(", ")
    );
    let mut params: Vec<Value> = vec![id.into()];
    for (at, cells) in lines.iter().enumerate() {
        params.extend([Value::from(first + at), to_json(cells)?]);
    }
    tx.exec(&sql, &params)?;
    Ok(())
}

pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Import>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM imports WHERE id = ?1");
    let row = tx.one(&sql, &[id.into()])?;
    row.map(|row| read(&row)).transpose()
}

/// The same for who goes on with it: on PostgreSQL nobody else does until the transaction ends.
pub fn find_to_change(tx: &mut Tx<'_>, id: i64) -> Result<Option<Import>, StoreError> {
    let lock = match tx.database() {
        Database::Sqlite => "",
        Database::Postgres => " FOR UPDATE",
    };
    let sql = format!("SELECT {COLUMNS} FROM imports WHERE id = ?1{lock}");
    let row = tx.one(&sql, &[id.into()])?;
    row.map(|row| read(&row)).transpose()
}

/// The latest, newest first.
pub fn latest(tx: &mut Tx<'_>, limit: usize) -> Result<Vec<Import>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM imports ORDER BY id DESC LIMIT ?1");
    tx.rows(&sql, &[limit.into()])?.iter().map(read).collect()
}

/// Those that are not through.
pub fn under_way(tx: &mut Tx<'_>) -> Result<Vec<Import>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM imports WHERE state IN ('looking', 'doing') ORDER BY id LIMIT 100"
    );
    tx.rows(&sql, &[])?.iter().map(read).collect()
}

/// Writes down how it stands now.
pub fn set_state(
    tx: &mut Tx<'_>,
    id: i64,
    state: State,
    ended: Option<Timestamp>,
) -> Result<(), StoreError> {
    let sql = "UPDATE imports SET state = ?2, ended_ms = ?3 WHERE id = ?1";
    let params = [id.into(), state.as_str().into(), ended.map(ms).into()];
    tx.exec(sql, &params)?;
    Ok(())
}

/// Another meaning of its columns: every line is looked at anew.
pub fn set_mapping(tx: &mut Tx<'_>, id: i64, mapping: &Mapping) -> Result<(), StoreError> {
    let sql = "UPDATE imports SET mapping = ?2 WHERE id = ?1";
    tx.exec(sql, &[id.into(), to_json(mapping)?])?;
    let sql = "UPDATE import_lines SET outcome = 'waiting', says = '', line_key = NULL,
        card_id = NULL WHERE import_id = ?1";
    tx.exec(sql, &[id.into()])?;
    Ok(())
}

/// Lines of one of these outcomes after a line, in their order.
pub fn lines(
    tx: &mut Tx<'_>,
    id: i64,
    outcomes: &[Outcome],
    after: i64,
    limit: usize,
) -> Result<Vec<Line>, StoreError> {
    let mut params: Vec<Value> = vec![id.into(), after.into(), limit.into()];
    let places: Vec<String> = (0..outcomes.len())
        .map(|at| format!("?{}", at + 4))
        .collect();
    params.extend(outcomes.iter().map(|it| Value::from(it.as_str())));
    let sql = format!(
        "SELECT line, cells, outcome, says, card_id FROM import_lines
        WHERE import_id = ?1 AND line > ?2 AND outcome IN ({}) ORDER BY line LIMIT ?3",
        places.join(", ")
    );
    tx.rows(&sql, &params)?.iter().map(read_line).collect()
}

/// An earlier line with the same key.
pub fn earlier(
    tx: &mut Tx<'_>,
    id: i64,
    key: &str,
    before: i64,
) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT min(line) AS line FROM import_lines
        WHERE import_id = ?1 AND line_key = ?2 AND line < ?3";
    let row = tx.one(sql, &[id.into(), key.into(), before.into()])?;
    row.map_or(Ok(None), |row| row.maybe_int("line"))
}

/// Writes down what becomes of a line.
pub fn settle(tx: &mut Tx<'_>, id: i64, line: i64, fate: &Fate) -> Result<(), StoreError> {
    let sql = "UPDATE import_lines SET outcome = ?3, says = ?4, line_key = coalesce(?5, line_key),
        card_id = ?6 WHERE import_id = ?1 AND line = ?2";
    let params = [
        id.into(),
        line.into(),
        fate.outcome.as_str().into(),
        fate.says.as_str().into(),
        fate.key.as_deref().into(),
        fate.card.into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// How many lines came out how.
pub fn outcomes(tx: &mut Tx<'_>, id: i64) -> Result<Vec<(Outcome, i64)>, StoreError> {
    let sql = "SELECT outcome, count(*) AS many FROM import_lines WHERE import_id = ?1
        GROUP BY outcome ORDER BY outcome";
    let pair = |row: &Row| Ok((word(row, "outcome", Outcome::from_text)?, row.int("many")?));
    tx.rows(sql, &[id.into()])?.iter().map(pair).collect()
}

fn read(row: &Row) -> Result<Import, StoreError> {
    Ok(Import {
        id: row.int("id")?,
        by: PersonId(row.int("by_id")?),
        kind: word(row, "kind", Kind::from_text)?,
        file_name: row.text("file_name")?,
        headers: json(row, "headers")?,
        mapping: json(row, "mapping")?,
        state: word(row, "state", State::from_text)?,
        began: at(row, "began_ms")?,
        ended: maybe_at(row, "ended_ms")?,
    })
}

fn read_line(row: &Row) -> Result<Line, StoreError> {
    Ok(Line {
        line: row.int("line")?,
        cells: json(row, "cells")?,
        outcome: word(row, "outcome", Outcome::from_text)?,
        says: row.text("says")?,
        card: row.maybe_int("card_id")?,
    })
}
