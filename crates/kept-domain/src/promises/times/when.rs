//! A time as it was written, before a calendar says which instant that is.

use jiff::civil::Weekday;

use super::atom::{Edge, Part, Which};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct When {
    pub day: Option<Day>,
    pub clock: Option<Clock>,
    pub side: Side,
    /// The zone that was named, by its IANA name.
    pub zone: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Side {
    /// On or by.
    #[default]
    By,
    Before,
    After,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Day {
    /// So many days from today.
    Ahead(i8),
    Weekday(Weekday, Option<Which>),
    /// The weekday of the week so many ahead.
    OfWeek(Weekday, i8),
    Week(i8, Edge),
    Month(i8, Edge),
    Year(i8),
    Named {
        month: i8,
        edge: Edge,
    },
    Weekend(i8),
    OfMonth(i8),
    Date {
        day: i8,
        month: i8,
        year: Option<i16>,
    },
    After(Amount),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amount {
    /// Elapsed time.
    Minutes(u32),
    /// Time in which the writer works.
    OpenMinutes(u32),
    Days(u32),
    WorkingDays(u32),
    Months(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    At { hour: i8, minute: i8, half: Half },
    Part(Part),
}

/// Which half of the day an hour belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Half {
    /// As written, of 24 hours.
    Exact,
    Am,
    Pm,
    /// `at 3`: the half in which the writer works.
    Likely,
}
