//! Times in a sentence, read from atoms: the phrasebook of a language leads to those, and nothing here knows one.

mod amount;
pub(super) mod atom;
mod clock;
mod date;
mod expression;
mod period;
mod pieces;
pub(super) mod when;

use std::ops::Range;

use crate::language::{Phrases, Word};
use atom::Atom;
use pieces::{Kind, Piece};
use when::When;

/// A time in a sentence: the words it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Time {
    pub words: Range<usize>,
    pub told: Told,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    At(When),
    /// The end of the working day after so many.
    Vague(u8),
}

/// The times of a sentence in order; what is past or repeats is left out.
pub(super) fn times(words: &[Word], lexicon: &Phrases<Atom>) -> Vec<Time> {
    let pieces = pieces::pieces(words, lexicon);
    let reading = Reading {
        words,
        pieces: &pieces,
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        at = match expression::expression(&reading, at) {
            Some((when, end)) => {
                let words = pieces[at].from..pieces[end - 1].to;
                found.extend(when.map(|when| Time {
                    words,
                    told: Told::At(when),
                }));
                end
            }
            None => {
                found.extend(vague(&pieces[at]));
                at + 1
            }
        };
    }
    found
}

fn vague(piece: &Piece) -> Option<Time> {
    match piece.atom()? {
        Atom::Vague(days) => Some(Time {
            words: piece.from..piece.to,
            told: Told::Vague(days),
        }),
        _ => None,
    }
}

/// The pieces of a sentence and the words they came from.
struct Reading<'w> {
    words: &'w [Word],
    pieces: &'w [Piece],
}

impl Reading<'_> {
    fn get(&self, at: usize) -> Option<&Piece> {
        self.pieces.get(at)
    }

    fn atom(&self, at: usize) -> Option<Atom> {
        self.get(at)?.atom()
    }

    fn is(&self, at: usize, atom: Atom) -> bool {
        self.atom(at) == Some(atom)
    }

    fn skip_fill(&self, at: usize) -> usize {
        let fill = self
            .pieces
            .iter()
            .skip(at)
            .take(3)
            .take_while(|piece| piece.is(Atom::Fill));
        at + fill.count()
    }

    fn word(&self, at: usize) -> Option<&Word> {
        self.words.get(self.get(at)?.from)
    }

    /// Nothing but marks comes after: a dot here ends the sentence.
    fn ends_at(&self, at: usize) -> bool {
        self.pieces
            .iter()
            .skip(at)
            .all(|piece| matches!(piece.kind, Kind::Mark(_)))
    }

    /// `zum`, `am`, `den`: a number with a dot behind it is a day of the month.
    fn behind_article(&self, at: usize) -> bool {
        let before = self.get(at).and_then(|piece| piece.from.checked_sub(1));
        before
            .is_some_and(|before| matches!(&*self.words[before].text, "zum" | "am" | "den" | "dem"))
    }

    /// `by`, `on`, `am`, `bis` stand before, or a dot behind: a short name of a day is one.
    fn expects_day(&self, at: usize) -> bool {
        const LEADS: &[&str] = &[
            "by",
            "on",
            "until",
            "till",
            "bis",
            "am",
            "kommenden",
            "naechsten",
            "diesen",
            "this",
            "next",
            "for",
        ];
        let before = self.get(at).and_then(|piece| piece.from.checked_sub(1));
        let led = before.is_some_and(|before| LEADS.contains(&&*self.words[before].text));
        let capital = self.word(at).is_some_and(|word| word.capital);
        let next = self.get(at + 1);
        let dotted = next.is_some_and(|next| next.glued && next.is_mark('.'));
        let clear =
            next.is_none_or(|next| !matches!(next.kind, Kind::Other) || self.may_follow(at + 1));
        led && (capital || dotted) && clear
    }

    /// Words that may stand behind a bare hour.
    fn may_follow(&self, at: usize) -> bool {
        const FOLLOW: &[&str] = &[
            "and", "to", "with", "so", "und", "oder", "then", "sharp", "your", "our", "or", "at",
            "for", "an", "bei", "ihnen", "mit", "da", "vorbei", "sein", "zurueck", "melde", "ist",
            "wird", "latest", "i", "we", "you", "ich", "wir", "sie", "in", "punkt", "vor",
            "fertig", "erledigt", "ins", "im", "zu", "auf", "beim", "wieder", "los", "here",
            "there", "if",
        ];
        self.word(at)
            .is_some_and(|word| FOLLOW.contains(&&*word.text))
    }
}
