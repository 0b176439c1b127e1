//! The names of header lines as mail programs translate them: `From:`, `Von:`, `De :`, `差出人：`.
//!
//! A table and how to look into it. Other parts decide what a block of such lines means.

mod names;

use names::NAMES;

/// What a header line in a text is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Heading {
    From,
    Date,
    To,
    Cc,
    Subject,
    /// Known, and of no use: `Importance`, `Reply-To`.
    Other,
}

/// Bytes of a name; longer ones are sentences with a colon.
const MAX_NAME_BYTES: usize = 40;

/// The heading a line begins with and what stands after it. Marks of quotes and of bold type before it
/// do not matter.
pub fn of(line: &str) -> Option<(Heading, &str)> {
    let (name, value) = split(line)?;
    Some((named(name)?, value))
}

/// A line as name and value, whether the name is known or not.
pub fn split(line: &str) -> Option<(&str, &str)> {
    let line = line
        .trim()
        .trim_start_matches(['*', '_', '|', ' ', '\u{a0}']);
    let (name, value) = line.split_once([':', '：'])?;
    let name = name.trim_matches(['*', '_', ' ', '\u{a0}', '\t']);
    let value = value.trim_matches(['*', ' ', '\u{a0}', '\t']);
    (!name.is_empty() && name.len() <= MAX_NAME_BYTES).then_some((name, value))
}

/// What a name means.
pub fn named(name: &str) -> Option<Heading> {
    let name = name.to_lowercase();
    let known = NAMES
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()));
    known.map(|(heading, _)| *heading)
}

/// The names of a heading, in lower case.
pub fn names(heading: Heading) -> &'static [&'static str] {
    let known = NAMES.iter().find(|(known, _)| *known == heading);
    known.map(|(_, names)| *names).unwrap_or_default()
}
