//! The days of a week, as searches and reports name them.

use jiff::civil::Date;

use crate::messages::text_form;

/// From Monday on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

text_form!(Day {
    Day::Monday => "mon",
    Day::Tuesday => "tue",
    Day::Wednesday => "wed",
    Day::Thursday => "thu",
    Day::Friday => "fri",
    Day::Saturday => "sat",
    Day::Sunday => "sun",
});

impl Day {
    pub const ALL: [Day; 7] = [
        Day::Monday,
        Day::Tuesday,
        Day::Wednesday,
        Day::Thursday,
        Day::Friday,
        Day::Saturday,
        Day::Sunday,
    ];

    pub fn of(date: Date) -> Day {
        let days = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
        Day::ALL[days % 7]
    }

    /// Days after Monday.
    pub fn rank(self) -> i64 {
        self as i64
    }

    pub fn words(self) -> &'static str {
        match self {
            Day::Monday => "Monday",
            Day::Tuesday => "Tuesday",
            Day::Wednesday => "Wednesday",
            Day::Thursday => "Thursday",
            Day::Friday => "Friday",
            Day::Saturday => "Saturday",
            Day::Sunday => "Sunday",
        }
    }
}
