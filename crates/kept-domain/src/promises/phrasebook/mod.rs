//! What a language says promises with. Another language is another file like those here, named in [`BOOKS`].

mod english;
mod german;
mod times;

use std::sync::LazyLock;

use super::times::atom::Atom;
use crate::language::Phrases;
use crate::language::Sets;

/// One language. How phrases are written is told in `language/phrases.rs`.
pub(super) struct Phrasebook {
    pub sets: Sets,
    /// Somebody of the writer's side takes something on.
    pub commits: &'static [&'static str],
    /// The same, weakly: a promise for the writer to make firm.
    pub hedged: &'static [&'static str],
    /// Words that make any commitment weak.
    pub hedges: &'static [&'static str],
    /// What denies a commitment, at once or anywhere in its clause, and what looks like that but does not.
    pub denials: &'static [(&'static str, Denial)],
    /// What somebody else said or wrote; nothing behind it is the writer's own word.
    pub reported: &'static [&'static str],
    /// A clause that begins like this is a condition.
    pub conditions: &'static [&'static str],
    /// Such a condition is mere politeness.
    pub polite: &'static [&'static str],
    /// Before a condition: `I'll check if` means whether.
    pub whether: &'static [&'static str],
    /// A clause that begins like this tells when or why; its times are not the promise's.
    pub aside: &'static [&'static str],
    /// A clause that begins like this has somebody or something else to tell of.
    pub others: &'static [&'static str],
    /// A clause that begins like this goes on with a commitment before it, though elsewhere it is somebody else's.
    pub goes_on: &'static [&'static str],
    /// A clause that begins like this is a question, if the sentence is one.
    pub asks: &'static [&'static str],
    /// `…, ok?`: a question that changes nothing.
    pub tags: &'static [&'static str],
    /// A new clause begins before these words.
    pub joins: &'static [&'static str],
    /// What may stand before the beginning of a clause.
    pub leads: &'static [&'static str],
    pub times: &'static [&'static [(&'static str, Atom)]],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Denial {
    /// Within the first words behind the commitment, or before it.
    Near,
    /// Anywhere in the clause.
    Anywhere,
    /// No denial though it looks like one.
    No,
}

const BOOKS: &[&Phrasebook] = &[&english::BOOK, &german::BOOK];

/// All languages together, ready to look things up in.
pub(super) struct Books {
    /// Whether it is firm.
    pub commits: Phrases<bool>,
    pub hedges: Phrases<()>,
    pub denials: Phrases<Denial>,
    pub reported: Phrases<()>,
    pub conditions: Phrases<()>,
    pub polite: Phrases<()>,
    pub whether: Phrases<()>,
    pub aside: Phrases<()>,
    pub others: Phrases<()>,
    pub goes_on: Phrases<()>,
    pub asks: Phrases<()>,
    pub tags: Phrases<()>,
    pub joins: Vec<&'static [&'static str]>,
    pub leads: Vec<&'static [&'static str]>,
    pub times: Phrases<Atom>,
}

pub(super) static ALL: LazyLock<Books> = LazyLock::new(|| Books {
    commits: together(|book| {
        rows(book.commits, true)
            .chain(rows(book.hedged, false))
            .collect()
    }),
    hedges: marks(|book| book.hedges),
    denials: together(|book| book.denials.to_vec()),
    reported: marks(|book| book.reported),
    conditions: marks(|book| book.conditions),
    polite: marks(|book| book.polite),
    whether: marks(|book| book.whether),
    aside: marks(|book| book.aside),
    others: marks(|book| book.others),
    goes_on: marks(|book| book.goes_on),
    asks: marks(|book| book.asks),
    tags: marks(|book| book.tags),
    joins: BOOKS.iter().map(|book| book.joins).collect(),
    leads: BOOKS.iter().map(|book| book.leads).collect(),
    times: together(|book| book.times.concat()),
});

fn rows<T: Copy>(
    phrases: &'static [&'static str],
    means: T,
) -> impl Iterator<Item = (&'static str, T)> {
    phrases.iter().map(move |phrase| (*phrase, means))
}

fn marks(list: impl Fn(&Phrasebook) -> &'static [&'static str]) -> Phrases<()> {
    together(|book| rows(list(book), ()).collect())
}

fn together<T: Copy>(list: impl Fn(&Phrasebook) -> Vec<(&'static str, T)>) -> Phrases<T> {
    let empty = Phrases::new();
    BOOKS
        .iter()
        .fold(empty, |all, book| all.with(&list(book), book.sets))
}
