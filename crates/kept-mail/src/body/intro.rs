//! The line that introduces a quote: "On Monday, 3 May 2021 at 9:00, Dana wrote:", in many languages
//! and broken over several lines.
//!
//! It wants a verb or a full address, and a date, before it believes a line.

/// Lines an introduction may be broken over.
const MAX_LINES: usize = 4;
/// Bytes of an introduction; longer ones are paragraphs.
const MAX_BYTES: usize = 400;

/// Words an introduction begins with, before the date.
const LEADS: [&str; 39] = [
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
    "kuupäev ",
    "pada ",
    "ในวันที่",
    "בתאריך",
    "في ",
    "wiadomość napisana przez ",
    "no dia ",
    "quoting ",
    "citando ",
    "zitat von ",
    "zitiere ",
    "em resposta ",
];

/// Words that begin many a sentence, too: they count where a colon ends the line.
const SHORT_LEADS: [&str; 4] = ["v ", "на ", "la ", "a "];

/// Verbs that stand at the end, before the colon.
const LAST_WORDS: [&str; 43] = [
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
    "pisze",
    "va escriure",
    "написа",
    "napisao je",
    "napisala je",
    "napísala",
    "napisal",
    "napisao",
    "rašė",
    "rakstīja",
    "menulis",
    "skrifaði",
    "napisala",
];

/// Verbs that may stand before the name.
const MIDDLE_WORDS: [&str; 10] = [
    "schrieb",
    "schreef",
    "skrev",
    "skrifaði",
    "έγραψε",
    "geschrieben",
    "heeft",
    "kirjutas",
    "napisana",
    "kirjoitti",
];

/// Verbs of languages that put no spaces between words.
const UNSPACED_WORDS: [&str; 8] = [
    "写道",
    "寫道",
    "写了",
    "のメッセージ",
    "さんは書きました",
    "のメール",
    "작성",
    "เขียนว่า",
];

/// Verbs with the date behind them: "Dana wrote on 3 May 2021 at 9:00:".
const BEFORE_DATE: [&str; 13] = [
    " wrote on ",
    " writes on ",
    " schrieb am ",
    " a écrit le ",
    " escribió el ",
    " ha scritto il ",
    " escreveu em ",
    " escreveu no dia ",
    " schreef op ",
    " skrev den ",
    " kirjoitti ",
    " kirjutas ",
    " написал ",
];

/// Words that say by themselves that a quote follows, before a name with an address.
const QUOTING: [&str; 4] = ["quoting ", "citando ", "zitat von ", "zitiere "];

/// How many lines from here are one introduction.
pub fn at(lines: &[&str]) -> Option<usize> {
    let first = lines.first()?.trim();
    if first.is_empty()
        || first.len() > MAX_BYTES
        || first.starts_with('>')
        || !may_begin(first, lines)
    {
        return None;
    }
    if is_signed_quote(first, lines) {
        return Some(1);
    }
    if let Some(count) = in_pieces(lines) {
        return Some(count);
    }
    (1..=MAX_LINES.min(lines.len()))
        .take_while(|count| continues(lines, *count))
        .find(|count| {
            let joined = joined(lines, *count);
            joined.len() <= MAX_BYTES && is_intro(&joined) && !begins_later(lines, *count)
        })
}

/// `Dana wrote:` right above marked lines: there the mark says the rest.
fn is_signed_quote(first: &str, lines: &[&str]) -> bool {
    const LONGEST_CHARS: usize = 80;
    let lower = first.to_lowercase();
    let words = lower.trim_end_matches([':', '：', ' ', '\u{a0}']);
    if words.len() == lower.len() || first.chars().count() > LONGEST_CHARS {
        return false;
    }
    let said = LAST_WORDS.iter().any(|word| ends_with_word(words, word))
        || MIDDLE_WORDS.iter().any(|word| contains_word(words, word));
    let below = lines.iter().skip(1).find(|line| !line.trim().is_empty());
    said && below.is_some_and(|line| line.trim_start().starts_with('>'))
}

