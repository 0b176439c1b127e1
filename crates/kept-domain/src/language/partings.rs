//! How letters begin and end: `Hi Anna,`, `Best regards`.

use std::sync::LazyLock;

use super::{Phrases, Sentence};

const PARTINGS: &str = "^ best;^ best|kind|kindest|warm|many regards|wishes;^ regards;^ sincerely;\
    ^ yours sincerely|truly|faithfully;^ cheers;^ mfg;^ lg;^ vg;^ bg;^ gruss;^ gruesse;\
    ^ viele|liebe|beste|schoene|herzliche gruesse;^ lieber|bester|schoener|herzlicher gruss;\
    ^ mit freundlichen|besten|freundlichem gruessen|gruss;^ freundliche gruesse;\
    ^ sent from my;^ von meinem .. gesendet;^ gesendet von|mit";

const GREETINGS: &str = "^ hi|hello|hey|dear|hallo|moin|servus|liebe|lieber|gruezi;^ guten tag|morgen|abend;\
    ^ good morning|afternoon|evening|day;^ sehr geehrte|geehrter";

static PHRASES: LazyLock<[Phrases<()>; 2]> =
    LazyLock::new(|| [PARTINGS, GREETINGS].map(|list| Phrases::new().with(&[(list, ())], &[])));

/// A longer sentence says something, however it begins.
const MOST_WORDS: usize = 9;

/// The words under a letter: what comes next is a name and an address.
pub(super) fn is_one(sentence: &Sentence) -> bool {
    begins(sentence, &PHRASES[0]).is_some() && is_short(sentence)
}

/// How many words of the sentence are its greeting: all of them, or those up to the first comma.
pub(super) fn greeting(sentence: &Sentence) -> usize {
    if begins(sentence, &PHRASES[1]).is_none() {
        return 0;
    }
    let comma = sentence
        .words
        .iter()
        .take(MOST_WORDS)
        .position(|word| word.is(",") || word.is("!"));
    match comma {
        Some(comma) => comma + 1,
        None if is_short(sentence) => sentence.words.iter().take(4).count(),
        None => 0,
    }
}

fn is_short(sentence: &Sentence) -> bool {
    sentence.words.iter().filter(|word| word.is_word()).count() <= MOST_WORDS
}

fn begins(sentence: &Sentence, phrases: &Phrases<()>) -> Option<usize> {
    phrases.at(&sentence.words, 0, 0).map(|(end, ())| end)
}
