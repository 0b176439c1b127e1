//! Where the rota differs: people who are away, and dates on which somebody else is on duty, or nobody.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::PersonId;

/// A time somebody is not here; the end is not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    pub from: Timestamp,
    pub until: Timestamp,
}

impl Away {
    pub fn covers(self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }
}

/// A date, in the queue's zone, on which the rota differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    pub date: Date,
    /// Whose duty it would have been; `None` for everybody's.
    pub instead_of: Option<PersonId>,
    /// Who has it; `None`: nobody.
    pub person: Option<PersonId>,
}

/// Who has the duty of `person` on `date`.
pub(super) fn stands_in(
    exceptions: &[Exception],
    date: Date,
    person: PersonId,
) -> Option<PersonId> {
    let of_date = |it: &&Exception| it.date == date;
    let fits = |it: &&Exception| it.instead_of.is_none_or(|whose| whose == person);
    // What is said of one person counts more than what is said of everybody.
    let mut fitting: Vec<&Exception> = exceptions.iter().filter(of_date).filter(fits).collect();
    fitting.sort_by_key(|it| it.instead_of.is_none());
    match fitting.first() {
        Some(exception) => exception.person,
        None => Some(person),
    }
}

/// Whether nobody at all is on duty on `date`.
pub(super) fn is_free(exceptions: &[Exception], date: Date) -> bool {
    let free = |it: &Exception| it.date == date && it.instead_of.is_none() && it.person.is_none();
    exceptions.iter().any(free)
}
