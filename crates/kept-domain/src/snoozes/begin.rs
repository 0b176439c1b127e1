//! Putting a ticket off.

use jiff::Timestamp;

use super::Until;
use crate::event::Event;
use crate::tickets::{Refused, Ticket};

/// Why a ticket can't be put off like that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadSnooze {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("That time is over; choose one to come")]
    Past,
    #[error("That is more than {MOST_DAYS} days away; choose an earlier day to look at it again")]
    TooFar,
}

const MOST_DAYS: i64 = 366;

/// Whoever does this does not see the ticket among their own until then.
///
/// # Errors
/// When the ticket is set aside or has ended, or the time lies behind or too far ahead.
pub fn snooze(ticket: &Ticket, until: Until, now: Timestamp) -> Result<Vec<Event>, BadSnooze> {
    ticket.must_be_open()?;
    match until {
        Until::Time(at) if at <= now => Err(BadSnooze::Past),
        Until::Time(at) if at.duration_since(now).as_hours() > MOST_DAYS * 24 => {
            Err(BadSnooze::TooFar)
        }
        _ => Ok(vec![Event::Snoozed { until }]),
    }
}
