//! When two texts count as the same.

/// Lines right-trimmed, runs of blank lines as one, none at either end.
pub fn by_lines(text: &str) -> String {
    let text = text
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\u{a0}', " ");
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        let repeated = line.is_empty() && lines.last().is_none_or(|last| last.is_empty());
        if !repeated {
            lines.push(line);
        }
    }
    lines.join("\n").trim().to_owned()
}

/// Without any white space.
pub fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Either form matches.
pub fn same(one: &str, other: &str) -> bool {
    by_lines(one) == by_lines(other) || without_space(one) == without_space(other)
}
