//! What a client and the desk owe each other: targets by priority and kind, both sides' hours, what happens when one stays
//! silent, and duties.
//!
//! A wording never changes once it holds; another one is a new version. A ticket follows the version that was in force when it
//! was opened, unless somebody says otherwise and it is written in its history (S16).

mod asking;
mod book;
mod by_default;
mod clauses;
mod duty;
mod effect;
mod repeating;
mod silence;
mod wording;
mod written;
mod written_duty;

pub use asking::{Asking, askings, duty_at};
pub use book::{Book, Chosen, Scope, Version};
pub use by_default::by_default;
pub use clauses::{Clause, Difference, Topic, about, differences};
pub use duty::{BadDuty, Duty, LONGEST_DUTY, LONGEST_DUTY_TEXT, MOST_DUTIES, When};
pub use effect::would_be_late;
pub use repeating::{Every, Repeating};
pub use silence::{BadSilence, Silence};
pub use wording::{BadWording, Escalation, MOST_ROWS, Row, Targets, Wording};
pub use written::{ASKED, DAYS, Written, WrittenHours, WrittenRow, Wrong};
pub use written_duty::{BY_RULE, ONCE, WrittenDuty};

#[cfg(test)]
mod duty_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod words_tests;
