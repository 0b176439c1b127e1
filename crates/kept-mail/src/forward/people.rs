//! The people of a forwarded mail's headers, written for readers and not for machines:
//! `Doe, Dana <dana@client.example>; lee@client.example`.
//!
//! It is laxer than RFC 5322 and never used for real headers.

use crate::address;
use crate::mail::Mailbox;

/// People read of one header.
const MAX_PEOPLE: usize = 200;

/// Everybody a value names, in order.
pub fn in_value(value: &str) -> Vec<Mailbox> {
    let value = without_links(value);
    let mut people = Vec::new();
    let mut rest = value.as_str();
    while let Some((before, address, after)) = next_angled(rest) {
        let name = apart(before, &mut people);
        people.push(person(&name, address));
        rest = after;
        if people.len() >= MAX_PEOPLE {
            return people;
        }
    }
    let name = apart(&format!("{rest},"), &mut people);
    if people.is_empty() && !name.is_empty() {
        people.push(person(&name, ""));
    }
    people.truncate(MAX_PEOPLE);
    people
}

/// Outlook writes each address again as a link: `dana@a.example<mailto:dana@a.example>`.
fn without_links(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find("<mailto:") {
        let (before, link) = rest.split_at(at);
        text.push_str(before);
        let Some(end) = link.find('>') else {
            rest = "";
            break;
        };
        let linked = link.get(8..end).unwrap_or_default();
        if !before.trim_end().ends_with(linked) {
            text.push_str(&format!("<{linked}>"));
        }
        rest = link.get(end + 1..).unwrap_or_default();
    }
    text.push_str(rest);
    text.replace("[mailto:", "<").replace(']', ">")
}

/// The next address between angle brackets: what stands before it, it, and what stands after it.
fn next_angled(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find('<')?;
    let (before, rest) = text.split_at(start);
    let (address, after) = rest.get(1..)?.split_once('>')?;
    Some((before, address, after))
}

/// Takes bare addresses out of what stands before a name; the rest is the name, commas included.
fn apart(text: &str, people: &mut Vec<Mailbox>) -> String {
    let mut name: Vec<&str> = Vec::new();
    let mut pieces = text.split([',', ';']).peekable();
    while let Some(piece) = pieces.next() {
        let bare = address::clean_address(piece.trim_matches(['"', '\'', ' ']));
        let last = pieces.peek().is_none();
        if !last && name.is_empty() && address::is_valid(&bare) && people.len() < MAX_PEOPLE {
            people.push(Mailbox::bare(bare));
        } else if !piece.trim().is_empty() {
            name.push(piece.trim());
        }
    }
    name.join(", ")
}

/// A name that only repeats the address is none.
fn person(name: &str, address: &str) -> Mailbox {
    let address = address::clean_address(address);
    let name = address::clean_name(&address::clean_name(name));
    let says_more = !name.is_empty() && !address::is_same(&name, &address);
    Mailbox {
        name: says_more.then_some(name),
        address,
    }
}

/// Sender and date of `On 28/10/2021 12:46, "Dana" <dana@client.example> wrote:`; nothing without an
/// address.
pub fn in_introduction(words: &str) -> Option<(Mailbox, String)> {
    let words = words
        .trim()
        .trim_start_matches('\u{feff}')
        .replace('(', "<")
        .replace(')', ">");
    let (before, address, after) = next_angled(&words)?;
    if !address::is_valid(&address::clean_address(address)) {
        return None;
    }
    let quoted = before.split('"').nth(1).map(str::to_owned);
    let name = quoted.unwrap_or_else(|| last_words(before));
    let date = [before, after].into_iter().find_map(dated)?;
    Some((person(&name, address), date))
}

/// The words of a name before the address: those after the last word with a digit or in lower case.
fn last_words(text: &str) -> String {
    let mut words: Vec<&str> = text
        .split_whitespace()
        .rev()
        .take_while(|word| word.starts_with(char::is_uppercase))
        .collect();
    words.reverse();
    words.join(" ")
}

/// From the first digit on, up to the last one.
fn dated(text: &str) -> Option<String> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let end = text.rfind(|c: char| c.is_ascii_digit())?;
    text.get(start..=end).map(str::to_owned)
}
