//! The search language: words, phrases and fields together.
//!
//! `printer "paper jam" client:acme is:open turn:client -from:dana before:2026-10-01`

mod holds;
mod parse;
mod query;
mod terms;
mod words;

pub use holds::{Facts, Known, holds};
pub use parse::{BadQuery, parse};
pub use query::{Condition, Is, Query};
pub use terms::{Phrase, Terms, Wanted};
pub use words::{Words, split};
