//! Subjects: the answer's subject, and the ticket number found in one.
//!
//! A subject alone never proves that a mail belongs to a ticket; see `token` for what does.

/// Characters kept of a subject.
const MAX_CHARS: usize = 250;

/// Prefixes mail programs put before the subject of an answer, in lower case without the colon.
const ANSWER: [&str; 22] = [
    "re", "aw", "antw", "antwort", "sv", "vs", "ref", "rif", "res", "odp", "ynt", "vá", "rép",
    "réf", "回复", "回覆", "答复", "回信", "回信", "отв", "ha", "bls",
];

/// Prefixes of a forwarded mail.
const FORWARD: [&str; 22] = [
    "fw",
    "fwd",
    "wg",
    "tr",
    "rv",
    "enc",
    "i",
    "vb",
    "vl",
    "vs",
    "vidarebefordrat",
    "doorst",
    "fs",
    "pd",
    "továbbítás",
    "i̇lt",
    "ilt",
    "转发",
    "轉寄",
    "пересл",
    "trs",
    "fyi",
];

/// The subject of an answer: `Re: Printer [#1042]`. Prefixes and the number never pile up.
pub fn reply_subject(subject: &str, ticket: i64) -> String {
    let bare = without_numbers(stripped(subject, &ANSWER), ticket);
    let bare: String = stripped(&bare, &ANSWER).chars().take(MAX_CHARS).collect();
    let tag = format!("[#{ticket}]");
    match bare.trim() {
        "" => format!("Re: {tag}"),
        words => format!("Re: {words} {tag}"),
    }
}

/// The subject of a mail that passes others on: `Fwd: Printer [#1042]`.
pub fn forward_subject(subject: &str, ticket: i64) -> String {
    let bare = without_numbers(base(subject), ticket);
    let bare: String = base(&bare).chars().take(MAX_CHARS).collect();
    let tag = format!("[#{ticket}]");
    match bare.trim() {
        "" => format!("Fwd: {tag}"),
        words => format!("Fwd: {words} {tag}"),
    }
}

/// The subject without the prefixes of answers and forwards, for comparing two subjects.
pub fn base(subject: &str) -> &str {
    let mut rest = subject.trim();
    loop {
        let shorter = stripped(stripped(rest, &ANSWER), &FORWARD);
        if shorter == rest {
            return rest;
        }
        rest = shorter;
    }
}

/// Whether the subject says the mail was forwarded.
pub fn is_forward(subject: &str) -> bool {
    let rest = stripped(subject.trim(), &ANSWER);
    stripped(rest, &FORWARD) != rest
}

/// Whether the subject says the mail is an answer. `VS` says it in Finnish and the contrary in Danish,
/// so it says nothing.
pub fn is_answer(subject: &str) -> bool {
    let rest = stripped(subject.trim(), &["vs"]);
    stripped(rest, &ANSWER) != rest
}

/// The ticket number in brackets, `[#1042]`, as the desk writes it; the last one counts.
pub fn ticket_number(subject: &str) -> Option<i64> {
    let tags = subject
        .match_indices("[#")
        .filter_map(|(at, _)| number_after(subject.get(at + 2..)?));
    tags.last()
}

fn number_after(text: &str) -> Option<i64> {
    let (number, _) = text.split_once(']')?;
    let plain =
        (1..=18).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| number.parse().ok()).flatten()
}

/// Without any of `prefixes` at the start, however often they stand there.
fn stripped<'x>(subject: &'x str, prefixes: &[&str]) -> &'x str {
    let mut rest = subject.trim_start();
    while let Some(after) = without_prefix(rest, prefixes) {
        rest = after;
    }
    rest.trim_end()
}

/// `Re:`, `RE[2]:`, `Re(3) :` and the like.
fn without_prefix<'x>(subject: &'x str, prefixes: &[&str]) -> Option<&'x str> {
    let (before, after) = subject.split_once([':', '：'])?;
    let word = before
        .trim_end()
        .trim_end_matches([']', ')'])
        .trim_end_matches(|c: char| c.is_ascii_digit());
    let word = word
        .trim_end_matches(['[', '(', '^', '*'])
        .trim()
        .to_lowercase();
    prefixes
        .contains(&word.as_str())
        .then(|| after.trim_start())
}

/// Without this ticket's own tag, wherever it stands.
fn without_numbers(subject: &str, ticket: i64) -> String {
    let pieces: Vec<&str> = subject
        .split(&format!("[#{ticket}]"))
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect();
    pieces.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn answers_name_their_ticket_once() {
        for (subject, expected) in [
            ("Printer", "Re: Printer [#1042]"),
            ("Re: Printer", "Re: Printer [#1042]"),
            ("Re: Printer [#1042]", "Re: Printer [#1042]"),
            ("AW: Re: RE[2]: [#1042] Printer", "Re: Printer [#1042]"),
            ("Antwort: SV: Printer [#1042]", "Re: Printer [#1042]"),
            ("Re: [#7] Printer", "Re: [#7] Printer [#1042]"),
            ("", "Re: [#1042]"),
            ("Re: ", "Re: [#1042]"),
            ("WG: Drucker", "Re: WG: Drucker [#1042]"),
            ("Reception: door", "Re: Reception: door [#1042]"),
        ] {
            assert_eq!(reply_subject(subject, 1042), expected, "{subject:?}");
        }
    }

    #[test]
    fn a_forward_says_so_once() {
        for (subject, expected) in [
            ("Printer", "Fwd: Printer [#7]"),
            ("Re: WG: Printer [#7]", "Fwd: Printer [#7]"),
            ("", "Fwd: [#7]"),
        ] {
            assert_eq!(forward_subject(subject, 7), expected);
        }
    }

    #[test]
    fn forwards_are_told_from_answers() {
        for (subject, forward) in [
            ("Fwd: x", true),
            ("Re: WG: x", true),
            ("RV: x", true),
            ("Re: x", false),
            ("If: x", false),
        ] {
            assert_eq!(is_forward(subject), forward, "{subject:?}");
        }
        assert_eq!(base("Re: Fwd: AW: Printer "), "Printer");
    }

    #[test]
    fn numbers_are_read_only_from_brackets() {
        assert_eq!(ticket_number("Re: Printer [#1042]"), Some(1042));
        assert_eq!(ticket_number("[#1] and [#2]"), Some(2));
        for subject in [
            "Printer #1042",
            "[# 1]",
            "[#]",
            "[#99999999999999999999]",
            "[#12",
        ] {
            assert_eq!(ticket_number(subject), None, "{subject:?}");
        }
    }

    proptest! {
        #[test]
        fn answering_an_answer_changes_nothing(subject in ".{0,300}", ticket in 0i64..100_000) {
            let once = reply_subject(&subject, ticket);
            prop_assert_eq!(reply_subject(&once, ticket), once);
        }
    }
}
