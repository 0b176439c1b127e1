//! Signatures without any mark: a name with addresses and numbers below it. "Thanks, Dana" is not cut off:
//! people write that.
//!
//! Only at the end of a mail that has said something else, and never what an announcing line asks to read.

use super::super::split::is_blank;

/// Lines of a card.
const CARD_LINES: std::ops::RangeInclusive<usize> = 3..=8;
/// Characters of a line of a card.
const LONGEST_CHARS: usize = 60;
/// Lines of a card that must be an address, a number or a link.
const CONTACTS: usize = 2;

/// The last line before that has something on it.
pub fn last_said<'a>(before: &[&'a str]) -> Option<&'a str> {
    let said = before.iter().rev().find(|line| !is_blank(line))?;
    Some(said.trim())
}

/// A block at the very end: a name, and at least two lines that are a way to reach the person.
pub fn is_one(lines: &[&str], before: &[&str]) -> bool {
    if !stands_apart(before) || !lines.first().is_some_and(|line| is_name(line)) {
        return false;
    }
    let block: Vec<&str> = lines
        .iter()
        .map(|line| line.trim())
        .take_while(|line| !line.is_empty())
        .collect();
    let last = lines.iter().skip(block.len()).all(|line| is_blank(line));
    let short = block
        .iter()
        .all(|line| line.chars().count() <= LONGEST_CHARS && !line.ends_with('?'));
    let contacts = block.iter().skip(1).filter(|line| is_contact(line)).count();
    last && short && CARD_LINES.contains(&block.len()) && contacts >= CONTACTS
}

/// Below a blank line, and below something that does not announce it.
fn stands_apart(before: &[&str]) -> bool {
    let apart = before.last().is_some_and(|line| is_blank(line));
    let announced = |line: &str| line.ends_with([':', '：', '?']);
    apart && last_said(before).is_some_and(|line| !announced(line))
}

/// One to five words, the first with a capital, without figures.
fn is_name(line: &str) -> bool {
    let line = line.trim();
    let words = line.split_whitespace().count();
    let plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '.' | ',' | '-' | '\'' | '’');
    let title = line
        .split_whitespace()
        .last()
        .is_some_and(|word| word.matches('.').count() > 1);
    (1..=5).contains(&words)
        && line.contains(char::is_uppercase)
        && line.chars().all(plain)
        && (title || !line.ends_with('.'))
}

/// A line of its own with a mail address, a link or a telephone number.
fn is_contact(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let mailed = words <= 2 && line.contains('@') && line.contains('.');
    let linked = words <= 2 && (line.contains("www.") || line.contains("://"));
    let digits = line.chars().filter(char::is_ascii_digit).count();
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    mailed || linked || digits >= 6 && letters <= 8
}
