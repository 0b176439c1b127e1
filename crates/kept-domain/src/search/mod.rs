//! The search language: words, phrases and fields together.
//!
//! `printer "paper jam" client:acme is:open turn:client -from:dana before:2026-10-01`

mod parse;
mod query;

pub use parse::{BadQuery, parse};
pub use query::{Condition, Is, Query};
