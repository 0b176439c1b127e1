//! An iCalendar file as lines: unfolded, each with its name, parameters and value (RFC 5545 §3.1).

use super::BadHolidays;

const MOST_LINES: usize = 200_000;
/// A longer line is cut: no date or name is so long.
const MOST_LINE_BYTES: usize = 4000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Where it began in the file, from one.
    pub number: usize,
    /// In capitals.
    pub name: String,
    pub parameters: Vec<(String, String)>,
    pub value: String,
}

impl Line {
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// # Errors
/// When it is no iCalendar file.
pub(super) fn lines(text: &str) -> Result<Vec<Line>, BadHolidays> {
    let text = text.trim_start_matches('\u{feff}');
    let mut joined: Vec<(usize, String)> = Vec::new();
    for (at, line) in text.lines().enumerate().take(MOST_LINES) {
        let line = line.trim_end_matches('\r');
        match (line.strip_prefix([' ', '\t']), joined.last_mut()) {
            (Some(more), Some((_, last))) if last.len() < MOST_LINE_BYTES => last.push_str(more),
            (Some(_), _) => {}
            (None, _) => joined.push((at + 1, line.to_owned())),
        }
    }
    let found: Vec<Line> = joined
        .into_iter()
        .filter_map(|(number, line)| cut(number, &line))
        .collect();
    let first = found
        .first()
        .is_some_and(|line| line.name == "BEGIN" && line.value.eq_ignore_ascii_case("VCALENDAR"));
    first.then_some(found).ok_or(BadHolidays::NotACalendar)
}

fn cut(number: usize, line: &str) -> Option<Line> {
    let mut quoted = false;
    let colon = line.char_indices().find(|(_, letter)| {
        quoted ^= *letter == '"';
        *letter == ':' && !quoted
    });
    let (colon, _) = colon?;
    let mut parts = line[..colon].split(';');
    let name = parts.next()?.trim().to_ascii_uppercase();
    let parameters = parts.filter_map(|part| part.split_once('='));
    let parameters = parameters.map(|(name, value)| {
        (
            name.to_ascii_uppercase(),
            value.trim_matches('"').to_owned(),
        )
    });
    Some(Line {
        number,
        name,
        parameters: parameters.collect(),
        value: line[colon + 1..].trim().to_owned(),
    })
}
