//! What somebody writes and has not sent yet, kept while they write: on whichever device, the newest words stand, and
//! what was written elsewhere meanwhile is put beside them instead of lost.

#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Bytes of the text of a draft.
pub const LONGEST_TEXT: usize = 200_000;
/// Other fields of its form, and bytes of them all.
pub const MOST_FIELDS: usize = 120;
pub const LONGEST_FIELDS: usize = 40_000;
/// What was thrown away can be brought back for so long.
pub const DISCARDED_FOR: SignedDuration = SignedDuration::from_hours(24);

/// One version of what is being written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub text: String,
    /// The other fields of its form, by name; some are there several times.
    pub fields: Vec<(String, String)>,
    /// No two versions of a draft have the same.
    pub saved_at: Timestamp,
}

impl Draft {
    fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// What is kept for one person and ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub draft: Draft,
    /// What was written elsewhere and is not in the draft.
    pub other: Option<Draft>,
    pub discarded_at: Option<Timestamp>,
}

/// A version that comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    pub draft: Draft,
    /// The version it goes on from, as far as its writer knew one.
    pub base: Option<Timestamp>,
    /// Its writer found something newer here and only wants it put beside that.
    pub is_older: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadDraft {
    #[error("this is too long to be kept as a draft; attach it as a file, or send it in parts")]
    TooLong,
}

/// What is kept once `saved` came in: the newest words, and beside them those they do not go on from.
///
/// # Errors
/// When it is too long.
pub fn save(stands: Option<Kept>, saved: Saved) -> Result<Kept, BadDraft> {
    check(&saved.draft)?;
    let Some(stands) = stands.filter(|it| it.discarded_at.is_none()) else {
        return Ok(alone(saved.draft));
    };
    let after = stands.draft.saved_at + SignedDuration::from_millis(1);
    let new = Draft {
        saved_at: saved.draft.saved_at.max(after),
        ..saved.draft
    };
    let goes_on = saved.base == Some(stands.draft.saved_at) || stands.draft.text == new.text;
    Ok(match (saved.is_older, goes_on) {
        (true, _) => beside(stands.draft, new),
        (false, true) => Kept {
            draft: new,
            ..stands
        },
        (false, false) => beside(new, stands.draft),
    })
}

fn check(draft: &Draft) -> Result<(), BadDraft> {
    let fields: usize = draft.fields.iter().map(|(n, v)| n.len() + v.len()).sum();
    let fits = draft.text.len() <= LONGEST_TEXT
        && draft.fields.len() <= MOST_FIELDS
        && fields <= LONGEST_FIELDS;
    if fits { Ok(()) } else { Err(BadDraft::TooLong) }
}

fn alone(draft: Draft) -> Kept {
    Kept {
        draft,
        other: None,
        discarded_at: None,
    }
}

fn beside(draft: Draft, other: Draft) -> Kept {
    let differs = !other.is_empty() && other.text != draft.text;
    Kept {
        other: Some(other).filter(|_| differs),
        ..alone(draft)
    }
}

/// The version that was put beside stands, and the one that stood is beside it; nothing when there is no other.
pub fn swap(stands: Kept, now: Timestamp) -> Option<Kept> {
    let other = stands.other?;
    let after = stands.draft.saved_at + SignedDuration::from_millis(1);
    let draft = Draft {
        saved_at: now.max(after),
        ..other
    };
    Some(beside(draft, stands.draft))
}
