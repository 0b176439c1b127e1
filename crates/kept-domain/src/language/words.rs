//! A line cut into words, numbers and marks, each with its place in the text.
//!
//! Words are folded: lower case, `ü` as `ue`, no accents, contractions taken apart (`won't` is `will not`). Links and
//! what stands between quotation marks become one mark each, so that nothing in them is read.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub(super) const LINE: &str = "\n";
pub(super) const PARAGRAPH: &str = "\n\n";
const LINK: &str = "<link>";
const QUOTE: &str = "<quote>";
/// A longer run of letters is no word of a language.
const MOST_LETTERS: usize = 40;

/// A word, number or mark, and where it stands (`from..to`, bytes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub text: String,
    pub from: usize,
    pub to: usize,
    /// Nothing stands between it and the one before.
    pub glued: bool,
    pub capital: bool,
    pub number: Option<u32>,
}

impl Word {
    pub fn is(&self, text: &str) -> bool {
        self.text == text
    }

    pub fn is_word(&self) -> bool {
        self.text.starts_with(char::is_alphanumeric)
    }

    pub(super) fn mark(text: &str, at: usize) -> Self {
        Self {
            text: text.to_owned(),
            from: at,
            to: at,
            glued: false,
            capital: false,
            number: None,
        }
    }
}

/// Adds the words of `line`, which begins at byte `base` of the text.
pub(super) fn cut(line: &str, base: usize, found: &mut Vec<Word>) {
    let mut at = 0;
    let mut glued = false;
    while let Some(first) = line[at..].chars().next() {
        if first.is_whitespace() || is_combining_mark(first) {
            at += first.len_utf8();
            glued = false;
            continue;
        }
        let (length, kind) = next(line, at, first);
        let part = Part {
            text: &line[at..at + length],
            from: base + at,
            glued,
        };
        kind.add(&part, found);
        at += length;
        glued = true;
    }
}

enum Kind {
    Link,
    Quote,
    Number,
    Letters,
    Mark,
}

struct Part<'t> {
    text: &'t str,
    from: usize,
    glued: bool,
}

fn next(line: &str, at: usize, first: char) -> (usize, Kind) {
    let rest = &line[at..];
    let begins = line[..at]
        .chars()
        .next_back()
        .is_none_or(|before| !before.is_alphanumeric());
    if let Some(length) = begins.then(|| link(rest)).flatten() {
        return (length, Kind::Link);
    }
    if let Some(length) = begins.then(|| quote(rest, first)).flatten() {
        return (length, Kind::Quote);
    }
    if first.is_ascii_digit() {
        return (run(rest, |letter| letter.is_ascii_digit()), Kind::Number);
    }
    if first.is_alphanumeric() {
        // Behind a number letters are its unit: `15h30`.
        let unit = run(rest, char::is_alphabetic);
        let length = if begins { letters(rest) } else { unit };
        return (length.max(first.len_utf8()), Kind::Letters);
    }
    (first.len_utf8(), Kind::Mark)
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !belongs(letter)).unwrap_or(text.len())
}

/// An address of the web or of mail: up to the next space.
fn link(rest: &str) -> Option<usize> {
    // Looking a little ahead is enough to know one, and keeps a text without spaces linear.
    let head = &rest[..rest.floor_char_boundary(64)];
    let head = &head[..run(head, |letter| !letter.is_whitespace())];
    let is_link = head.contains("://")
        || head.starts_with("www.")
        || head
            .find('@')
            .is_some_and(|at| at > 0 && head.len() > at + 1);
    if !is_link {
        return None;
    }
    let whole = run(rest, |letter| !letter.is_whitespace());
    let kept = rest[..whole].trim_end_matches(['.', ',', '!', '?', ';', ':', ')', '>', '"']);
    Some(kept.len().max(1))
}

/// Words of somebody else: from a quotation mark to its partner, on one line and not too far.
fn quote(rest: &str, first: char) -> Option<usize> {
    const FAR: usize = 400;
    let closes: &[char] = match first {
        '"' => &['"'],
        '“' => &['”'],
        '„' => &['“', '”', '"'],
        '«' => &['»'],
        '»' => &['«'],
        _ => return None,
    };
    let inside = &rest[first.len_utf8()..];
    let inside = &inside[..inside.floor_char_boundary(FAR)];
    let (end, close) = inside
        .char_indices()
        .find(|(_, one)| closes.contains(one))?;
    (end > 0).then_some(first.len_utf8() + end + close.len_utf8())
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | '`' | '´')
}

/// Letters, digits after them, and apostrophes between letters.
fn letters(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, one)) = chars.next() {
        let inside =
            is_apostrophe(one) && chars.peek().is_some_and(|(_, after)| after.is_alphabetic());
        if !(one.is_alphanumeric() || is_combining_mark(one) || inside) {
            break;
        }
        end = at + one.len_utf8();
    }
    end
}

impl Kind {
    fn add(&self, part: &Part<'_>, found: &mut Vec<Word>) {
        match self {
            Self::Link => found.push(part.word(LINK.to_owned())),
            Self::Quote => found.push(part.word(QUOTE.to_owned())),
            Self::Number => found.push(part.number()),
            Self::Letters => part.add_letters(found),
            Self::Mark => found.push(part.word(part.text.to_owned())),
        }
    }
}

