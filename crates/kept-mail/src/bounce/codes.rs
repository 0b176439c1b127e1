//! The codes in what a server said: `550` (RFC 5321 §4.2.1) and `5.1.1` (RFC 3463).
//!
//! It tells them from IP addresses, versions and dates, and never invents one.

/// The first enhanced status code in a text.
pub fn said_status(text: &str) -> Option<String> {
    let mut found = text
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| is_status(word));
    found.next().map(str::to_owned)
}

/// The status right behind a reply code, as in `550 5.1.1 no such user`: in the words of people other
/// numbers with two dots are versions.
pub fn coded_status(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split([' ', '-']).collect();
    let pairs = words.windows(2).filter_map(|pair| match pair {
        [code, status] => Some((
            code.parse::<u16>().ok()?,
            status.trim_end_matches(['.', ',', ':', ';']),
        )),
        _ => None,
    });
    let mut coded = pairs.filter(|(code, status)| is_refusal(*code) && is_status(status));
    coded.next().map(|(_, status)| status.to_owned())
}

/// Three numbers, the first 2, 4 or 5, none longer than three digits.
pub fn is_status(word: &str) -> bool {
    let numbers: Vec<&str> = word.split('.').collect();
    numbers.len() == 3
        && matches!(numbers.first(), Some(&("2" | "4" | "5")))
        && numbers.iter().all(|number| {
            (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
        })
}

/// Of the status a report claims and the one the server said, the one that says more: `5.0.0` says
/// nothing (RFC 3463 §3.1).
pub fn more_telling(claimed: Option<String>, said: Option<String>) -> Option<String> {
    match (claimed, said) {
        (Some(claimed), Some(said)) if claimed.ends_with(".0.0") && !said.ends_with(".0.0") => {
            Some(said)
        }
        (None, said) => said,
        (claimed, _) => claimed,
    }
}

/// The first reply code of a refusal or delay in a text.
pub fn reply_code(text: &str) -> Option<u16> {
    let bytes = text.as_bytes();
    let starts = (0..bytes.len().saturating_sub(2)).filter(|at| stands_alone(bytes, *at));
    let codes = starts.filter_map(|at| text.get(at..at + 3)?.parse::<u16>().ok());
    codes.into_iter().find(|code| is_refusal(*code))
}

/// Reply codes servers refuse or delay with.
fn is_refusal(code: u16) -> bool {
    matches!(code, 421 | 422 | 430..=432 | 441 | 442 | 446 | 447 | 449..=459 | 471 | 500..=504 | 510..=513 | 520..=525 | 530..=542 | 550..=559 | 571)
}

/// Three digits at a place where a reply code may stand.
fn stands_alone(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| bytes.get(at));
    let after = bytes.get(at + 3);
    let digits = bytes
        .get(at..at + 3)
        .is_some_and(|code| code.iter().all(u8::is_ascii_digit));
    let opens = matches!(
        before,
        None | Some(b' ' | b'\n' | b'\t' | b'(' | b'<' | b'>' | b'\'' | b'"' | b':' | b';' | b'#')
    );
    let closes = matches!(
        after,
        None | Some(b' ' | b'\n' | b'\t' | b'-' | b')' | b'\'' | b'"' | b',' | b':' | b';' | b'.')
    );
    digits && opens && closes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_from_other_numbers() {
        for (text, status, code) in [
            ("550 5.1.1 <a@b>... User unknown", Some("5.1.1"), Some(550)),
            (
                "host [192.0.2.1] said: 552-5.2.2 full",
                Some("5.2.2"),
                Some(552),
            ),
            ("mta 8.14.5 at 10.4.1.1", None, None),
            ("smtp;550 5.7.509.", Some("5.7.509"), Some(550)),
            ("no mailbox here (#5.1.1)", Some("5.1.1"), None),
            ("1550 mails", None, None),
        ] {
            assert_eq!(said_status(text).as_deref(), status, "{text}");
            assert_eq!(reply_code(text), code, "{text}");
        }
    }
}