/// The address apart on lines of its own, as Polymail leaves it: `On Monday …`, `<`, `mailto:…`, `> wrote:`.
fn in_pieces(lines: &[&str]) -> Option<usize> {
    const MOST_LINES: usize = 12;
    let first = bare(lines.first()?.trim()).to_lowercase();
    if !is_led(&first) || !is_dated(&first) {
        return None;
    }
    let filled = lines.iter().enumerate().take(MOST_LINES);
    let mut filled = filled.filter(|(_, line)| !line.trim().is_empty()).skip(1);
    let (_, open) = filled.next()?;
    let (_, address) = filled.next()?;
    if open.trim() != "<" || !address.trim_start().starts_with("mailto:") {
        return None;
    }
    let verb = |line: &str| {
        let lower = line.trim().to_lowercase();
        let words = lower.trim_end_matches([':', ' ']);
        LAST_WORDS.iter().any(|word| ends_with_word(words, word))
    };
    filled.find(|(_, line)| verb(line)).map(|(at, _)| at + 1)
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

/// Cheap look at a first line. Verbs are looked for last, because that takes longest and every line of
/// every mail comes by here.
fn may_begin(line: &str, lines: &[&str]) -> bool {
    let lower = bare(line).to_lowercase();
    is_led(&lower)
        || is_short_led(&lower)
        || begins_with_date(&lower)
        || verb_counts(line, lines) && has_verb(&lower)
}

/// A verb makes an introduction only with an address, a date or rules around it, or a colon at its end.
fn verb_counts(line: &str, lines: &[&str]) -> bool {
    let marked = |line: &&str| line.contains('@') || line.contains(':') || line.contains('：');
    lines.iter().take(MAX_LINES).any(marked)
        || line.starts_with("--")
        || line.contains(|c: char| c.is_ascii_digit())
}

fn is_intro(text: &str) -> bool {
    let lower = bare(text).to_lowercase();
    let lower = lower.trim();
    let ended = lower.ends_with([':', '：']);
    let words = lower.trim_end_matches([':', '：', ' ', '\u{a0}']);
    let last_word = LAST_WORDS.iter().any(|word| ends_with_word(words, word))
        || UNSPACED_WORDS.iter().any(|word| words.ends_with(word));
    let middle_word = MIDDLE_WORDS.iter().any(|word| contains_word(words, word));
    let dated = is_dated(words);
    let mailed = words.contains('@');
    let begins = is_led(lower) || begins_with_date(lower) || ended && is_short_led(lower);
    let told = begins && dated && (last_word || middle_word && ended);
    let named = mailed && (last_word && (ended || dated) || middle_word && ended);
    let signed = ended
        && dated
        && mailed
        && words.ends_with(['>', ')', ']'])
        && (begins || words.len() < 200);
    let later = ended && dated && has_any(words, &BEFORE_DATE);
    let quoting = ended && mailed && QUOTING.iter().any(|lead| lower.starts_with(lead));
    let between_rules = last_word && text.starts_with("--") && text.ends_with("--");
    told || named || signed || later || quoting || between_rules || is_old_gmail(words)
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
    let marks = |c: char| {
        let unseen = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        unseen || matches!(c, '-' | '*' | '_' | ' ' | '\u{a0}' | '|')
    };
    text.trim_matches(marks)
}

fn is_led(lower: &str) -> bool {
    LEADS.iter().any(|lead| lower.starts_with(lead)) || lower.starts_with('在')
}

fn is_short_led(lower: &str) -> bool {
    SHORT_LEADS.iter().any(|lead| lower.starts_with(lead))
}

/// A number first, or a weekday and then a number, or both with a month between, and enough digits for a date.
fn begins_with_date(lower: &str) -> bool {
    let mut words = lower
        .split([' ', ',', '\u{a0}', '\u{202f}'])
        .filter(|word| !word.is_empty());
    let mut next = || words.next().unwrap_or_default();
    let (first, second, third) = (next(), next(), next());
    let word = |word: &str| {
        const LONGEST_CHARS: usize = 13;
        let letters = word
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '.' | '-'));
        letters && word.chars().count() <= LONGEST_CHARS
    };
    let month = word(second) && is_number(third) && lower.ends_with([':', '：']);
    (is_number(first) || word(first) && (is_number(second) || month)) && is_dated(lower)
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
