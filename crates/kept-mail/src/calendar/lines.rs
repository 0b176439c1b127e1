//! Content lines: a name, parameters and a value, folded over several lines (RFC 5545 §3.1).
//!
//! It accepts bare line ends and skips what is no content line.

use super::MAX_BYTES;

/// Lines read of one object.
const MAX_LINES: usize = 50_000;
/// Bytes of one unfolded line; pictures within events are longer and left out.
const MAX_LINE_BYTES: usize = 64 * 1024;

/// One content line, name and parameter names in upper case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub name: String,
    parameters: Vec<(String, String)>,
    /// As written, escapes and all.
    pub value: String,
}

impl Line {
    /// Whether this is `name:value`, without regard to case.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.name == name && self.value.trim().eq_ignore_ascii_case(value)
    }

    /// The first parameter of this name.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The value with its escapes undone (RFC 5545 §3.3.11).
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.value.len());
        let mut chars = self.value.chars();
        while let Some(c) = chars.next() {
            match (c, c == '\\') {
                (_, true) => match chars.next() {
                    Some('n' | 'N') => text.push('\n'),
                    Some(escaped) => text.push(escaped),
                    None => text.push('\\'),
                },
                (c, false) => text.push(c),
            }
        }
        text.trim().to_owned()
    }
}

/// Every content line of a text, unfolded.
pub fn read(text: &str) -> Vec<Line> {
    let text = text
        .get(..text.floor_char_boundary(MAX_BYTES))
        .unwrap_or_default();
    let mut lines = Vec::new();
    let mut open = String::new();
    for line in text.split('\n').map(|line| line.trim_end_matches('\r')) {
        if let Some(more) = line.strip_prefix([' ', '\t']) {
            if open.len() < MAX_LINE_BYTES {
                open.push_str(more);
            }
            continue;
        }
        lines.extend(line_of(&open));
        open.clear();
        open.push_str(line);
        if lines.len() >= MAX_LINES {
            return lines;
        }
    }
    lines.extend(line_of(&open));
    lines
}

fn line_of(line: &str) -> Option<Line> {
    let name_end = line.find([';', ':'])?;
    let (name, mut rest) = line.split_at(name_end);
    let plain = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !plain {
        return None;
    }
    let mut parameters = Vec::new();
    while let Some(after) = rest.strip_prefix(';') {
        let end = end_of_parameter(after)?;
        let (parameter, after) = after.split_at(end);
        parameters.extend(parameter_of(parameter));
        rest = after;
    }
    Some(Line {
        name: name.to_ascii_uppercase(),
        parameters,
        value: rest.strip_prefix(':')?.to_owned(),
    })
}

/// The next `;` or `:` outside of quotes.
fn end_of_parameter(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.find(|c: char| {
        quoted ^= c == '"';
        !quoted && matches!(c, ';' | ':')
    })
}

fn parameter_of(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once('=')?;
    // RFC 6868 gives parameters escapes of their own.
    let value = value
        .trim_matches('"')
        .replace("^n", "\n")
        .replace("^'", "\"")
        .replace("^^", "^");
    Some((name.trim().to_ascii_uppercase(), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_unfolded_and_taken_apart() {
        let lines = read(
            "ATTENDEE;CN=\"Doe; Dana: IT\";PARTSTAT=ACC\r\n EPTED:mailto:dana@client.exa\n\tmple\nno line\nSUMMARY:One\\, two\\nthree\\\\",
        );
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].parameter("CN"), Some("Doe; Dana: IT"));
        assert_eq!(lines[0].parameter("PARTSTAT"), Some("ACCEPTED"));
        assert_eq!(lines[0].value, "mailto:dana@client.example");
        assert_eq!(lines[1].text(), "One, two\nthree\\");
    }
}
