//! The dates of one day, week, month or year that a rule picks.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{Frequency, Nth, Rule};

impl Rule {
    /// The first day of the period `n` intervals after that of `start`; `None` beyond the calendar.
    pub(super) fn period(&self, start: Date, n: u32) -> Option<Date> {
        let steps = i64::from(n) * i64::from(self.interval);
        match self.frequency {
            Frequency::Daily => start.checked_add(steps.days()).ok(),
            Frequency::Weekly => self.week_of(start)?.checked_add(steps.weeks()).ok(),
            Frequency::Monthly => start.first_of_month().checked_add(steps.months()).ok(),
            Frequency::Yearly => start.first_of_year().checked_add(steps.years()).ok(),
        }
    }

    /// How many periods lie between `start` and `date`, at least.
    pub(super) fn periods_until(&self, start: Date, date: Date) -> u32 {
        let days = i64::from((date - start).get_days());
        let longest = match self.frequency {
            Frequency::Daily => 1,
            Frequency::Weekly => 7,
            Frequency::Monthly => 31,
            Frequency::Yearly => 366,
        };
        let periods = days / (longest * i64::from(self.interval)) - 1;
        u32::try_from(periods).unwrap_or(0)
    }

    fn week_of(&self, date: Date) -> Option<Date> {
        let back = i64::from(date.weekday().since(self.week_start));
        date.checked_sub(back.days()).ok()
    }

    /// The dates in the period that begins at `first`, in order.
    pub(super) fn dates_in(&self, first: Date, start: Date) -> Vec<Date> {
        let mut found = match self.frequency {
            Frequency::Daily => vec![first],
            Frequency::Weekly => self.in_week(first, start.weekday()),
            Frequency::Monthly => self.in_month(first, start.day()),
            Frequency::Yearly => self.in_year(first, start),
        };
        found.retain(|date| self.allows(*date));
        found.sort_unstable();
        found.dedup();
        self.at_positions(found)
    }

    /// What holds for dates of any frequency.
    fn allows(&self, date: Date) -> bool {
        let month = self.by_month.is_empty() || self.by_month.contains(&date.month());
        let back = date.day() - date.days_in_month() - 1;
        let days = &self.by_month_day;
        let day = days.is_empty() || days.contains(&date.day()) || days.contains(&back);
        let weekday =
            self.by_day.is_empty() || self.by_day.iter().any(|nth| nth.day == date.weekday());
        month && day && weekday
    }

    fn in_week(&self, first: Date, weekday: Weekday) -> Vec<Date> {
        let days = (0..7).filter_map(|n: i64| first.checked_add(n.days()).ok());
        days.filter(|date| !self.by_day.is_empty() || date.weekday() == weekday)
            .collect()
    }

    fn in_month(&self, first: Date, day: i8) -> Vec<Date> {
        let all = (1..=first.days_in_month())
            .filter_map(|day| Date::new(first.year(), first.month(), day).ok());
        match (self.by_day.is_empty(), self.by_month_day.is_empty()) {
            (true, true) => all.filter(|date| date.day() == day).collect(),
            (true, false) => all.collect(),
            (false, _) => all
                .filter(|date| self.by_day.iter().any(|nth| nth.is_in_month(*date)))
                .collect(),
        }
    }

    fn in_year(&self, first: Date, start: Date) -> Vec<Date> {
        let months = (1..=12).filter_map(|month| Date::new(first.year(), month, 1).ok());
        if !self.by_month.is_empty() {
            let months = months.filter(|month| self.by_month.contains(&month.month()));
            return months
                .flat_map(|month| self.in_month(month, start.day()))
                .collect();
        }
        if !self.by_day.is_empty() {
            let days = (0..i64::from(first.days_in_year()))
                .filter_map(|n| first.checked_add(n.days()).ok());
            return days
                .filter(|date| self.by_day.iter().any(|nth| nth.is_in_year(*date)))
                .collect();
        }
        if !self.by_month_day.is_empty() {
            return months
                .flat_map(|month| self.in_month(month, start.day()))
                .collect();
        }
        Date::new(first.year(), start.month(), start.day())
            .into_iter()
            .collect()
    }

    fn at_positions(&self, dates: Vec<Date>) -> Vec<Date> {
        if self.by_set_pos.is_empty() {
            return dates;
        }
        let is_at = |at: usize| {
            let forwards = i16::try_from(at + 1).unwrap_or(0);
            let back = i16::try_from(dates.len() - at).unwrap_or(0);
            self.by_set_pos
                .iter()
                .any(|pos| *pos == forwards || *pos == -back)
        };
        let picked = (0..dates.len()).filter(|at| is_at(*at));
        picked.map(|at| dates[at]).collect()
    }
}

impl Nth {
    fn is_in_month(self, date: Date) -> bool {
        self.is_at(date, i16::from(date.day()), i16::from(date.days_in_month()))
    }

    fn is_in_year(self, date: Date) -> bool {
        self.is_at(date, date.day_of_year(), date.days_in_year())
    }

    /// `day` of `days`, from one.
    fn is_at(self, date: Date, day: i16, days: i16) -> bool {
        let nth = match self.nth.map(i16::from) {
            None => true,
            Some(nth) if nth > 0 => (day - 1) / 7 + 1 == nth,
            Some(nth) => (days - day) / 7 + 1 == -nth,
        };
        nth && date.weekday() == self.day
    }
}
