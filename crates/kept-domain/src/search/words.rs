//! Cutting text into words, the same for what is indexed and for what is looked for.
//! Never keeps anything but letters, digits and the marks that belong to them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A longer word is found by its beginning. Such words are codes, not language.
const WORD_CHARS: usize = 64;
/// All words of one message together. PostgreSQL holds up to 1 MB with its own marks.
const MESSAGE_BYTES: usize = 256 * 1024;
/// The part of it that subject and people may use each.
const HEADER_BYTES: usize = 16 * 1024;

/// The words of one message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    pub subject: Vec<String>,
    pub people: Vec<String>,
    pub body: Vec<String>,
}

impl Words {
    /// Cuts the three texts of a message into words, no more than an index takes.
    pub fn of(subject: &str, people: &str, body: &str) -> Words {
        Words {
            subject: split(subject, HEADER_BYTES),
            people: split(people, HEADER_BYTES),
            body: split(body, MESSAGE_BYTES - 2 * HEADER_BYTES),
        }
    }
}

/// The words of `text` in order, up to `most_bytes` of them.
pub fn split(text: &str, most_bytes: usize) -> Vec<String> {
    let mut words = Vec::new();
    let mut bytes = 0;
    let runs = text.split(|letter| !is_part_of_word(letter));
    for run in runs.filter(|run| !run.is_empty()) {
        let from = words.len();
        if run.is_ascii() {
            // Most words of most mails: nothing to fold, and one run is one word.
            words.push(run[..run.len().min(WORD_CHARS)].to_ascii_lowercase());
        } else {
            words.append(&mut of_run(run));
        }
        for at in from..words.len() {
            bytes += words[at].len();
            if bytes > most_bytes {
                words.truncate(at);
                return words;
            }
        }
    }
    words
}

fn is_part_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

/// A run of letters is one word, but for scripts that put no spaces between words: there each
/// character is one, and several are found as a phrase.
fn of_run(run: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for letter in folded(run)
        .chars()
        .filter(|letter| is_part_of_word(*letter))
    {
        if stands_alone(letter) {
            finish(&mut words, &mut word);
            words.push(letter.to_string());
        } else {
            word.push(letter);
        }
    }
    finish(&mut words, &mut word);
    words
}

fn finish(words: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() {
        words.push(word.chars().take(WORD_CHARS).collect());
        word.clear();
    }
}

/// Lower-case, compatibility forms made plain (`ﬁ` → `fi`), accents of Latin, Greek and Cyrillic
/// taken off.
fn folded(run: &str) -> String {
    let mut text = String::with_capacity(run.len());
    for letter in run
        .to_lowercase()
        .nfkd()
        .filter(|letter| !is_accent(*letter))
    {
        match without_stroke(letter) {
            Some(plain) => text.push_str(plain),
            None => text.push(letter),
        }
    }
    text.nfc().collect()
}

fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36F}')
}

/// Letters that Unicode does not take apart.
fn without_stroke(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        _ => return None,
    })
}

/// Kana, Han and their extensions.
fn stands_alone(letter: char) -> bool {
    matches!(letter,
        '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(split(text, 1000), expected, "{text:?}");
    }

    #[test]
    fn text_becomes_words() {
        check("", &[]);
        check("  ... !", &[]);
        check(
            "Printer on FIRE, again!",
            &["printer", "on", "fire", "again"],
        );
        check("anna.zoe@example.org", &["anna", "zoe", "example", "org"]);
        check("INV-2024/0042", &["inv", "2024", "0042"]);
        check(
            "Zoë Łódź STRASSE Straße",
            &["zoe", "lodz", "strasse", "strasse"],
        );
        check("Жёлтый Ωμέγα", &["желтыи", "ωμεγα"]);
        check("東京の会議 room", &["東", "京", "の", "会", "議", "room"]);
        check("한국어 문서", &["한국어", "문서"]);
        check("ﬁle №5", &["file", "5"]);
        check("a\u{0}b", &["a", "b"]);
    }

    #[test]
    fn long_words_and_long_texts_are_cut() {
        assert_eq!(split(&"x".repeat(500), 1000), ["x".repeat(WORD_CHARS)]);
        assert_eq!(split(&"word ".repeat(500), 10), ["word", "word"]);
    }
}
