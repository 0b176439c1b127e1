//! Promises of the desk, month by month.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kept_domain::scorecards::Fate;

use super::fate;
use crate::convert::ms;
use crate::search::local;
use crate::{StoreError, Tx};

/// How many of the desk's promises ended how, by months since the year 0, as the calendar of `zone` counts them.
pub fn promises_by_month(
    tx: &mut Tx<'_>,
    (from, to): (Timestamp, Timestamp),
    zone: &TimeZone,
) -> Result<Vec<(i64, Fate, i64)>, StoreError> {
    let there = local::ms("settled_at_ms", to, zone);
    let month = local::month(tx.database()).replace("{ms}", &there);
    let sql = format!(
        "SELECT {month} AS month, outcome, ended_how, count(*) AS many FROM obligations
        WHERE settled_at_ms >= ?1 AND settled_at_ms < ?2 AND owed = 'promise' AND side = 'desk'
            AND outcome <> 'dropped' AND counting = 'once'
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    );
    tx.rows(&sql, &[ms(from).into(), ms(to).into()])?
        .iter()
        .map(|row| Ok((row.int("month")?, fate(row)?, row.int("many")?)))
        .collect()
}
