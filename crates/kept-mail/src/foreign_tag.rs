//! Ticket numbers that other desks write into subjects: `[Ticket#2024010112]`, `(Case 123456)`, `[JIRA-12]`,
//! `##12345##`. They lead back to a conversation when everything else of its thread was stripped.
//!
//! A tag proves nothing by itself; it counts only for the house that used it before.

/// Tags read from one subject.
const MOST: usize = 5;
/// Characters of one tag.
const LONGEST: usize = 40;
/// Words that say that a number is one of a case, in lower case and without dots.
const CASE: [&str; 34] = [
    "ticket",
    "ticketid",
    "ticketnr",
    "tickets",
    "case",
    "caseid",
    "casenumber",
    "incident",
    "request",
    "issue",
    "ref",
    "reference",
    "sr",
    "inc",
    "req",
    "ritm",
    "cs",
    "id",
    "rt",
    "helpdesk",
    "vorgang",
    "anfrage",
    "fall",
    "auftrag",
    "störung",
    "vorfall",
    "demande",
    "dossier",
    "caso",
    "incidencia",
    "richiesta",
    "zaak",
    "melding",
    "ärende",
];

/// The tags of a subject in one spelling, each once.
pub fn tags(subject: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let bracketed = enclosed(subject).filter_map(in_brackets);
    for tag in bracketed.chain(hashed(subject)).chain(bare(subject)) {
        if found.len() < MOST && !found.contains(&tag) {
            found.push(tag);
        }
    }
    found
}

/// What stands in brackets of any kind.
fn enclosed(subject: &str) -> impl Iterator<Item = (char, &str)> {
    subject.char_indices().filter_map(|(at, open)| {
        let close = match open {
            '[' => ']',
            '(' => ')',
            '{' => '}',
            '<' => '>',
            _ => return None,
        };
        let rest = subject.get(at + 1..)?;
        let end = rest.find(close).filter(|end| *end <= LONGEST)?;
        Some((open, rest.get(..end)?))
    })
}

fn in_brackets((open, text): (char, &str)) -> Option<String> {
    let (word, number) = parted(text)?;
    let folded = folded(word);
    let is_case = CASE.contains(&folded.as_str());
    // `[#1042]` is how Kept writes its own; whose it is, is judged by who sends it.
    let has_mark = text.contains('#') && number.len() >= 3;
    // A project and a number, as trackers write them: only in square brackets and in capitals.
    let is_key = open == '['
        && (2..=10).contains(&word.trim_end_matches('-').len())
        && word.ends_with('-')
        && word
            .trim_end_matches('-')
            .bytes()
            .all(|b| b.is_ascii_uppercase());
    let word = if folded.is_empty() { "#" } else { &folded };
    (is_case || has_mark || is_key).then(|| format!("{word} {number}"))
}

/// The words before a number at the end of a text, and the number.
fn parted(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_ascii_digit())
        .last()
        .map(|(at, _)| at)?;
    let (word, number) = text.split_at(start);
    (number.len() <= 20).then_some((word, number))
}

/// A word without marks around it: `Ticket#` and `Ticket ID:` are both tickets.
fn folded(word: &str) -> String {
    let letters = word.chars().filter(|c| c.is_alphanumeric() || *c == '.');
    let folded: String = letters.flat_map(char::to_lowercase).collect();
    folded.trim_matches('.').to_owned()
}

/// `##12345##`.
fn hashed(subject: &str) -> impl Iterator<Item = String> {
    let pieces = subject.split("##").skip(1).step_by(2);
    let numbers = pieces.map(str::trim).filter(|piece| {
        (3..=20).contains(&piece.len()) && piece.bytes().all(|byte| byte.is_ascii_digit())
    });
    numbers.map(|number| format!("## {number}"))
}

/// `INC0012345`, `Ticket #12345`, `Case: 00012345`, without any brackets.
fn bare(subject: &str) -> impl Iterator<Item = String> {
    let words: Vec<&str> = subject
        .split(|c: char| c.is_whitespace() || "[](){}<>,;".contains(c))
        .filter(|word| !word.is_empty() && !matches!(*word, "#" | ":" | "-"))
        .take(60)
        .collect();
    let tag = |place: usize| -> Option<String> {
        let word = words.get(place)?.trim_end_matches([':', '.', '-']);
        let (before, number) = parted(word)?;
        let own = folded(before);
        let glued = number.len() >= 5 && CASE.contains(&own.as_str());
        let previous = place.checked_sub(1).and_then(|place| words.get(place));
        let previous = previous.map(|word| folded(word)).unwrap_or_default();
        let after = number.len() >= 4 && own.is_empty() && CASE.contains(&previous.as_str());
        match (glued, after) {
            (true, _) => Some(format!("{own} {number}")),
            (_, true) => Some(format!("{previous} {number}")),
            _ => None,
        }
    };
    let found: Vec<String> = (0..words.len()).filter_map(tag).collect();
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn e05_other_desks_numbers_are_read_from_subjects() {
        for (subject, expected) in [
            ("Re: [Ticket#2024010112345] Printer", "ticket 2024010112345"),
            ("[Ticket: 4711] x", "ticket 4711"),
            ("Printer (Case 123456)", "case 123456"),
            ("[JIRA-12] x", "jira 12"),
            ("Re: ##12345## : Printer", "## 12345"),
            ("[rt.example.com #1234] x", "rt.example.com 1234"),
            ("[#98765] x", "# 98765"),
            ("AW: INC0012345 Drucker", "inc 0012345"),
            ("Your Ticket #12345: printer", "ticket 12345"),
            ("Case: 00012345", "case 00012345"),
            ("Vorgang 2024-x [Vorgang 77123]", "vorgang 77123"),
        ] {
            assert_eq!(tags(subject), [expected], "{subject:?}");
        }
    }

    #[test]
    fn e05_other_numbers_are_no_tickets() {
        for subject in [
            "",
            "Printer",
            "Invoice 2024",
            "(2024)",
            "[EXTERNAL] x",
            "[Q3 2024] plan",
            "Re: [2]",
            "v1.2 (3 items)",
            "[Build 1234] failed",
            "Room 4711",
            "[#7] x",
            "in case 12",
        ] {
            assert_eq!(tags(subject), Vec::<String>::new(), "{subject:?}");
        }
    }

    proptest! {
        #[test]
        fn any_subject_is_read(subject in ".{0,200}") {
            prop_assert!(tags(&subject).len() <= MOST);
        }
    }
}
