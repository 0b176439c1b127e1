//! What scorecards count: obligations by how they ended, the time they took, and where the time went. Each is summed by the
//! database, and each sum can be taken apart again into the tickets behind it.

mod behind;
mod promises;

use jiff::Timestamp;
use kept_domain::clocks::{Outcome, Owed, Side, Whose};
use kept_domain::scorecards::{Counting, Fate, Of, Tally, Times, Used};

use crate::convert::{ms, word};
use crate::merges::told_as_client;
use crate::{Row, StoreError, Tx, Value};

pub use behind::{Behind, Held, Wanted, behind, held};
pub use promises::promises_by_month;

/// What is asked about: whose, from when on, and until when (not included).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    pub of: Of,
    pub from: Timestamp,
    pub to: Timestamp,
}

/// A condition on rows with its parameters: `?1` and `?2` are the period's ends.
struct Clause {
    of: String,
    params: Vec<Value>,
}

impl Asked {
    /// `table` stands before each column: nothing, or `o.`.
    fn clause(&self, table: &str) -> Clause {
        let mut params: Vec<Value> = vec![ms(self.from).into(), ms(self.to).into()];
        let (column, id) = match self.of {
            Of::Desk => {
                let of = "1 = 1".to_owned();
                return Clause { of, params };
            }
            Of::Client(client) => {
                params.push(client.0.into());
                let of = format!("{table}client_id IN ({})", told_as_client("?3"));
                return Clause { of, params };
            }
            Of::Agent(person) => ("responsible_id", person.0),
            Of::Queue(queue) => ("queue_id", queue.0),
        };
        params.push(id.into());
        let of = format!("{table}{column} = ?3");
        Clause { of, params }
    }
}

/// What was settled in the period, and what is owed now that began before its end.
pub fn tallies(tx: &mut Tx<'_>, asked: &Asked) -> Result<Vec<Tally>, StoreError> {
    let Clause { of, params } = asked.clause("");
    let settled = format!(
        "SELECT side, owed, counting, outcome, ended_how, count(*) AS many FROM obligations
        WHERE {of} AND settled_at_ms >= ?1 AND settled_at_ms < ?2 AND outcome <> 'dropped'
        GROUP BY side, owed, counting, outcome, ended_how"
    );
    let mut found: Vec<Tally> = Vec::new();
    for row in tx.rows(&settled, &params)? {
        let tally = tally(&row, fate(&row)?)?;
        add(&mut found, tally);
    }
    // The beginning of the period is no condition here; it is named so that every parameter has its place.
    let owed = format!(
        "SELECT side, owed, counting, count(*) AS many FROM obligations
        WHERE {of} AND settled_at_ms IS NULL AND began_at_ms < ?2 AND ?1 <= ?2
        GROUP BY side, owed, counting"
    );
    for row in tx.rows(&owed, &params)? {
        found.push(tally(&row, Fate::Owed)?);
    }
    Ok(found)
}

/// Dropped late and never done are one fate.
fn add(found: &mut Vec<Tally>, tally: Tally) {
    let key = |it: &Tally| (it.side, it.owed, it.counting, it.fate);
    match found.iter_mut().find(|it| key(it) == key(&tally)) {
        Some(known) => known.count += tally.count,
        None => found.push(tally),
    }
}

fn tally(row: &Row, fate: Fate) -> Result<Tally, StoreError> {
    Ok(Tally {
        side: word(row, "side", Side::from_text)?,
        owed: word(row, "owed", Owed::from_text)?,
        counting: word(row, "counting", Counting::from_text)?,
        fate,
        count: row.int("many")?,
    })
}

fn fate(row: &Row) -> Result<Fate, StoreError> {
    let done = row.maybe_text("ended_how")?.as_deref() == Some("done");
    Ok(match (word(row, "outcome", Outcome::from_text)?, done) {
        (Outcome::Met, _) => Fate::Met,
        (_, true) => Fate::Late,
        (_, false) => Fate::NotDone,
    })
}

/// Median and ninth decile of the time used, by nearest rank, for what was done and settled in the period.
pub fn used(tx: &mut Tx<'_>, asked: &Asked) -> Result<Vec<Used>, StoreError> {
    let Clause { of, params } = asked.clause("");
    let sql = format!(
        "WITH ranked AS (
            SELECT side, owed, used_ms,
                row_number() OVER (PARTITION BY side, owed ORDER BY used_ms) AS place,
                count(*) OVER (PARTITION BY side, owed) AS many
            FROM obligations
            WHERE {of} AND settled_at_ms >= ?1 AND settled_at_ms < ?2
                AND used_ms IS NOT NULL AND counting = 'once')
        SELECT side, owed,
            CAST(min(CASE WHEN place * 2 >= many THEN used_ms END) AS BIGINT) AS median_ms,
            CAST(min(CASE WHEN place * 10 >= many * 9 THEN used_ms END) AS BIGINT) AS most_ms
        FROM ranked GROUP BY side, owed"
    );
    let read = |row: &Row| {
        Ok(Used {
            side: word(row, "side", Side::from_text)?,
            owed: word(row, "owed", Owed::from_text)?,
            median_ms: row.int("median_ms")?,
            most_ms: row.int("most_ms")?,
        })
    };
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

/// Whose turn it was for how long within the period. Asked beyond now it would tell the future, so `to` should not lie there.
pub fn times(tx: &mut Tx<'_>, asked: &Asked) -> Result<Times, StoreError> {
    let Clause { of, params } = asked.clause("");
    let ended = format!(
        "SELECT whose, {WITHIN} AS spent FROM turns
        WHERE {of} AND to_ms > ?1 AND from_ms < ?2 GROUP BY whose"
    );
    let lasting = format!(
        "SELECT whose, {UNTIL_END} AS spent FROM turns
        WHERE {of} AND to_ms IS NULL AND from_ms < ?2 GROUP BY whose"
    );
    let mut sums: Vec<(Whose, i64)> = Vec::new();
    for sql in [ended, lasting] {
        for row in tx.rows(&sql, &params)? {
            sums.push((word(&row, "whose", Whose::from_text)?, row.int("spent")?));
        }
    }
    Ok(Times::of(sums))
}

/// What of an ended turn lies within the period.
const WITHIN: &str = "CAST(sum((CASE WHEN to_ms < ?2 THEN to_ms ELSE ?2 END)
    - (CASE WHEN from_ms > ?1 THEN from_ms ELSE ?1 END)) AS BIGINT)";
/// The same of one that lasts.
const UNTIL_END: &str =
    "CAST(sum(?2 - (CASE WHEN from_ms > ?1 THEN from_ms ELSE ?1 END)) AS BIGINT)";