impl Part<'_> {
    fn word(&self, text: String) -> Word {
        Word {
            text,
            from: self.from,
            to: self.from + self.text.len(),
            glued: self.glued,
            capital: self.text.starts_with(char::is_uppercase),
            number: None,
        }
    }

    fn number(&self) -> Word {
        let value = (self.text.len() <= 9)
            .then(|| self.text.parse().ok())
            .flatten();
        Word {
            number: value,
            ..self.word(self.text.chars().take(MOST_LETTERS).collect())
        }
    }

    fn add_letters(&self, found: &mut Vec<Word>) {
        let text = folded(self.text);
        if joins_half_day(&text, found) {
            return;
        }
        let (first, second) = apart(&text);
        found.push(self.word(first.to_owned()));
        if let Some(second) = second {
            found.push(Word {
                glued: true,
                ..self.word(second.to_owned())
            });
        }
    }
}

/// `p.m` is `pm`: the letters came as two words with a dot between.
fn joins_half_day(text: &str, found: &mut Vec<Word>) -> bool {
    let [.., half, dot] = found.as_mut_slice() else {
        return false;
    };
    let joined = text == "m" && dot.is(".") && dot.glued && matches!(&*half.text, "a" | "p");
    if joined {
        half.text.push('m');
        half.to = dot.to + 1;
        found.pop();
    }
    joined
}

/// Lower case without accents; `ä` is `ae` as people without the key write it.
fn folded(text: &str) -> String {
    let mut found = String::with_capacity(text.len());
    for letter in text
        .chars()
        .take(MOST_LETTERS)
        .nfc()
        .flat_map(char::to_lowercase)
    {
        match letter {
            'ä' => found.push_str("ae"),
            'ö' => found.push_str("oe"),
            'ü' => found.push_str("ue"),
            'ß' => found.push_str("ss"),
            _ if is_apostrophe(letter) => found.push('\''),
            _ if letter.is_ascii() => found.push(letter),
            _ => found.extend(
                std::iter::once(letter)
                    .nfkd()
                    .filter(|one| !is_combining_mark(*one)),
            ),
        }
    }
    found
}

/// A contraction as its two words.
fn apart(word: &str) -> (&str, Option<&str>) {
    const WHOLE: &[(&str, &str, &str)] = &[
        ("won't", "will", "not"),
        ("wont", "will", "not"),
        ("can't", "can", "not"),
        ("cant", "can", "not"),
        ("cannot", "can", "not"),
        ("shan't", "shall", "not"),
        ("dont", "do", "not"),
        ("didnt", "did", "not"),
        ("doesnt", "does", "not"),
        ("isnt", "is", "not"),
        ("wasnt", "was", "not"),
        ("havent", "have", "not"),
        ("hasnt", "has", "not"),
        ("couldnt", "could", "not"),
        ("wouldnt", "would", "not"),
        ("youll", "you", "will"),
        ("theyll", "they", "will"),
        ("im", "i", "am"),
        ("ive", "i", "have"),
        ("weve", "we", "have"),
        ("let's", "let", "us"),
        ("it's", "it", "is"),
        ("that's", "that", "is"),
        ("what's", "what", "is"),
        ("there's", "there", "is"),
        ("geht's", "geht", "es"),
        ("ist's", "ist", "es"),
        ("hab's", "habe", "es"),
        ("mach's", "mache", "es"),
        ("schau's", "schaue", "es"),
        ("schick's", "schicke", "es"),
        ("bring's", "bringe", "es"),
        ("erledig's", "erledige", "es"),
    ];
    const ENDS: &[(&str, &str)] = &[
        ("'ll", "will"),
        ("'re", "are"),
        ("'m", "am"),
        ("'ve", "have"),
        ("'d", "would"),
        ("n't", "not"),
    ];
    if let Some((_, first, second)) = WHOLE.iter().find(|(whole, ..)| *whole == word) {
        return (first, Some(second));
    }
    let end = ENDS.iter().find_map(|(end, second)| {
        let first = word.strip_suffix(end)?;
        (!first.is_empty()).then_some((first, Some(*second)))
    });
    end.unwrap_or((word, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut found = Vec::new();
        cut(text, 0, &mut found);
        let words: Vec<&str> = found.iter().map(|word| &*word.text).collect();
        assert_eq!(words.join(" "), expected, "{text:?}");
    }

    #[test]
    fn a_line_becomes_words() {
        check("I'll call, won’t I?", "i will call , will not i ?");
        check(
            "Bis Übermorgen, spätestens!",
            "bis uebermorgen , spaetestens !",
        );
        check("5pm 10.30 14th 15h30", "5 pm 10 . 30 14 th 15 h 30");
        check("3 p.m. sharp", "3 pm . sharp");
        check("see https://a.example/?x=1. ok", "see <link> . ok");
        check(
            "you wrote “by Friday” to a@b.example!",
            "you wrote <quote> to <link> !",
        );
        check("27\" screen", "27 \" screen");
        check("follow-up e\u{301}te\u{301}", "follow - up ete");
    }
}
