//! Time entries: who worked on a ticket, when and for how long. What was logged stands to the second; bills may round what they
//! make of it, and never touch the entry.

mod edit;
mod record;
mod spent;

pub use edit::{
    BadEntry, Editor, LONGEST_TEXT, LONGEST_WHY, MOST_ENTRIES, Moment, change, log, remove,
    restore, wording,
};
pub use record::{concerns, entries, last_change, spent_with};
pub use spent::{BadTime, MOST_SECONDS, Spent, in_words};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{MessageId, PersonId};

/// What kind of work it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WorkType {
    #[default]
    Work,
    Call,
    /// At the client's place.
    Visit,
    Travel,
}

impl WorkType {
    pub const ALL: [WorkType; 4] = [
        WorkType::Work,
        WorkType::Call,
        WorkType::Visit,
        WorkType::Travel,
    ];
}

crate::messages::text_form!(WorkType {
    WorkType::Work => "work",
    WorkType::Call => "call",
    WorkType::Visit => "visit",
    WorkType::Travel => "travel",
});

impl WorkType {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            WorkType::Work => "Work",
            WorkType::Call => "Call",
            WorkType::Visit => "At their place",
            WorkType::Travel => "Travel",
        }
    }

    /// What is said after a length of time: `15 min of travel`; nothing for plain work.
    pub fn of_time(self) -> &'static str {
        match self {
            WorkType::Work => "",
            WorkType::Call => " on the phone",
            WorkType::Visit => " at their place",
            WorkType::Travel => " of travel",
        }
    }
}

/// When the work was done, as exactly as somebody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    Began(Timestamp),
    /// On this day of whoever did it.
    On(Date),
}

/// What somebody writes down of their work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    pub when: When,
    /// In seconds.
    pub spent: Spent,
    pub work_type: WorkType,
    /// What was done, in words the client may read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// One entry. Its number is the ticket's own and is never given out twice there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeEntry {
    pub number: u32,
    /// Who worked.
    pub person: PersonId,
    /// What was written or said in that time.
    pub message: Option<MessageId>,
    pub details: Details,
    pub logged_at: Timestamp,
    /// It counts no longer.
    pub removed_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests;
