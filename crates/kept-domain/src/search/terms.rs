//! What a searcher looks for, made of the same words as the index.

use super::words::split;

/// Words, phrases and words that must be missing, as the searcher typed them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// All must be there. The last may be the beginning of a word, for it may still be typed.
    pub words: Vec<String>,
    /// Words that must be there side by side.
    pub phrases: Vec<String>,
    /// None may be there.
    pub without: Vec<String>,
}

/// Terms made ready: at least one must be there.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub there: Vec<Phrase>,
    pub missing: Vec<Phrase>,
}

/// Words side by side; one word is a phrase of one.
#[derive(Debug, Clone)]
pub struct Phrase {
    pub words: Vec<String>,
    /// Whether the last word may go on.
    pub is_beginning: bool,
}

/// What a search may ask for at most; the rest is not looked at.
const PHRASES: usize = 16;
const PHRASE_BYTES: usize = 512;
/// A shorter beginning would match half of all words.
const BEGINNING_CHARS: usize = 3;

impl Terms {
    /// `None` when nothing that must be there holds a letter or a digit.
    pub fn wanted(&self) -> Option<Wanted> {
        let mut words = phrases(&self.words);
        if let Some(last) = words.last_mut() {
            last.is_beginning = may_go_on(last);
        }
        words.extend(phrases(&self.phrases));
        let missing = phrases(&self.without);
        (!words.is_empty()).then_some(Wanted {
            there: words,
            missing,
        })
    }
}

/// Words that must be missing where nothing is looked for.
pub(super) fn without(texts: &[String]) -> Vec<Phrase> {
    let each = texts.iter().map(std::slice::from_ref);
    each.flat_map(phrases).collect()
}

fn phrases(texts: &[String]) -> Vec<Phrase> {
    texts
        .iter()
        .map(|text| split(text, PHRASE_BYTES))
        .filter(|words| !words.is_empty())
        .take(PHRASES)
        .map(|words| Phrase {
            words,
            is_beginning: false,
        })
        .collect()
}

fn may_go_on(phrase: &Phrase) -> bool {
    phrase
        .words
        .last()
        .is_some_and(|word| word.chars().count() >= BEGINNING_CHARS)
}
