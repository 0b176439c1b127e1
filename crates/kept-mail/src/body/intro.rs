//! The line that introduces a quote: "On Monday, 3 May 2021 at 9:00, Dana wrote:", in many languages
//! and broken over several lines.
//!
//! It wants a verb or a full address, and a date, before it believes a line.

/// Lines an introduction may be broken over.
const MAX_LINES: usize = 4;
/// Bytes of an introduction; longer ones are paragraphs.
const MAX_BYTES: usize = 400;

/// Words an introduction begins with, before the date.
const LEADS: [&str; 27] = [
    "on ",
    "at ",
    "am ",
    "le ",
    "el ",
    "il ",
    "em ",
    "op ",
    "den ",
    "på ",
    "w dniu ",
    "dnia ",
    "vào ",
    "pe ",
    "dne ",
    "dňa ",
    "στις ",
    "в ",
    "on:",
    "il giorno ",
    "a(z) ",
    "u ",
    "dana ",
    "ngày ",
    "στις",
    "în data ",
    "tarihinde ",
];

/// Verbs that stand at the end, before the colon.
const LAST_WORDS: [&str; 30] = [
    "wrote",
    "writes",
    "sent",
    "said",
    "a écrit",
    "a écrit",
    "écrit",
    "escribió",
    "ha escrit",
    "ha scritto",
    "scrisse",
    "escreveu",
    "geschreven",
    "napisał(a)",
    "napisał",
    "napisała",
    "napsal(a)",
    "napsal",
    "napísal(a)",
    "kirjoitti",
    "пишет",
    "написал",
    "написала",
    "писал",
    "пише",
    "написав",
    "đã viết",
    "a scris",
    "írta",
    "yazdı",
];

/// Verbs that may stand before the name.
const MIDDLE_WORDS: [&str; 7] = [
    "schrieb",
    "schreef",
    "skrev",
    "skrifaði",
    "έγραψε",
    "geschrieben",
    "heeft",
];

/// Verbs of languages that put no spaces between words.
const UNSPACED_WORDS: [&str; 7] = [
    "写道",
    "寫道",
    "写了",
    "のメッセージ",
    "さんは書きました",
    "님이 작성",
    "작성:",
];

/// How many lines from here are one introduction.
pub fn at(lines: &[&str]) -> Option<usize> {
    let first = lines.first()?.trim();
    if first.is_empty() || first.len() > MAX_BYTES || first.starts_with('>') || !may_begin(first) {
        return None;
    }
    (1..=MAX_LINES.min(lines.len()))
        .take_while(|count| continues(lines, *count))
        .find(|count| {
            let joined = joined(lines, *count);
            joined.len() <= MAX_BYTES && is_intro(&joined) && !begins_later(lines, *count)
        })
}

/// Where in a line an introduction begins after other words, for mailers that glue them together.
pub fn within(line: &str) -> Option<usize> {
    let start = line.find(" On ")? + 1;
    let (before, intro) = line.split_at(start);
    let sure =
        intro.contains('@') && intro.trim_end().ends_with("wrote:") && intro.len() <= MAX_BYTES;
    (sure && !before.trim().is_empty() && is_intro(intro.trim())).then_some(start)
}

/// The line before the last one taken must not end the paragraph.
fn continues(lines: &[&str], count: usize) -> bool {
    let last = lines.get(count - 1).map_or("", |line| line.trim());
    count == 1 || !last.is_empty() && (!last.starts_with('>') || last == ">:")
}

fn joined(lines: &[&str], count: usize) -> String {
    let words: Vec<&str> = lines.iter().take(count).map(|line| line.trim()).collect();
    words.join(" ")
}

/// The lines below already are an introduction, so this one is not part of it.
fn begins_later(lines: &[&str], count: usize) -> bool {
    (1..count).any(|skip| {
        let rest = joined(lines.get(skip..).unwrap_or_default(), count - skip);
        let lower = bare(&rest).to_lowercase();
        (is_led(&lower) || begins_with_date(&lower)) && is_intro(&rest)
    })
}

