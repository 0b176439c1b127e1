//! Phrases of a language, looked for in words.
//!
//! A phrase is words with spaces between: `i|we` is either, `also?` may be missing, `..` is up to eight words, `*` any one, `@do`
//! a named set of words, and `^` in front demands the beginning of the clause. Several phrases are kept apart by `;`.

use std::collections::HashMap;
use std::ops::Range;

use super::Word;

const GAP: usize = 8;

/// Named sets of words for phrases: `("do", "send|call")`.
pub(crate) type Sets = &'static [(&'static str, &'static str)];

#[derive(Debug)]
pub(crate) struct Phrases<T> {
    by_first: HashMap<&'static str, Vec<Phrase<T>>>,
}

#[derive(Debug, Clone)]
struct Phrase<T> {
    items: Vec<Item>,
    anchored: bool,
    means: T,
}

#[derive(Debug, Clone)]
enum Item {
    One {
        words: Vec<&'static str>,
        optional: bool,
    },
    Any,
    Gap,
}

impl<T: Copy> Phrases<T> {
    pub fn new() -> Self {
        Self {
            by_first: HashMap::new(),
        }
    }

    /// Adds the phrases of `rows`, each with what it means.
    pub fn with(mut self, rows: &[(&'static str, T)], sets: Sets) -> Self {
        for (phrases, means) in rows {
            for phrase in phrases.split(';') {
                self.add(phrase.trim(), *means, sets);
            }
        }
        self
    }

    fn add(&mut self, phrase: &'static str, means: T, sets: Sets) {
        let (anchored, rest) = match phrase.strip_prefix('^') {
            Some(rest) => (true, rest),
            None => (false, phrase),
        };
        let items: Vec<Item> = rest
            .split_whitespace()
            .map(|item| compile(item, sets))
            .collect();
        let phrase = Phrase {
            items,
            anchored,
            means,
        };
        for first in phrase.firsts() {
            self.by_first.entry(first).or_default().push(phrase.clone());
        }
    }

    /// The longest phrase that begins at `at` and ends within `words`: its end and meaning. The first of equals.
    /// `start` is where the clause begins.
    pub fn at(&self, words: &[Word], at: usize, start: usize) -> Option<(usize, T)> {
        let phrases = self.by_first.get(&*words.get(at)?.text)?;
        let mut best: Option<(usize, T)> = None;
        for phrase in phrases
            .iter()
            .filter(|phrase| !phrase.anchored || at == start)
        {
            let end = ends(&phrase.items, words, at);
            if let Some(end) = end.filter(|end| best.is_none_or(|(longest, _)| *end > longest)) {
                best = Some((end, phrase.means));
            }
        }
        best
    }

    /// All that is found from left to right without overlap, within `range` whose clause begins at `start`.
    pub fn find(
        &self,
        words: &[Word],
        range: Range<usize>,
        start: usize,
    ) -> Vec<(Range<usize>, T)> {
        let words = &words[..range.end];
        let mut found = Vec::new();
        let mut at = range.start;
        while at < range.end {
            match self.at(words, at, start) {
                Some((end, means)) => {
                    found.push((at..end, means));
                    at = end.max(at + 1);
                }
                None => at += 1,
            }
        }
        found
    }

    pub fn has(&self, words: &[Word], range: Range<usize>, start: usize) -> bool {
        let words = &words[..range.end];
        range
            .into_iter()
            .any(|at| self.at(words, at, start).is_some())
    }
}

impl<T> Phrase<T> {
    /// The words it can begin with.
    fn firsts(&self) -> Vec<&'static str> {
        let mut found = Vec::new();
        for item in &self.items {
            let Item::One { words, optional } = item else {
                break;
            };
            found.extend(words);
            if !optional {
                break;
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn compile(item: &'static str, sets: Sets) -> Item {
    if item == ".." {
        return Item::Gap;
    }
    if item == "*" {
        return Item::Any;
    }
    let (item, optional) = match item.strip_suffix('?') {
        Some(item) if !item.is_empty() => (item, true),
        _ => (item, false),
    };
    let words = item
        .split('|')
        .flat_map(|word| named(word, sets).split('|'));
    Item::One {
        words: words.collect(),
        optional,
    }
}

fn named(word: &'static str, sets: Sets) -> &'static str {
    let name = word.strip_prefix('@').filter(|name| !name.is_empty());
    let set = name.and_then(|name| sets.iter().find(|(known, _)| *known == name));
    set.map_or(word, |(_, words)| words)
}

/// Where the furthest way to match `items` from `at` ends.
fn ends(items: &[Item], words: &[Word], at: usize) -> Option<usize> {
    let Some((item, rest)) = items.split_first() else {
        return Some(at);
    };
    match item {
        Item::One {
            words: any,
            optional,
        } => {
            let here = words.get(at).filter(|word| any.contains(&&*word.text));
            let taken = here.and_then(|_| ends(rest, words, at + 1));
            let left_out = optional.then(|| ends(rest, words, at)).flatten();
            taken.max(left_out)
        }
        Item::Any => {
            let here = words.get(at).filter(|word| word.is_word());
            here.and_then(|_| ends(rest, words, at + 1))
        }
        Item::Gap => {
            let last = (at + GAP).min(words.len());
            (at..=last).find_map(|from| ends(rest, words, from))
        }
    }
}
