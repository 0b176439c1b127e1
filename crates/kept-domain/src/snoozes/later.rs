//! The few times people mean by “later”, or one they name.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

/// A time to come, as it is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Later {
    InTwoHours,
    /// In the morning.
    Tomorrow,
    /// The morning of next week's Monday.
    Monday,
    At(DateTime),
}

/// When the working day begins.
const MORNING: i8 = 9;

impl Later {
    /// The moment itself, for people in `zone`; it may lie in the past.
    pub fn instant(self, now: Timestamp, zone: &TimeZone) -> Timestamp {
        let today = now.to_zoned(zone.clone()).date();
        let morning_in = |days: i64| {
            let day = today.checked_add(days.days()).unwrap_or(today);
            day.at(MORNING, 0, 0, 0)
        };
        let wall = match self {
            Later::InTwoHours => return now + SignedDuration::from_hours(2),
            Later::Tomorrow => morning_in(1),
            Later::Monday => morning_in(7 - i64::from(today.weekday().to_monday_zero_offset())),
            Later::At(wall) => wall,
        };
        let found = zone.to_ambiguous_zoned(wall).compatible();
        found.map_or(now, |zoned| zoned.timestamp())
    }
}
