//! Whether a text tells its reader that all is done, so that the composer can offer *resolve*.
//!
//! “Everything is fixed” does; “the first part is fixed”, “it should be fixed” and whatever leaves something open do not.

mod english;
mod german;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use super::{Clause, Phrases, Sentence, clauses, partings, read};

/// The first sentence of a message's new text that says so, on one line. What is still open anywhere in the text stands
/// against it.
pub fn settled(text: &str) -> Option<String> {
    let sentences = read(text);
    let own = sentences.iter().take_while(|one| !partings::is_one(one));
    let own: Vec<&Sentence> = own.collect();
    if own.iter().any(|one| leaves_open(one)) {
        return None;
    }
    let settling = own.into_iter().find(|one| settles(one))?;
    let words = text[settling.span()].split_whitespace();
    Some(words.collect::<Vec<_>>().join(" "))
}

/// What a phrase says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// All is done.
    Done,
    /// It only may be, is not quite, or was not: it takes back what else its sentence says.
    Unsure,
    /// Something is still to come, wherever it stands.
    Open,
    /// What looks like one of these and is none.
    Nothing,
}

static PHRASES: LazyLock<Phrases<Says>> = LazyLock::new(|| {
    Phrases::new()
        .with(english::PHRASES, english::SETS)
        .with(german::PHRASES, german::SETS)
});

const JOINS: &[&[&str]] = &[&["and", "but", "so", "und", "aber"]];
const LEADS: &[&[&str]] = &[&[
    "and",
    "but",
    "und",
    "aber",
    "so",
    "also",
    "then",
    "dann",
    "hi",
    "hello",
    "hallo",
    "good",
    "news",
    "great",
    "gute",
    "nachrichten",
]];

fn found(sentence: &Sentence, clause: &Clause) -> Vec<Says> {
    let found = PHRASES.find(&sentence.words, clause.range.clone(), clause.first);
    found.into_iter().map(|(_, says)| says).collect()
}

fn leaves_open(sentence: &Sentence) -> bool {
    let clauses = clauses(&sentence.words, JOINS, LEADS);
    let mut each = clauses.iter().map(|clause| found(sentence, clause));
    sentence.question || each.any(|says| says.contains(&Says::Open))
}

fn settles(sentence: &Sentence) -> bool {
    let clauses = clauses(&sentence.words, JOINS, LEADS);
    let each: Vec<_> = clauses
        .iter()
        .map(|clause| found(sentence, clause))
        .collect();
    let has = |wanted: Says| each.iter().any(|says| says.contains(&wanted));
    has(Says::Done) && !has(Says::Unsure)
}
