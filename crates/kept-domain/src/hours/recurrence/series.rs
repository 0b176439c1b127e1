//! A rule from its first time on, in a zone: the instants at which something recurs.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::{BadRule, Ends, Frequency, Rule};

/// Nothing is planned for later.
const LAST_YEAR: i16 = 2200;
/// So many periods without a date, and there is none.
const MOST_EMPTY: u32 = 1500;
/// Days are looked at quicker, and can have to wait for a leap day.
const MOST_EMPTY_DAYS: u32 = 15_000;

/// What recurs by a rule, beginning at a wall-clock time in a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    rule: Rule,
    start: DateTime,
    zone: TimeZone,
}

impl Series {
    /// From `start` on by the clock of `zone`.
    ///
    /// # Errors
    /// When the rule has no date at all from then on.
    pub fn new(rule: Rule, start: DateTime, zone: TimeZone) -> Result<Self, BadRule> {
        let series = Self { rule, start, zone };
        let matches = series.all(0).next().is_some();
        matches.then_some(series).ok_or(BadRule::Never)
    }

    /// The next instants after `after`, in order, `most` of them or fewer when it ends.
    ///
    /// A local time that does not exist counts with the offset before the jump, one that comes twice is the first.
    pub fn next_after(&self, after: Timestamp, most: usize) -> Vec<Timestamp> {
        let date = after.to_zoned(self.zone.clone()).date();
        let later = self
            .all(self.skipped(date))
            .map(|(_, at)| at)
            .filter(|at| *at > after);
        let mut found: Vec<Timestamp> = later.take(most).collect();
        found.dedup();
        found
    }

    /// The dates from `from` to `to`, both included, at most `most`.
    pub fn dates_within(&self, from: Date, to: Date, most: usize) -> Vec<Date> {
        let dates = self.all(self.skipped(from)).map(|(date, _)| date);
        let dates = dates
            .skip_while(|date| *date < from)
            .take_while(|date| *date <= to);
        dates.take(most).collect()
    }

    /// Periods that are over before `date`; none when occurrences are counted from the first.
    fn skipped(&self, date: Date) -> u32 {
        match self.rule.ends {
            Ends::After(_) => 0,
            Ends::Never | Ends::At(_) | Ends::AtInstant(_) => {
                self.rule.periods_until(self.start.date(), date)
            }
        }
    }

    /// All occurrences from the period `skipped` on.
    fn all(&self, skipped: u32) -> impl Iterator<Item = (Date, Timestamp)> {
        let first = self.start.date();
        let most_empty = match self.rule.frequency {
            Frequency::Daily => MOST_EMPTY_DAYS,
            Frequency::Weekly | Frequency::Monthly | Frequency::Yearly => MOST_EMPTY,
        };
        let mut empty = 0;
        let periods = (skipped..).map_while(move |n| self.rule.period(first, n));
        let periods = periods.take_while(|period| period.year() <= LAST_YEAR);
        let sets = periods.map(move |period| self.rule.dates_in(period, first));
        let sets = sets.take_while(move |dates| {
            empty = if dates.is_empty() { empty + 1 } else { 0 };
            empty < most_empty
        });
        let dates = sets.flatten().filter(move |date| *date >= first);
        let counted = match self.rule.ends {
            Ends::After(count) => usize::try_from(count).unwrap_or(usize::MAX),
            Ends::Never | Ends::At(_) | Ends::AtInstant(_) => usize::MAX,
        };
        let instants = dates
            .take(counted)
            .filter_map(|date| Some((date, self.instant(date)?)));
        instants.take_while(|(date, at)| {
            !self
                .rule
                .ends
                .is_past(date.to_datetime(self.start.time()), *at)
        })
    }

    fn instant(&self, date: Date) -> Option<Timestamp> {
        let wall = date.to_datetime(self.start.time());
        let zoned = self.zone.to_ambiguous_zoned(wall).compatible().ok()?;
        Some(zoned.timestamp())
    }
}
