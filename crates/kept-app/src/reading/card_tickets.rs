//! The tickets on a card: what is open, a page of what has ended, and how many came each month.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use kept_store::lists::{Cursor, List, Whose};
use kept_store::trend::{self, Tally};
use kept_store::{Tx, lists};

use super::inbox::{Listed, with_turns};
use crate::Error;

/// Open tickets a card shows, and ended ones on one page of it.
const MOST_OPEN: usize = 50;
const PAGE: usize = 25;
/// Months in the picture.
const MONTHS: usize = 12;

#[derive(Debug, Clone, Default)]
pub struct CardTickets {
    pub tally: Tally,
    /// By whose turn it is and what is due next.
    pub open: Vec<Listed>,
    /// Newest first, one page.
    pub ended: Vec<Listed>,
    /// The ticket before which the next page begins.
    pub older: Option<i64>,
    /// The oldest first; the last is this month so far.
    pub months: Vec<Month>,
}

/// How many tickets came in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    pub first: Date,
    pub opened: i64,
}

/// `before` is the ticket before which the page of ended ones begins; months are those of `zone`.
pub(crate) fn card_tickets(
    tx: &mut Tx<'_>,
    whose: Whose,
    before: Option<i64>,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<CardTickets, Error> {
    let open = lists::page(tx, List::OpenOf(whose), None, MOST_OPEN)?;
    let after = before.map(|id| Cursor {
        rank: 0,
        at_ms: 0,
        id,
    });
    let mut ended = lists::page(tx, List::EndedOf(whose), after, PAGE + 1)?;
    let more = ended.len() > PAGE;
    ended.truncate(PAGE);
    Ok(CardTickets {
        tally: trend::tally(tx, whose)?,
        older: ended.last().filter(|_| more).map(|last| last.id.0),
        open: with_turns(tx, open)?,
        ended: with_turns(tx, ended)?,
        months: months(tx, whose, zone, now)?,
    })
}

fn months(
    tx: &mut Tx<'_>,
    whose: Whose,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<Vec<Month>, Error> {
    let firsts = firsts(now.to_zoned(zone.clone()).date());
    let begins = |date: &Date| date.to_zoned(zone.clone()).ok().map(|at| at.timestamp());
    let moments: Vec<Timestamp> = firsts.iter().filter_map(begins).collect();
    // A calendar that ends here has no year to show.
    if moments.len() != firsts.len() {
        return Ok(vec![]);
    }
    let opened = trend::opened(tx, whose, &moments)?;
    let months = firsts.into_iter().zip(opened);
    Ok(months
        .map(|(first, opened)| Month { first, opened })
        .collect())
}

/// The first days of the last twelve months, this one too, and of the next.
fn firsts(today: Date) -> Vec<Date> {
    let this = today.first_of_month();
    let ago = |months: usize| {
        let months = i64::try_from(months).unwrap_or(0);
        this.checked_sub(months.months()).ok()
    };
    let past = (0..MONTHS).rev().filter_map(ago);
    past.chain(this.checked_add(1.month()).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::firsts;

    #[test]
    fn the_last_twelve_months_end_with_this_one() {
        let all = firsts(jiff::civil::date(2026, 11, 30));
        assert_eq!(all.len(), 13);
        assert_eq!(all[0], jiff::civil::date(2025, 12, 1));
        assert_eq!(all[11], jiff::civil::date(2026, 11, 1));
        assert_eq!(all[12], jiff::civil::date(2026, 12, 1));
    }
}
