//! What happens when a client whose turn it is says nothing: reminders, then parked, then closed. Never without a word.

use serde::{Deserialize, Serialize};

use crate::clocks::Target;

/// Each counts from when the turn became the client's, in the client's own hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Silence {
    /// In order; none at all is possible.
    pub reminders: Vec<Target>,
    /// `None`: the ticket waits for ever.
    pub park_after: Option<Target>,
    /// `None`: a parked ticket stays parked.
    pub close_after: Option<Target>,
}

/// Why a ladder can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSilence {
    #[error("at most {MOST_REMINDERS} reminders")]
    TooManyReminders,
    #[error("each step must come after the one before it")]
    NotInOrder,
    #[error(
        "a ticket is closed only after it was parked; say when it is parked, or leave both empty"
    )]
    ClosedUnparked,
    #[error("a ticket is parked only after at least one reminder; say when the client is reminded")]
    ParkedUnreminded,
}

/// More would be a nuisance rather than a reminder.
pub const MOST_REMINDERS: usize = 5;

impl Default for Silence {
    /// Reminded after two and four of the client's working days, parked after seven, closed after twenty.
    fn default() -> Self {
        Self {
            reminders: vec![Target::days(2), Target::days(4)],
            park_after: Some(Target::days(7)),
            close_after: Some(Target::days(20)),
        }
    }
}

impl Silence {
    /// # Errors
    /// When a step comes before an earlier one, or the client would be parked or closed unheard.
    pub fn check(&self) -> Result<(), BadSilence> {
        if self.reminders.len() > MOST_REMINDERS {
            return Err(BadSilence::TooManyReminders);
        }
        match (self.reminders.is_empty(), self.park_after, self.close_after) {
            (true, Some(_), _) => return Err(BadSilence::ParkedUnreminded),
            (_, None, Some(_)) => return Err(BadSilence::ClosedUnparked),
            _ => {}
        }
        let steps = self
            .reminders
            .iter()
            .copied()
            .chain(self.park_after)
            .chain(self.close_after);
        let steps: Vec<Target> = steps.collect();
        match steps.windows(2).all(|pair| size(pair[0]) < size(pair[1])) {
            true => Ok(()),
            false => Err(BadSilence::NotInOrder),
        }
    }
}

/// For putting steps in order: a day as eight hours of business.
fn size(target: Target) -> u64 {
    u64::from(target.business_days) * 8 * 60
        + u64::from(target.business_minutes)
        + u64::from(target.real_minutes)
}
