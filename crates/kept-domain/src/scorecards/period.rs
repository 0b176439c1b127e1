//! The stretch of days a scorecard is about, in the zone of the desk.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};

/// As people choose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    ThisMonth,
    LastMonth,
    /// The calendar quarter that is going on.
    Quarter,
    /// The calendar year that is going on.
    Year,
    /// Both days included.
    Days(Date, Date),
}

/// The same as instants, and its first and last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Within {
    pub from: Timestamp,
    /// Not part of it any more.
    pub to: Timestamp,
    pub first: Date,
    pub last: Date,
}

/// Days beyond this are not counted at once.
const MOST_YEARS: i16 = 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPeriod {
    #[error("the last day comes before the first")]
    Backwards,
    #[error("a scorecard covers ten years at most")]
    TooLong,
    #[error("write days like 2026-11-23")]
    NoDay,
}

impl Period {
    /// The spelling in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Period::ThisMonth => "this-month",
            Period::LastMonth => "last-month",
            Period::Quarter => "quarter",
            Period::Year => "year",
            Period::Days(..) => "days",
        }
    }

    /// Reads it back; `first` and `last` are looked at for days only. What is unknown is this month.
    ///
    /// # Errors
    /// When days are asked for and are none.
    pub fn read(text: &str, first: &str, last: &str) -> Result<Self, BadPeriod> {
        let day = |text: &str| text.trim().parse::<Date>().map_err(|_| BadPeriod::NoDay);
        Ok(match text {
            "last-month" => Period::LastMonth,
            "quarter" => Period::Quarter,
            "year" => Period::Year,
            "days" => Period::Days(day(first)?, day(last)?),
            _ => Period::ThisMonth,
        })
    }

    /// # Errors
    /// When the days are the wrong way round or too many.
    pub fn within(self, now: Timestamp, zone: &TimeZone) -> Result<Within, BadPeriod> {
        let today = now.to_zoned(zone.clone()).date();
        let (first, last) = self.days(today);
        if last < first {
            return Err(BadPeriod::Backwards);
        }
        if last.year() - first.year() > MOST_YEARS {
            return Err(BadPeriod::TooLong);
        }
        let begins = |day: Date| day.to_zoned(zone.clone()).map(|day: Zoned| day.timestamp());
        let after = last.tomorrow().map_err(|_| BadPeriod::TooLong)?;
        Ok(Within {
            from: begins(first).map_err(|_| BadPeriod::TooLong)?,
            to: begins(after).map_err(|_| BadPeriod::TooLong)?,
            first,
            last,
        })
    }

    fn days(self, today: Date) -> (Date, Date) {
        let month = today.first_of_month();
        let months = |first: Date, many: i32| {
            let next = first.checked_add(many.months()).unwrap_or(first);
            (first, next.yesterday().unwrap_or(first))
        };
        match self {
            Period::ThisMonth => months(month, 1),
            Period::LastMonth => {
                let before = month.yesterday().unwrap_or(month);
                (before.first_of_month(), before)
            }
            Period::Quarter => {
                let into = i32::from((today.month() - 1) % 3);
                months(month.checked_sub(into.months()).unwrap_or(month), 3)
            }
            Period::Year => (today.first_of_year(), today.last_of_year()),
            Period::Days(first, last) => (first, last),
        }
    }
}
