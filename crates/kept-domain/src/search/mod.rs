//! The search language: words, phrases and fields together, as the search page, views, rules and bulk acts take it.
//!
//! `printer "paper jam" client:acme is:open (turn:client or due:<2d) -from:dana opened:last-week`

mod complete;
mod days;
mod fields;
mod holds;
mod near;
mod parse;
mod placed;
mod query;
mod terms;
mod when;
mod words;
mod written;

pub use complete::{Completing, as_value, complete};
pub use days::Day;
pub use fields::{FIELDS, Field, HELP, Values};
pub use holds::{Asker, Facts, Known, KnownAsset, holds};
pub use near::nearest;
pub use parse::{BadQuery, LONGEST, Meant, parse};
pub use placed::{Negation, mistaken, negation};
pub use query::{Condition, Has, Is, Query, numbered, whole_name};
pub use terms::{Phrase, Terms, Wanted};
pub use when::{Bounds, Moment, When};
pub use words::{Words, split};

#[cfg(test)]
mod tests;
