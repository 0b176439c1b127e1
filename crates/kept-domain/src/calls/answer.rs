//! What happens to a ticket when a call is logged, confirmed or corrected.

use jiff::{SignedDuration, Timestamp};

use super::{Answer, Call, Wanted};
use crate::event::{Event, Reopening};
use crate::ids::MessageId;
use crate::tickets::{Refused, Status, Ticket};

/// Characters of what was said, or of what was meant instead.
pub const LONGEST_WORDS: usize = 10_000;
const MOST_DAYS_AGO: i64 = 31;

/// Why a call can't be logged, or the answer to it can't be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotAnswer {
    #[error("write what was said; an empty call tells nobody anything")]
    Nothing,
    #[error("that is too long; {LONGEST_WORDS} characters are the most")]
    TooLong,
    #[error("that time is still to come; say when you spoke")]
    Future,
    #[error("that is more than {MOST_DAYS_AGO} days ago; write a note that says when it was")]
    LongAgo,
    #[error("you corrected this already; to add something, answer our mail")]
    Corrected,
    #[error("this was closed some time ago; write to us and we begin anew")]
    LongClosed,
}

/// # Errors
/// When nothing was said, or too much to be said in a call.
pub fn check_words(words: &str) -> Result<(), CannotAnswer> {
    match words.trim().chars().count() {
        0 => Err(CannotAnswer::Nothing),
        1..=LONGEST_WORDS => Ok(()),
        _ => Err(CannotAnswer::TooLong),
    }
}

/// # Errors
/// When the call was not yet, or so long ago that nobody could confirm it.
pub fn check_time(at: Timestamp, now: Timestamp) -> Result<(), CannotAnswer> {
    match now.duration_since(at) {
        // Forms know minutes only, and clocks differ a little.
        ago if ago < SignedDuration::from_mins(-2) => Err(CannotAnswer::Future),
        ago if ago > SignedDuration::from_hours(MOST_DAYS_AGO * 24) => Err(CannotAnswer::LongAgo),
        _ => Ok(()),
    }
}

/// What follows when `called` is logged on a ticket: whoever wants something wakes one that had ended.
///
/// # Errors
/// When the ticket is set aside.
pub fn log(ticket: &Ticket, called: Event) -> Result<Vec<Event>, Refused> {
    ticket.must_be_in_sight()?;
    let wants = matches!(
        called,
        Event::Called {
            wanted: Wanted::Act | Wanted::Decide,
            ..
        }
    );
    Ok(waking(ticket, called, wants))
}

/// They say that we understood. Nothing when they said so before.
///
/// # Errors
/// When they corrected it.
pub fn confirm(call: &Call) -> Result<Option<Event>, CannotAnswer> {
    match call.answer {
        Some(Answer::Corrected { .. }) => Err(CannotAnswer::Corrected),
        Some(Answer::Confirmed { .. }) => Ok(None),
        None => Ok(Some(Event::CallConfirmed {
            message: call.message,
        })),
    }
}

/// They say what they meant instead, also after they confirmed: people read on. It wakes a ticket that had ended no
/// longer ago than `grace`.
///
/// # Errors
/// When they corrected it before, or the ticket was closed longer ago.
pub fn correct(
    ticket: &Ticket,
    call: &Call,
    (wanted, correction): (Wanted, MessageId),
    grace: SignedDuration,
    now: Timestamp,
) -> Result<Vec<Event>, CannotAnswer> {
    if matches!(call.answer, Some(Answer::Corrected { .. })) {
        return Err(CannotAnswer::Corrected);
    }
    if ticket
        .closed_at
        .is_some_and(|closed| ticket.status == Status::Closed && now.duration_since(closed) > grace)
    {
        return Err(CannotAnswer::LongClosed);
    }
    let corrected = Event::CallCorrected {
        message: call.message,
        wanted,
        correction,
    };
    Ok(waking(ticket, corrected, true))
}

fn waking(ticket: &Ticket, event: Event, wakes: bool) -> Vec<Event> {
    let ended = matches!(ticket.status, Status::Resolved | Status::Closed);
    let reopened = (ended && wakes).then_some(Event::Reopened {
        why: Reopening::ClientWrote,
    });
    std::iter::once(event).chain(reopened).collect()
}
