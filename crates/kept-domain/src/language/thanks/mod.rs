//! Whether a message is a thank-you and nothing else: courtesy, which moves no turn (S11).
//!
//! Every word must belong to thanks or to "it works"; one that does not is something to read.

#[cfg(test)]
mod tests;
mod words;

use std::sync::LazyLock;

use super::{Phrases, Sentence, Word, partings, read};

/// Who says more has something to say.
const MOST_WORDS: usize = 40;
const MOST_NAMES: usize = 3;

/// What a phrase is in a thank-you.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// Thanks, or that all is well.
    Thanks,
    /// What may stand beside it.
    Kindness,
}

static PHRASES: LazyLock<Phrases<Says>> =
    LazyLock::new(|| Phrases::new().with(words::PHRASES, words::SETS));

/// Whether the new text of a message is thanks and nothing else.
pub fn only_thanks(text: &str) -> bool {
    let sentences = read(text);
    let count: usize = sentences.iter().map(|one| one.words.len()).sum();
    if sentences.is_empty() {
        return text.contains(words::SIGNS);
    }
    // `Cheers` parts, unless it is all there is.
    let own = sentences.iter().enumerate();
    let own = own.take_while(|(at, one)| *at == 0 || !partings::is_one(one));
    let said: Option<Vec<bool>> = own.map(|(_, one)| thanks(one)).collect();
    said.is_some_and(|said| count <= 2 * MOST_WORDS && said.contains(&true))
}

/// Whether the sentence thanks; `None` when it says anything else.
fn thanks(sentence: &Sentence) -> Option<bool> {
    let words = &sentence.words;
    if sentence.question
        || words.len() > MOST_WORDS
        || words
            .iter()
            .any(|word| words::AGAINST.split(' ').any(|against| word.is(against)))
    {
        return None;
    }
    let mut thanks = false;
    let mut names = MOST_NAMES;
    let mut at = partings::greeting(sentence);
    while at < words.len() {
        at = match PHRASES.at(words, at, 0) {
            Some((end, says)) => {
                thanks |= says == Says::Thanks;
                end.max(at + 1)
            }
            None if is_mark(&words[at]) => at + 1,
            None if names > 0 && at > 0 && words[at].capital && words[at].number.is_none() => {
                names -= 1;
                at + 1
            }
            None => return None,
        };
    }
    Some(thanks)
}

fn is_mark(word: &Word) -> bool {
    !word.is_word() && !word.text.starts_with('<')
}
