//! What a word or two can mean in a time, whatever the language: a phrasebook leads from words to these.

use jiff::civil::Weekday;

use super::when::Day;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Atom {
    /// So many days from today.
    Day(i8),
    Weekday(Weekday),
    /// A short name that is also a common word: read only where a day is expected.
    ShortDay(Weekday),
    Month(i8),
    Weekend,
    /// Other days that are one word: `eow`, `Monatsende`.
    Period(Day),
    Tonight,
    Part(Part),
    Unit(Unit),
    /// A number in words.
    Count(u32),
    /// An amount in one word or phrase, in minutes.
    Minutes(u32),
    Which(Which),
    Edge(Edge),
    By,
    At,
    In,
    Before,
    After,
    /// `or`, `oder`: the later of two.
    Or,
    /// `and`, between two hours.
    And,
    /// `to`, `-`: from one to another.
    To,
    /// What follows is no due time: `since`, `last`, `every`, `from`.
    NotDue,
    /// What stands before was in the past: `ago`.
    Ago,
    /// Behind an hour: `Uhr`, `o'clock`.
    Clock,
    /// `h`: hours behind `in`, the clock behind `at`.
    H,
    Am,
    Pm,
    /// `halb zehn`: half an hour before.
    HalfTo,
    HalfPast,
    QuarterPast,
    QuarterTo,
    /// `14th`.
    Ordinal,
    /// A zone by its IANA name; one that is none can't be told from here: `your time`.
    Zone(&'static str),
    /// No time can be read from it; the suggestion is the end of the working day after so many.
    Vague(u8),
    /// Words within a time that add nothing: `the`, `of`, `at the latest`.
    Fill,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    First,
    Morning,
    Noon,
    AfterNoon,
    Afternoon,
    Evening,
    Night,
    Midnight,
    Overnight,
    EndOfDay,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Minute,
    Hour,
    OpenHour,
    Day,
    WorkingDay,
    Week,
    Month,
    Year,
}

/// Which week, month or Friday, counted from the present one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    This,
    /// The one that comes: `kommenden Freitag`; for weeks the next.
    Coming,
    Next,
    AfterNext,
}

impl Which {
    pub(super) fn ahead(self) -> i8 {
        match self {
            Self::This => 0,
            Self::Coming | Self::Next => 1,
            Self::AfterNext => 2,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    Early,
    Mid,
    End,
}
