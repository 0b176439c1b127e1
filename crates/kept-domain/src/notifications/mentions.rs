//! Whom a note names: `@Dana`, `@Dana Lee` or `@dana.lee`. The longest name that fits counts, and one that fits two people
//! names nobody. Code and quoted text name nobody.

use crate::ids::PersonId;

/// Somebody a note can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nameable {
    pub person: PersonId,
    pub name: String,
    pub address: String,
}

/// Names a note has at most; the first are heard.
const MOST: usize = 50;

/// Each person once, in the order of the text.
pub fn mentioned(text: &str, people: &[Nameable]) -> Vec<PersonId> {
    let handles: Vec<(String, PersonId)> = people.iter().flat_map(handles).collect();
    let mut found: Vec<PersonId> = Vec::new();
    for line in written(text) {
        for at in signs(&line) {
            let after = line.get(at + 1..).unwrap_or_default();
            if let Some(person) = longest(after, &handles)
                && !found.contains(&person)
                && found.len() < MOST
            {
                found.push(person);
            }
        }
    }
    found
}

/// What somebody goes by: full name, first name, the address and what stands before its `@`.
fn handles(one: &Nameable) -> Vec<(String, PersonId)> {
    let name = one.name.trim();
    let first = name.split_whitespace().next().unwrap_or_default();
    let local = one.address.split('@').next().unwrap_or_default();
    let mut all: Vec<String> = [name, first, &one.address, local]
        .into_iter()
        .filter(|handle| !handle.is_empty())
        .map(str::to_lowercase)
        .collect();
    all.sort();
    all.dedup();
    all.into_iter().map(|handle| (handle, one.person)).collect()
}

/// The lines that are neither code nor quoted, in small letters and without `code` within them.
fn written(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        let bare = line.trim_start();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            fenced = !fenced;
        } else if !fenced && !bare.starts_with('>') && !is_indented(line) {
            lines.push(without_code(line).to_lowercase());
        }
    }
    lines
}

/// Four spaces or a tab make code in Markdown.
fn is_indented(line: &str) -> bool {
    line.starts_with("    ") || line.starts_with('\t')
}

/// A backtick without a second one is only a backtick.
fn without_code(line: &str) -> String {
    let parts: Vec<&str> = line.split('`').collect();
    let closed = parts.len() % 2 == 1;
    let is_code = |at: usize| at % 2 == 1 && (closed || at + 1 < parts.len());
    let kept = parts.iter().enumerate().filter(|(at, _)| !is_code(*at));
    kept.map(|(_, part)| *part).collect::<Vec<_>>().join(" ")
}

/// Where an `@` begins a name; within an address it does not.
fn signs(line: &str) -> Vec<usize> {
    let mut before = ' ';
    let mut found = Vec::new();
    for (at, letter) in line.char_indices() {
        if letter == '@' && !(before.is_alphanumeric() || "._-+@".contains(before)) {
            found.push(at);
        }
        before = letter;
    }
    found
}

fn longest(after: &str, handles: &[(String, PersonId)]) -> Option<PersonId> {
    let fits = |(handle, _): &&(String, PersonId)| {
        let rest = after.strip_prefix(handle.as_str());
        rest.is_some_and(ends)
    };
    let fitting: Vec<&(String, PersonId)> = handles.iter().filter(fits).collect();
    let most = fitting.iter().map(|(handle, _)| handle.len()).max()?;
    let mut people = fitting
        .iter()
        .filter(|(handle, _)| handle.len() == most)
        .map(|(_, person)| *person);
    let one = people.next()?;
    people.all(|other| other == one).then_some(one)
}

/// Whether a name ends before `rest`: a full stop ends a sentence, and one in the middle goes on.
fn ends(rest: &str) -> bool {
    let mut letters = rest.chars();
    match letters.next() {
        None => true,
        Some(letter) if letter.is_alphanumeric() => false,
        Some('.' | '-' | '_' | '@' | '+') => !letters.next().is_some_and(char::is_alphanumeric),
        Some(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESK: [(&str, &str); 5] = [
        ("Dana Lee", "dana.lee@desk.example"),
        ("Noor Haddad", "noor@desk.example"),
        ("Jonas Petit", "jonas@desk.example"),
        ("Jonas Berg", "jberg@desk.example"),
        ("Zoë Ångström", "zoe@desk.example"),
    ];

    /// Who is named, by their first letters: D, N, JP, JB, Z.
    fn check(text: &str, expected: &str) {
        let people: Vec<Nameable> = (1..)
            .zip(DESK)
            .map(|(id, (name, address))| Nameable {
                person: PersonId(id),
                name: name.into(),
                address: address.into(),
            })
            .collect();
        let short = ["", "D", "N", "JP", "JB", "Z"];
        let named = mentioned(text, &people);
        let named: Vec<&str> = named
            .iter()
            .filter_map(|id| {
                usize::try_from(id.0)
                    .ok()
                    .and_then(|at| short.get(at).copied())
            })
            .collect();
        assert_eq!(named.join(" "), expected, "{text:?}");
    }

    #[test]
    fn people_are_named_by_what_they_go_by() {
        check("@Dana can you look?", "D");
        check("ask @dana.lee, please", "D");
        check("(@Dana Lee)", "D");
        check("@noor@desk.example knows", "N");
        check("@NOOR and @Dana, and @noor again", "N D");
        check("@Zoë!", "Z");
        check("Thanks, @Noor.", "N");
        check("@Noor's ticket", "N");
        check("@Noor\n@dana", "N D");
    }

    #[test]
    fn the_longest_name_counts_and_two_people_are_nobody() {
        check("@Jonas, please", "");
        check("@Jonas Berg, please", "JB");
        check("@jonas petit", "JP");
        check("@jonas@desk.example", "JP");
        check("@jberg", "JB");
    }

    #[test]
    fn what_is_no_name_names_nobody() {
        check("", "");
        check("Dana", "");
        check("write to dana.lee@desk.example", "");
        check("somebody@noor", "");
        check("@Danae and @dan", "");
        check("@noor.else and @noor-x", "");
        check("@", "");
    }

    #[test]
    fn code_and_quotes_name_nobody() {
        check("> @Dana wrote this", "");
        check("`@Dana` is a decorator, @Noor", "N");
        check("```\n@Dana\n```\n@Noor", "N");
        check("    @Dana", "");
        check("a ` alone, @Dana", "D");
    }
}
