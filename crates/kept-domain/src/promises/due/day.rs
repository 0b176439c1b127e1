//! Which date a day's name means, and which days are worked.

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};

use super::Now;
use crate::promises::times::atom::{Edge, Which};
use crate::promises::times::when::{Amount, Day};

/// No calendar is asked for longer than this for a working day.
const FAR: usize = 400;

/// A date to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct On {
    pub date: Date,
    /// It ends a stretch that begins here: when it is closed, a working day before stands for it.
    pub or_before: Option<Date>,
    /// `today` is today, though it is closed.
    pub literally: bool,
}

impl On {
    pub fn day(date: Date) -> Self {
        Self {
            date,
            or_before: None,
            literally: false,
        }
    }

    fn end(first: Date, last: Date) -> Self {
        Self {
            date: last,
            or_before: Some(first),
            literally: false,
        }
    }
}

impl Now<'_> {
    /// The dates a name can mean, the likelier first.
    pub(super) fn days(&self, day: Day) -> [Option<On>; 2] {
        let ahead = |days: i64| self.today.checked_add(days.days()).ok();
        match day {
            Day::Ahead(0) => [
                Some(On {
                    literally: true,
                    ..On::day(self.today)
                }),
                None,
            ],
            Day::Ahead(days) => [ahead(days.into()).map(On::day), None],
            Day::After(Amount::Days(days)) => [ahead(days.into()).map(On::day), None],
            Day::After(Amount::WorkingDays(days)) => {
                [self.working_day_after(days).map(On::day), None]
            }
            Day::After(Amount::Months(months)) => [
                self.today
                    .checked_add(i64::from(months).months())
                    .ok()
                    .map(On::day),
                None,
            ],
            Day::After(Amount::Minutes(_) | Amount::OpenMinutes(_)) => [None, None],
            Day::Weekday(weekday, which) => self.weekday(weekday, which),
            Day::OfWeek(weekday, weeks) => [self.of_week(weekday, weeks).map(On::day), None],
            Day::Week(weeks, edge) => [self.week(weeks, edge), self.week(weeks + 1, edge)],
            Day::Weekend(weeks) => [
                self.of_week(Weekday::Sunday, weeks),
                self.of_week(Weekday::Sunday, weeks + 1),
            ]
            .map(|date| date.map(On::day)),
            Day::Month(months, edge) => [self.month(months, edge), self.month(months + 1, edge)],
            Day::Year(years) => [self.year(years), self.year(years + 1)],
            Day::Named { month, edge } => [0, 1].map(|years| self.named(month, edge, years)),
            Day::OfMonth(day) => self.of_month(day),
            Day::Date {
                day,
                month,
                year: Some(year),
            } => [Date::new(year, month, day).ok().map(On::day), None],
            Day::Date {
                day,
                month,
                year: None,
            } => self.of_year(day, month),
        }
    }

    /// The weekday that comes. Today's own name means a week from today: who means today says so.
    fn weekday(&self, weekday: Weekday, which: Option<Which>) -> [Option<On>; 2] {
        let coming = self.today.nth_weekday(1, weekday).ok();
        let of_week = |weeks| self.of_week(weekday, weeks);
        let found = match which {
            None | Some(Which::Coming) => [coming, None],
            Some(Which::This) => [of_week(0), of_week(1)],
            Some(Which::Next) => [of_week(1), None],
            Some(Which::AfterNext) => [of_week(2), None],
        };
        found.map(|date| date.map(On::day))
    }

    fn monday(&self, weeks: i8) -> Option<Date> {
        let monday = self
            .today
            .checked_sub(i64::from(self.today.weekday().to_monday_zero_offset()).days())
            .ok()?;
        monday.checked_add(i64::from(weeks).weeks()).ok()
    }

    fn of_week(&self, weekday: Weekday, weeks: i8) -> Option<Date> {
        let offset = i64::from(weekday.to_monday_zero_offset());
        self.monday(weeks)?.checked_add(offset.days()).ok()
    }

    /// Early is the second working day of the week, the middle is Wednesday, the end its last working day.
    fn week(&self, weeks: i8, edge: Edge) -> Option<On> {
        let monday = self.monday(weeks)?;
        let day = |days: i64| monday.checked_add(days.days()).ok();
        match edge {
            Edge::Early => Some(On::day(
                self.working_day_from(self.working_day_from(monday)?.tomorrow().ok()?)?,
            )),
            Edge::Mid => day(2).map(On::day),
            Edge::End => Some(On::end(monday, day(6)?)),
        }
    }

    fn month(&self, months: i8, edge: Edge) -> Option<On> {
        let first = self
            .today
            .first_of_month()
            .checked_add(i64::from(months).months())
            .ok()?;
        Some(edge_of(first, edge))
    }

    fn named(&self, month: i8, edge: Edge, years: i16) -> Option<On> {
        let first = Date::new(self.today.year().checked_add(years)?, month, 1).ok()?;
        Some(edge_of(first, edge))
    }

    fn year(&self, years: i8) -> Option<On> {
        let year = self.today.year().checked_add(years.into())?;
        Some(On::end(
            Date::new(year, 12, 1).ok()?,
            Date::new(year, 12, 31).ok()?,
        ))
    }

    /// `the 14th`: of this month, else of the next that has one.
    fn of_month(&self, day: i8) -> [Option<On>; 2] {
        let first = self.today.first_of_month();
        let months = (0..4).filter_map(|ahead: i64| first.checked_add(ahead.months()).ok());
        let mut dates = months.filter_map(|month| Date::new(month.year(), month.month(), day).ok());
        let mut next = || dates.find(|date| *date >= self.today).map(On::day);
        [next(), next()]
    }

    fn of_year(&self, day: i8, month: i8) -> [Option<On>; 2] {
        let year = self.today.year();
        [0, 1].map(|ahead| {
            Date::new(year.checked_add(ahead)?, month, day)
                .ok()
                .filter(|date| *date >= self.today)
                .map(On::day)
        })
    }

    pub(super) fn is_closed(&self, date: Date) -> bool {
        self.calendar.hours_on(date).is_closed()
    }

    /// This date, or the first after it on which somebody works.
    pub(super) fn working_day_from(&self, date: Date) -> Option<Date> {
        let days = std::iter::successors(Some(date), |day| day.tomorrow().ok()).take(FAR);
        days.into_iter().find(|day| !self.is_closed(*day))
    }

    pub(super) fn working_day_before(&self, date: Date) -> Option<Date> {
        let days = std::iter::successors(Some(date), |day| day.yesterday().ok()).take(FAR);
        days.into_iter().find(|day| !self.is_closed(*day))
    }

    /// The working day so many after today.
    pub(super) fn working_day_after(&self, count: u32) -> Option<Date> {
        let mut date = self.today;
        for _ in 0..count {
            date = self.working_day_from(date.tomorrow().ok()?)?;
        }
        Some(date)
    }

    /// When the working day ends; none on a closed day. Midnight belongs to the day before it.
    pub(super) fn end_of(&self, date: Date) -> Option<Timestamp> {
        let end = self.calendar.closes_on(date)?;
        let midnight = self
            .calendar
            .zone()
            .to_timestamp(date.tomorrow().ok()?.at(0, 0, 0, 0))
            .ok();
        match midnight {
            Some(midnight) if end >= midnight => self.end_of_date(date),
            _ => Some(end),
        }
    }

    /// The last minute of a date.
    pub(super) fn end_of_date(&self, date: Date) -> Option<Timestamp> {
        self.calendar
            .zone()
            .to_timestamp(date.at(23, 59, 0, 0))
            .ok()
    }
}

/// The beginning of a month is its fifth day, the middle its fifteenth.
fn edge_of(first: Date, edge: Edge) -> On {
    let day = |day: i64| first.saturating_add((day - 1).days());
    match edge {
        Edge::Early => On::day(day(5)),
        Edge::Mid => On::day(day(15)),
        Edge::End => On::end(first, first.last_of_month()),
    }
}
