//! What a clock on the wall shows at a stored time: worked out by the databases, daylight-saving included, the same on both.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::Database;

/// Full days since 1970-01-01, which was a Thursday.
pub(super) const DAY: &str = "({ms} / 86400000)";
/// Full weeks since Monday 1969-12-29.
pub(super) const WEEK: &str = "(({ms} / 86400000 + 3) / 7)";
/// Days after Monday.
pub(super) const WEEKDAY: &str = "(({ms} / 86400000 + 3) % 7)";
pub(super) const HOUR: &str = "({ms} / 3600000 % 24)";

/// Months since the year 0.
pub(crate) fn month(database: Database) -> &'static str {
    match database {
        Database::Sqlite => {
            "(CAST(strftime('%Y', {ms} / 1000, 'unixepoch') AS INTEGER) * 12
                + CAST(strftime('%m', {ms} / 1000, 'unixepoch') AS INTEGER) - 1)"
        }
        Database::Postgres => {
            "CAST(extract(year FROM to_timestamp({ms} / 1000) AT TIME ZONE 'UTC') * 12
                + extract(month FROM to_timestamp({ms} / 1000) AT TIME ZONE 'UTC') - 1 AS BIGINT)"
        }
    }
}

/// Changes of the clock that are looked at, the latest first; before them it stays as it was.
const MOST_CHANGES: usize = 40;

/// The milliseconds of `column` as the wall clock of `zone` would count them. Only numbers are written into it.
pub(crate) fn ms(column: &str, now: Timestamp, zone: &TimeZone) -> String {
    let offset = |at: Timestamp| i64::from(zone.to_offset(at).seconds()) * 1000;
    let ahead = now.checked_add(8_784.hours()).unwrap_or(now);
    let changes: Vec<_> = zone.preceding(ahead).take(MOST_CHANGES).collect();
    let mut sql = String::new();
    for change in &changes {
        let from = change.timestamp();
        let case = format!(
            " WHEN {column} >= {} THEN {}",
            from.as_millisecond(),
            offset(from)
        );
        sql.push_str(&case);
    }
    let first = changes.last().map(|change| change.timestamp());
    let before = first.and_then(|at| at.checked_sub(1.second()).ok());
    let before = offset(before.unwrap_or(now));
    match sql.is_empty() {
        true => format!("({column} + {before})"),
        false => format!("({column} + CASE{sql} ELSE {before} END)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_without_changes_needs_no_cases() {
        let now: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
        assert_eq!(ms("x", now, &TimeZone::UTC), "(x + 0)");
        let lisbon = TimeZone::get("Europe/Lisbon").unwrap();
        let sql = ms("x", now, &lisbon);
        assert!(sql.contains("WHEN x >= 1792890000000 THEN 0"), "{sql}");
        assert!(
            sql.contains("WHEN x >= 1774746000000 THEN 3600000"),
            "{sql}"
        );
    }
}
