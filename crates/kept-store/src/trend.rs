//! How many tickets somebody has, and how many came when.

use jiff::Timestamp;

use crate::convert::ms;
use crate::lists::Whose;
use crate::{StoreError, Tx, Value};

/// What somebody has: open, and ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub open: i64,
    pub ended: i64,
}

/// Counted each time; a card is looked at less often than its tickets change.
pub fn tally(tx: &mut Tx<'_>, whose: Whose) -> Result<Tally, StoreError> {
    let mut params: Vec<Value> = Vec::new();
    let theirs = whose.condition(tx, &mut |value| bound(&mut params, value))?;
    let count = |shelves: &str| {
        format!("(SELECT count(*) FROM tickets t WHERE {theirs} AND t.shelf IN ({shelves}))")
    };
    let sql = format!(
        "SELECT {} AS open, {} AS ended",
        count("'open', 'parked'"),
        count("'resolved', 'closed'")
    );
    let row = tx
        .one(&sql, &params)?
        .ok_or_else(StoreError::nothing_returned)?;
    Ok(Tally {
        open: row.int("open")?,
        ended: row.int("ended")?,
    })
}

/// How many tickets were opened from each of these moments to the next; one number less than moments.
/// Spam and what was merged into others don't count.
pub fn opened(
    tx: &mut Tx<'_>,
    whose: Whose,
    moments: &[Timestamp],
) -> Result<Vec<i64>, StoreError> {
    let (Some(first), Some(last)) = (moments.first(), moments.last()) else {
        return Ok(vec![]);
    };
    let mut params: Vec<Value> = Vec::new();
    let theirs = whose.condition(tx, &mut |value| bound(&mut params, value))?;
    let mut bind = |at: &Timestamp| bound(&mut params, ms(*at).into());
    let (first, last) = (bind(first), bind(last));
    let sums: Vec<String> = moments
        .windows(2)
        .enumerate()
        .map(|(at, pair)| {
            let (from, to) = (bind(&pair[0]), bind(&pair[1]));
            format!(
                "CAST(coalesce(sum(CASE WHEN t.opened_at_ms >= {from} AND t.opened_at_ms < {to}
                    THEN 1 ELSE 0 END), 0) AS BIGINT) AS n{at}"
            )
        })
        .collect();
    let sql = format!(
        "SELECT {} FROM tickets t WHERE {theirs} AND t.opened_at_ms >= {first}
        AND t.opened_at_ms < {last} AND t.shelf NOT IN ('spam', 'merged')",
        sums.join(", ")
    );
    let row = tx
        .one(&sql, &params)?
        .ok_or_else(StoreError::nothing_returned)?;
    (0..sums.len()).map(|at| row.int(at)).collect()
}

fn bound(params: &mut Vec<Value>, value: Value) -> String {
    params.push(value);
    format!("?{}", params.len())
}
