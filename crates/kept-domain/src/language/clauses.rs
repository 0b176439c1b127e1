//! A sentence cut into clauses, so that who promises and by when are looked for in the same one.

use std::ops::Range;

use super::Word;

/// A part of a sentence: places of its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clause {
    pub range: Range<usize>,
    /// Its first word that is not a conjunction.
    pub first: usize,
}

/// Cuts at commas and the like, and before `joins`; `leads` are passed over at a clause's beginning.
pub(crate) fn clauses(words: &[Word], joins: &[&[&str]], leads: &[&[&str]]) -> Vec<Clause> {
    let within =
        |lists: &[&[&str]], word: &Word| lists.iter().any(|list| list.contains(&&*word.text));
    let mut found: Vec<Clause> = Vec::new();
    let mut from = 0;
    let mut close = |from: usize, to: usize| {
        let has_word = words[from..to].iter().any(Word::is_word);
        if has_word {
            let lead = words[from..to]
                .iter()
                .take_while(|word| !word.is_word() || within(leads, word));
            let first = (from + lead.count()).min(to - 1);
            found.push(Clause {
                range: from..to,
                first,
            });
        }
    };
    for at in 0..words.len() {
        if cuts(words, at) {
            close(from, at);
            from = at + 1;
        } else if at > from && within(joins, &words[at]) && !between_numbers(words, at) {
            close(from, at);
            from = at;
        }
    }
    close(from, words.len());
    found
}

fn cuts(words: &[Word], at: usize) -> bool {
    match &*words[at].text {
        "," | ":" => !words
            .get(at + 1)
            .is_some_and(|next| next.glued && next.number.is_some()),
        ";" | "(" | ")" | "–" | "—" | "-" => !words[at].glued,
        _ => false,
    }
}

/// `between 9 and 10`, `zwei oder drei`: one time, not two clauses.
fn between_numbers(words: &[Word], at: usize) -> bool {
    words.get(at + 1).is_some_and(|next| next.number.is_some())
}
