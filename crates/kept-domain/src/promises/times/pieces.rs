//! The words of a sentence as atoms of time, numbers and marks.

use jiff::civil::Weekday;

use super::atom::Atom;
use crate::language::{Phrases, Word};

/// An atom, number or mark, and the words it was read from (`from..to`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub kind: Kind,
    pub from: usize,
    pub to: usize,
    /// Nothing stands between it and the piece before.
    pub glued: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Atom(Atom),
    Number {
        value: u32,
        digits: u8,
    },
    Mark(char),
    /// A word that has nothing to do with times.
    Other,
}

impl Piece {
    pub fn atom(&self) -> Option<Atom> {
        match self.kind {
            Kind::Atom(atom) => Some(atom),
            _ => None,
        }
    }

    pub fn is(&self, atom: Atom) -> bool {
        self.atom() == Some(atom)
    }

    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    pub fn number(&self) -> Option<u32> {
        match self.kind {
            Kind::Number { value, .. } => Some(value),
            _ => None,
        }
    }

    /// A number in digits or in words.
    pub fn count(&self) -> Option<u32> {
        match self.kind {
            Kind::Number { value, .. } => Some(value),
            Kind::Atom(Atom::Count(value)) => Some(value),
            _ => None,
        }
    }

    pub fn digits(&self) -> u8 {
        match self.kind {
            Kind::Number { digits, .. } => digits,
            _ => 0,
        }
    }
}

pub(super) fn pieces(words: &[Word], lexicon: &Phrases<Atom>) -> Vec<Piece> {
    let mut found = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let to = match lexicon.at(words, at, 0) {
            Some((to, atom)) => {
                found.push(piece(Kind::Atom(atom), words, at..to));
                to
            }
            None => {
                add(words, at, lexicon, &mut found);
                at + 1
            }
        };
        at = to;
    }
    found
}

fn piece(kind: Kind, words: &[Word], range: std::ops::Range<usize>) -> Piece {
    Piece {
        kind,
        from: range.start,
        to: range.end,
        glued: words[range.start].glued,
    }
}

fn add(words: &[Word], at: usize, lexicon: &Phrases<Atom>, found: &mut Vec<Piece>) {
    let word = &words[at];
    let mut push = |kind| found.push(piece(kind, words, at..at + 1));
    if let Some(value) = word.number {
        let digits = u8::try_from(word.to - word.from).unwrap_or(u8::MAX);
        push(Kind::Number { value, digits });
    } else if let Some((day, part)) = compound(word, lexicon) {
        push(Kind::Atom(Atom::Weekday(day)));
        push(Kind::Atom(part));
    } else {
        let mark = word
            .text
            .chars()
            .next()
            .filter(|mark| !mark.is_alphanumeric());
        push(mark.map_or(Kind::Other, Kind::Mark));
    }
}

/// `montagvormittag`: a day and a part of it in one word.
fn compound(word: &Word, lexicon: &Phrases<Atom>) -> Option<(Weekday, Atom)> {
    let alone = |text: &str| {
        let word = Word {
            text: text.to_owned(),
            ..word.clone()
        };
        lexicon.at(&[word], 0, 0).map(|(_, atom)| atom)
    };
    let behind = |name: &str| word.text.find(name).map(|at| at + name.len());
    let cut = behind("mittwoch").or_else(|| behind("tag"));
    let cut = cut.filter(|cut| *cut < word.text.len())?;
    let (day, part) = (alone(&word.text[..cut])?, alone(&word.text[cut..])?);
    match (day, part) {
        (Atom::Weekday(day), part @ Atom::Part(_)) => Some((day, part)),
        _ => None,
    }
}
