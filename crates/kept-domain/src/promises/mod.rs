//! Promises: read out of what somebody wrote ("I'll get back to you tomorrow", "bis Freitag Mittag"), given, kept, broken.
//!
//! A promise is one's own commitment with a time. Questions, conditions, the past, other people's duties and quotes are
//! none. What is read is offered to its writer, never recorded by itself. Pure: text, time and hours in, promises out.

mod clause;
mod due;
mod give;
mod phrasebook;
mod record;
mod sentence;
mod times;

pub use give::{CannotPromise, Given, LONGEST_WHAT, agree_on, broken, give, hand_over, keep};
pub use record::{Promise, State, record};

use jiff::Timestamp;

use crate::hours::Calendar;
use crate::language;

/// A text has no more promises than these; the first are read.
const MOST: usize = 5;

/// A promise found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The sentence that makes it, on one line.
    pub what: String,
    /// Where that sentence stands in the text, in bytes.
    pub span: std::ops::Range<usize>,
    /// By when; later than the text was written.
    pub due: Timestamp,
    /// Whether the writer gave the time, or it is ours to suggest.
    pub firm: Firm,
    /// How the time was read, for people: `tomorrow → Tue 24 Nov, 17:00, end of your working day`.
    pub reading: String,
}

/// Whether a due time was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Firm {
    /// The text gives it.
    Fixed,
    /// The text is vague ("soon") or hedged ("hopefully tomorrow"): the due time is a suggestion.
    Vague,
}

/// The promises in the new text of a message, in order, each once.
///
/// `written` is when it was written; `calendar` says when its writer works, and in which zone "tomorrow" begins.
pub fn read(text: &str, written: Timestamp, calendar: &Calendar) -> Vec<Found> {
    let now = due::Now::new(written, calendar);
    let mut found: Vec<Found> = Vec::new();
    for sentence in language::read(text) {
        for promise in sentence::promises(&sentence, text, &now) {
            let again = found
                .iter()
                .any(|one| one.due == promise.due && one.span == promise.span);
            if !again && found.len() < MOST {
                found.push(promise);
            }
        }
        if found.len() >= MOST {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests;
