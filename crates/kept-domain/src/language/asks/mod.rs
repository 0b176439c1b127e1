//! Whether a text asks its reader for something, so that the composer can suggest *ask* instead of *update*.
//!
//! Questions and requests do; "let me know if you need anything else" and "how are you?" do not.

mod english;
mod german;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::LazyLock;

use super::{Clause, Phrases, Sentence, clauses, partings, read};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The sentence that asks, on one line.
    pub what: String,
    /// Where it stands in the text, in bytes.
    pub span: Range<usize>,
}

/// The first sentence of a message's new text that asks for something.
pub fn asked(text: &str) -> Option<Asked> {
    let sentences = read(text);
    let own = sentences.iter().take_while(|one| !partings::is_one(one));
    let asking = own.into_iter().find(|one| asks(one))?;
    let span = asking.span();
    let what = text[span.clone()]
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    Some(Asked { what, span })
}

/// What a phrase does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Does {
    /// It asks for something.
    Requests,
    /// It only looks like that.
    Nothing,
    /// A condition that makes the request beside it a mere offer: `if you need anything`.
    Offers,
    /// It makes the request of its own clause one: `any time`.
    Declines,
    /// A question that wants no answer.
    Greets,
}

static PHRASES: LazyLock<Phrases<Does>> = LazyLock::new(|| {
    let both = [english::PHRASES, german::PHRASES];
    let sets = [english::SETS, german::SETS];
    both.iter()
        .zip(sets)
        .fold(Phrases::new(), |all, (rows, sets)| all.with(rows, sets))
});

const JOINS: &[&[&str]] = &[&["and", "but", "und", "aber"]];
const LEADS: &[&[&str]] = &[&[
    "and", "but", "und", "aber", "so", "also", "then", "dann", "hi", "hello", "hallo",
]];

fn asks(sentence: &Sentence) -> bool {
    let words = &sentence.words;
    let clauses = clauses(words, JOINS, LEADS);
    let does = |clause: &Clause| {
        let found = PHRASES.find(words, clause.range.clone(), clause.first);
        found.into_iter().map(|(_, does)| does).collect::<Vec<_>>()
    };
    let all: Vec<Vec<Does>> = clauses.iter().map(does).collect();
    let has = |at: usize, does: Does| all.get(at).is_some_and(|clause| clause.contains(&does));
    let offers = |at: usize| has(at, Does::Offers) || has(at, Does::Declines);
    let requests = |at: usize| has(at, Does::Requests);
    if sentence.question {
        let last = clauses.len().saturating_sub(1);
        let greets = (0..clauses.len()).any(|at| has(at, Does::Greets));
        let offered = offers(last) && (0..clauses.len()).any(requests);
        return !(greets || offered);
    }
    // An offer takes back the request of its clause; one without a request that of the clause beside it.
    let led = |at: usize| at == 1 && offers(0) && !requests(0);
    let followed = |at: usize| has(at + 1, Does::Offers) && !requests(at + 1);
    (0..clauses.len()).any(|at| requests(at) && !offers(at) && !led(at) && !followed(at))
}
