//! Where sentences end: at marks, at empty lines, at short lines; not behind `14.` or `Mo.`.

use super::Word;
use super::words::{LINE, PARAGRAPH};

/// A longer one is cut; people don't promise in sentences of so many words.
const MOST_WORDS: usize = 150;
/// A line at least this wide was broken by the mail program rather than its writer.
const WRAPPED: usize = 50;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// At least one; without the marks between lines.
    pub words: Vec<Word>,
    /// It ends with a question mark.
    pub question: bool,
}

impl Sentence {
    /// Its place in the text, in bytes.
    pub fn span(&self) -> std::ops::Range<usize> {
        let first = self.words.first().map_or(0, |word| word.from);
        let last = self.words.iter().map(|word| word.to).max().unwrap_or(first);
        first..last
    }
}

/// The sentences of `words`, in order.
pub(crate) fn sentences(words: Vec<Word>) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut open: Vec<Word> = Vec::new();
    let mut line_began = 0;
    for at in 0..words.len() {
        let word = &words[at];
        let is_line = word.is(LINE);
        let ends = match &*word.text {
            PARAGRAPH => true,
            LINE => line_ends(&words, line_began, at),
            "!" | "?" | "…" => true,
            "." => dot_ends(&words, at),
            _ => open.len() >= MOST_WORDS,
        };
        if is_line || word.is(PARAGRAPH) {
            line_began = at + 1;
        } else {
            open.push(word.clone());
        }
        if ends {
            close(&mut open, &mut found);
        }
    }
    close(&mut open, &mut found);
    found
}

fn close(open: &mut Vec<Word>, found: &mut Vec<Sentence>) {
    let words = std::mem::take(open);
    let question = words
        .iter()
        .rev()
        .take_while(|word| !word.is_word())
        .any(|word| word.is("?"));
    if words.iter().any(Word::is_word) {
        found.push(Sentence { words, question });
    } else if question && let Some(last) = found.last_mut() {
        last.question = true;
    }
}

/// A wrapped line goes on; one that its writer ended does not.
fn line_ends(words: &[Word], began: usize, at: usize) -> bool {
    const GREETS: &[&str] = &[
        "hi", "hello", "hey", "dear", "hallo", "guten", "sehr", "liebe", "lieber", "moin",
        "servus", "good",
    ];
    let (Some(first), Some(next)) = (words.get(began), words.get(at + 1)) else {
        return true;
    };
    let last = words[..at].last().map_or(first, |last| last);
    let width = last.to.saturating_sub(first.from);
    let greeting = GREETS.contains(&&*first.text) && last.is(",") && at - began < 8;
    let goes_on = next.is_word() && (!next.capital || width >= WRAPPED);
    greeting || !goes_on || (next.number.is_some() && width < WRAPPED)
}

/// Whether a full stop ends a sentence.
fn dot_ends(words: &[Word], at: usize) -> bool {
    let (Some(next), before) = (words.get(at + 1), at.checked_sub(1).map(|n| &words[n])) else {
        return true;
    };
    if next.glued && next.is_word() {
        return false;
    }
    let Some(before) = before.filter(|_| words[at].glued) else {
        return true;
    };
    let new_sentence = next.capital && !FOLLOWS.contains(&&*next.text);
    if before.number.is_some() || SHORT_DAYS.contains(&&*before.text) {
        return new_sentence || next.is(PARAGRAPH) || (next.is(LINE) && before.number.is_none());
    }
    if SHORT.contains(&&*before.text) {
        return false;
    }
    let half_day = matches!(&*before.text, "am" | "pm") && !next.capital && next.is_word();
    let letter = before.text.len() == 1 && !before.is("i");
    !(half_day || letter)
}

/// Names that stand behind `14.` or `Fr.` within a sentence.
const FOLLOWS: &[&str] = &[
    "januar",
    "februar",
    "maerz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "okt",
    "oct",
    "nov",
    "dez",
    "dec",
    "uhr",
    "mittag",
    "abend",
    "morgen",
    "vormittag",
    "nachmittag",
    "frueh",
    "der",
    "des",
    "december",
    "october",
    "january",
    "february",
    "march",
    "may",
    "june",
    "july",
];

const SHORT_DAYS: &[&str] = &[
    "mo", "di", "mi", "do", "fr", "sa", "so", "mon", "tue", "tues", "wed", "thu", "thur", "thurs",
    "fri", "sat", "sun",
];

const SHORT: &[&str] = &[
    "ca",
    "bzw",
    "usw",
    "nr",
    "evtl",
    "ggf",
    "inkl",
    "std",
    "min",
    "mr",
    "mrs",
    "ms",
    "dr",
    "approx",
    "vs",
    "bspw",
    "spaet",
    "tel",
    "str",
    "zzgl",
    "resp",
    "vsl",
    "voraussichtl",
    "jan",
    "feb",
    "aug",
    "sept",
    "okt",
    "nov",
    "dez",
];

#[cfg(test)]
mod tests {

    fn check(text: &str, expected: &[&str]) {
        let found = super::super::read(text);
        let found: Vec<&str> = found.iter().map(|one| &text[one.span()]).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        check("One. Two! Three?", &["One.", "Two!", "Three?"]);
        check(
            "Bis zum 14. Dezember. Gut.",
            &["Bis zum 14. Dezember.", "Gut."],
        );
        check(
            "Bis zum 14. melde ich mich.",
            &["Bis zum 14. melde ich mich."],
        );
        check("At 3 p.m. on Monday. OK.", &["At 3 p.m. on Monday.", "OK."]);
        check(
            "Bis Fr. Abend. Bis Mo. Ich rufe an.",
            &["Bis Fr. Abend.", "Bis Mo.", "Ich rufe an."],
        );
        check(
            "Hallo Anna,\nich komme um 10.30 Uhr.",
            &["Hallo Anna,", "ich komme um 10.30 Uhr."],
        );
        check("this line was\nbroken", &["this line was\nbroken"]);
        check("Yours\nAnna", &["Yours", "Anna"]);
        check("> I'll call.\nNo.\n-- \nI'll call.", &["No."]);
        check("", &[]);
    }
}
