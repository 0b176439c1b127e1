//! How plainly a reply is written, with what would make it plainer. Hints are offered to the writer and stop nothing.
//!
//! Sentence length follows plain-language guides (15 to 20 words on average, none much above 25; ISO 24495-1 asks the
//! same of authors in words). Jargon and phrases that turn people away are tables, English and German.

#[cfg(test)]
mod tests;
mod words;

use std::sync::LazyLock;

use super::{Phrases, Sentence, asks, partings, read};

/// At a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    Plain,
    /// One thing could be said more simply.
    Nearly,
    Hard,
}

/// What would make it plainer; `words` as they stand in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// It turns the reader away, or puts the blame on them.
    BrushOff { words: String },
    /// A word of the trade, and another way to say it.
    Jargon {
        words: String,
        instead: &'static str,
    },
    /// A sentence of so many words.
    Long { words: String, count: usize },
    /// Nothing says what happens next, or that nothing needs to.
    NoNextStep,
}

/// How plain a text is, and why it is not plainer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plainness {
    pub grade: Grade,
    /// The weightiest first; no more than [`MOST_HINTS`].
    pub hints: Vec<Hint>,
}

/// Hints told at once; more would be a lecture.
pub const MOST_HINTS: usize = 3;
/// A sentence of more words is hard to follow.
const LONG: usize = 28;
/// Shorter texts owe no next step: `Thank you, Dana.`
const SHORT: usize = 12;
/// A text whose sentences are longer than this on average is hard.
const AVERAGE: usize = 22;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    BrushOff,
    Jargon(&'static str),
    /// What happens next, what the reader can do, or that it is done.
    Next,
}

static PHRASES: LazyLock<Phrases<Says>> = LazyLock::new(|| {
    let off: Vec<(&str, Says)> = words::BRUSH_OFFS
        .iter()
        .map(|it| (*it, Says::BrushOff))
        .collect();
    let next: Vec<(&str, Says)> = words::NEXT.iter().map(|it| (*it, Says::Next)).collect();
    let jargon = words::JARGON.iter();
    let jargon: Vec<(&str, Says)> = jargon
        .map(|(it, plain)| (*it, Says::Jargon(plain)))
        .collect();
    Phrases::new()
        .with(&off, &[])
        .with(&next, &[])
        .with(&jargon, &[])
});

/// `None` while nothing is written that could be judged.
pub fn plainness(text: &str) -> Option<Plainness> {
    let sentences = read(text);
    let own: Vec<&Sentence> = sentences
        .iter()
        .enumerate()
        .take_while(|(at, one)| *at == 0 || !partings::is_one(one))
        .map(|(_, one)| one)
        .collect();
    let counts: Vec<usize> = own.iter().map(|one| count(one)).collect();
    let all: usize = counts.iter().sum();
    if all == 0 {
        return None;
    }
    let said: Vec<Said> = own.iter().flat_map(|one| said(one, text)).collect();
    let goes_on =
        all < SHORT || said.iter().any(|it| it.says == Says::Next) || asks::asked(text).is_some();
    let mut hints = told(&said);
    if !goes_on {
        hints.push(Hint::NoNextStep);
    }
    hints.extend(long(&own, text));
    let wordy = all > AVERAGE * counts.iter().filter(|count| **count > 0).count();
    let grade = match (hints.len(), wordy) {
        (0, false) => Grade::Plain,
        (0, true) | (1, false) => Grade::Nearly,
        _ => Grade::Hard,
    };
    hints.truncate(MOST_HINTS);
    Some(Plainness { grade, hints })
}

fn count(sentence: &Sentence) -> usize {
    sentence.words.iter().filter(|word| word.is_word()).count()
}

struct Said {
    says: Says,
    words: String,
}

fn said(sentence: &Sentence, text: &str) -> Vec<Said> {
    let words = &sentence.words;
    let found = PHRASES.find(words, 0..words.len(), 0).into_iter();
    found
        .filter_map(|(range, says)| {
            let (first, last) = (
                words.get(range.start)?,
                words.get(range.end.checked_sub(1)?)?,
            );
            let words = text.get(first.from..last.to)?.to_owned();
            Some(Said { says, words })
        })
        .collect()
}

/// Each phrase once: what turns away first, then the words of the trade.
fn told(said: &[Said]) -> Vec<Hint> {
    let mut hints: Vec<Hint> = Vec::new();
    let off = said.iter().filter(|it| it.says == Says::BrushOff);
    let off = off.map(|it| Hint::BrushOff {
        words: it.words.clone(),
    });
    let jargon = said.iter().filter_map(|it| match it.says {
        Says::Jargon(instead) => Some(Hint::Jargon {
            words: it.words.clone(),
            instead,
        }),
        Says::BrushOff | Says::Next => None,
    });
    for hint in off.chain(jargon) {
        if !hints.contains(&hint) {
            hints.push(hint);
        }
    }
    hints
}

fn long(sentences: &[&Sentence], text: &str) -> Option<Hint> {
    let longest = sentences.iter().max_by_key(|one| count(one))?;
    let count = count(longest);
    (count > LONG).then(|| Hint::Long {
        words: text.get(longest.span()).unwrap_or_default().to_owned(),
        count,
    })
}
