//! Business time: when somebody works, and how much of that lies between two instants.
//!
//! A calendar is weekly hours, dated exceptions and a zone. Everything is worked out on instants; nothing is rounded, and
//! no question loops on a calendar that never opens.

mod calendar;
mod dates;
mod day;
mod days;
pub mod holidays;
pub mod recurrence;
mod sums;
mod text;
mod weeks;

pub use calendar::{BadCalendar, Calendar};
pub use dates::{BadDay, Day, MOST_DAYS, read_days};
pub use day::{BadHours, DayHours, Span};
pub use days::DAY;
pub use sums::{BadSum, Open};

#[cfg(test)]
mod tests;