/// Cheap look at a first line.
fn may_begin(line: &str) -> bool {
    let lower = bare(line).to_lowercase();
    is_led(&lower) || begins_with_date(&lower) || has_verb(&lower)
}

fn is_intro(text: &str) -> bool {
    let lower = bare(text).to_lowercase();
    let lower = lower.trim();
    let ended = lower.ends_with([':', '：']);
    let words = lower.trim_end_matches([':', '：', ' ', '\u{a0}']);
    let last_word = LAST_WORDS.iter().any(|word| ends_with_word(words, word))
        || has_any(words, &UNSPACED_WORDS);
    let middle_word = MIDDLE_WORDS.iter().any(|word| contains_word(words, word));
    let dated = is_dated(words);
    let mailed = words.contains('@');
    let begins = is_led(lower) || begins_with_date(lower);
    let told = begins && dated && (last_word || middle_word && ended);
    let named = mailed && (last_word && (ended || dated) || middle_word && ended);
    let signed =
        ended && dated && mailed && words.ends_with(['>', ')']) && (begins || words.len() < 200);
    let between_rules = last_word && text.starts_with("--") && text.ends_with("--");
    told || named || signed || between_rules || is_old_gmail(words)
}

/// `2013/7/20 Name <address>` and `2016-03-03 17:21 GMT+01:00 Name`, as Gmail wrote for years.
fn is_old_gmail(words: &str) -> bool {
    let Some((date, rest)) = words.split_once(' ') else {
        return false;
    };
    let numbers: Vec<&str> = date.split(['/', '-']).collect();
    let is_date = numbers.len() == 3
        && numbers.first().is_some_and(|year| year.len() == 4)
        && numbers
            .iter()
            .all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
    is_date
        && (words.ends_with('>') && rest.contains('@')
            || rest.contains(" gmt+")
            || rest.contains(" gmt-"))
}

/// Without the rules and marks some programs put around the line.
fn bare(text: &str) -> &str {
    text.trim_matches(['-', '*', '_', ' ', '\u{a0}', '|'])
}

fn is_led(lower: &str) -> bool {
    LEADS.iter().any(|lead| lower.starts_with(lead)) || lower.starts_with('在')
}

/// A number first, or a weekday and then a number, and enough digits for a date.
fn begins_with_date(lower: &str) -> bool {
    let mut words = lower
        .split([' ', ',', '\u{a0}', '\u{202f}'])
        .filter(|word| !word.is_empty());
    let (first, second) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let weekday =
        first.chars().count() <= 10 && first.chars().all(|c| c.is_alphabetic() || c == '.');
    (is_number(first) || weekday && is_number(second)) && is_dated(lower)
}

fn is_number(word: &str) -> bool {
    // Japanese dates have the weekday in brackets: `2026年11月23日(月)`.
    let word = word.split('(').next().unwrap_or_default();
    word.starts_with(|c: char| c.is_ascii_digit())
        && word
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ':' | '/' | '-' | '年' | '月' | '日'))
}

fn has_verb(lower: &str) -> bool {
    let spaced = LAST_WORDS
        .iter()
        .chain(&MIDDLE_WORDS)
        .any(|word| contains_word(lower, word));
    spaced || has_any(lower, &UNSPACED_WORDS)
}

fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// A year, or two numbers: what every date has.
fn is_dated(text: &str) -> bool {
    let numbers = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|number| !number.is_empty());
    let (mut count, mut year) = (0, false);
    for number in numbers {
        count += 1;
        year |= number.len() == 4;
    }
    year || count >= 2
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word)
        .is_some_and(|before| !before.ends_with(char::is_alphanumeric))
}

fn contains_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(start, _)| {
        let before = text.get(..start).unwrap_or_default();
        let after = text.get(start + word.len()..).unwrap_or_default();
        !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    })
}
