//! What people write, cut into sentences, clauses and words, and phrases found in it.
//!
//! Plain text in, positions out. A language is a table of phrases; nothing here knows one, but for what spelling demands.

pub mod asks;
mod clauses;
mod partings;
mod phrases;
pub mod plain;
mod sentences;
pub mod settles;
pub mod thanks;
mod visible;
mod words;

pub(crate) use clauses::{Clause, clauses};
pub(crate) use phrases::{Phrases, Sets};
pub(crate) use sentences::{Sentence, sentences};
pub(crate) use words::Word;

/// So much of a text is read; what comes later is left alone.
pub const MOST_BYTES: usize = 32 * 1024;

/// The sentences a person wrote in `text`: no quotes, no links, nothing below the signature mark.
pub(crate) fn read(text: &str) -> Vec<Sentence> {
    let text = &text[..text.floor_char_boundary(MOST_BYTES)];
    sentences(visible::words(text))
}
