//! What may be done with time entries. Time can be logged on a ticket that has ended, too, for work is often written down
//! late; not on one that is set aside. An entry can be put right wherever its ticket went.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::{Details, TimeEntry, When};
use crate::event::Event;
use crate::ids::{MessageId, PersonId};
use crate::tickets::{Refused, Ticket};

/// Characters of what was done.
pub const LONGEST_TEXT: usize = 500;
/// Characters of why an entry was changed.
pub const LONGEST_WHY: usize = 300;
/// Entries that were ever made on one ticket.
pub const MOST_ENTRIES: u32 = 1_000;
/// The furthest back that work can be logged.
const LONGEST_AGO: SignedDuration = SignedDuration::from_hours(3 * 366 * 24);

/// Why time is not logged or stays as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadEntry {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("That is still to come; time is logged for work that was done")]
    ToCome,
    #[error("That is too long ago; three years are the most")]
    TooLongAgo,
    #[error("That is too long; {LONGEST_TEXT} characters are the most, the rest can be a note")]
    TextTooLong,
    #[error("A ticket has at most {MOST_ENTRIES} time entries")]
    TooMany,
    #[error("that time entry is not there any more")]
    Gone,
    #[error("This is somebody else’s time; they or an admin can change it")]
    NotYours,
    #[error("Write why; they will read it, for it is their time")]
    NoReason,
    #[error("That is too long; {LONGEST_WHY} characters are the most")]
    WhyTooLong,
}

/// Now, and the day it is for whoever acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub now: Timestamp,
    pub today: Date,
}

/// Who puts an entry right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Editor {
    pub person: PersonId,
    pub is_admin: bool,
}

/// Somebody worked on it, perhaps on what `message` says. `last` is the last number that was given out on the ticket.
///
/// # Errors
/// When the ticket is set aside, the work is still to come or too long ago, too much is said, or there would be too many.
pub fn log(
    ticket: &Ticket,
    last: u32,
    (person, message): (PersonId, Option<MessageId>),
    details: &Details,
    at: Moment,
) -> Result<Event, BadEntry> {
    ticket.must_be_in_sight()?;
    if last >= MOST_ENTRIES {
        return Err(BadEntry::TooMany);
    }
    Ok(Event::TimeLogged {
        entry: last + 1,
        person,
        message,
        details: checked(details, at)?,
    })
}

/// Puts it right. Somebody else's time needs a reason.
///
/// # Errors
/// When it is not theirs to change, is gone, lacks a reason, or can't be so.
pub fn change(
    entry: &TimeEntry,
    by: Editor,
    details: &Details,
    why: &str,
    at: Moment,
) -> Result<Option<Event>, BadEntry> {
    standing(entry)?;
    let why = reason(entry, by, why)?;
    let to = checked(details, at)?;
    Ok((to != entry.details).then(|| Event::TimeChanged {
        entry: entry.number,
        from: entry.details.clone(),
        to,
        why,
    }))
}

/// It counts no longer; the history keeps it.
///
/// # Errors
/// When it is not theirs to remove, is gone, or lacks a reason.
pub fn remove(entry: &TimeEntry, by: Editor, why: &str) -> Result<Event, BadEntry> {
    standing(entry)?;
    Ok(Event::TimeRemoved {
        entry: entry.number,
        spent: entry.details.spent,
        why: reason(entry, by, why)?,
    })
}

/// A removal is taken back.
///
/// # Errors
/// When it is not theirs to restore, or was not removed.
pub fn restore(entry: &TimeEntry, by: Editor) -> Result<Event, BadEntry> {
    may_change(entry, by)?;
    if entry.removed_at.is_none() {
        return Err(BadEntry::Gone);
    }
    Ok(Event::TimeRestored {
        entry: entry.number,
        spent: entry.details.spent,
    })
}

fn standing(entry: &TimeEntry) -> Result<(), BadEntry> {
    match entry.removed_at {
        Some(_) => Err(BadEntry::Gone),
        None => Ok(()),
    }
}

fn may_change(entry: &TimeEntry, by: Editor) -> Result<(), BadEntry> {
    match by.is_admin || entry.person == by.person {
        true => Ok(()),
        false => Err(BadEntry::NotYours),
    }
}

fn reason(entry: &TimeEntry, by: Editor, why: &str) -> Result<Option<String>, BadEntry> {
    may_change(entry, by)?;
    let why = one_line(why);
    match why.chars().count() {
        0 if entry.person == by.person => Ok(None),
        0 => Err(BadEntry::NoReason),
        1..=LONGEST_WHY => Ok(Some(why)),
        _ => Err(BadEntry::WhyTooLong),
    }
}

fn checked(details: &Details, at: Moment) -> Result<Details, BadEntry> {
    let (ago, least) = match details.when {
        When::Began(began) => (at.now.duration_since(began), details.spent.duration()),
        When::On(day) => (at.today.duration_since(day), SignedDuration::ZERO),
    };
    if ago < least {
        return Err(BadEntry::ToCome);
    }
    if ago > LONGEST_AGO {
        return Err(BadEntry::TooLongAgo);
    }
    Ok(Details {
        when: whole(details.when),
        text: wording(details.text.as_deref().unwrap_or_default())?,
        ..details.clone()
    })
}

/// Times are kept to the millisecond.
fn whole(when: When) -> When {
    match when {
        When::Began(began) => {
            let whole = Timestamp::from_millisecond(began.as_millisecond());
            When::Began(whole.unwrap_or(began))
        }
        When::On(day) => When::On(day),
    }
}

/// What was done, as it is kept: on one line, or nothing.
///
/// # Errors
/// When it says too much.
pub fn wording(text: &str) -> Result<Option<String>, BadEntry> {
    let text = one_line(text);
    match text.chars().count() {
        0 => Ok(None),
        1..=LONGEST_TEXT => Ok(Some(text)),
        _ => Err(BadEntry::TextTooLong),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
