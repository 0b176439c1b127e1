//! One `Authentication-Results` header taken apart (RFC 8601 §2.2). What does not fit is left out.

use serde::Serialize;

/// Bytes of one header that are read.
const MAX_BYTES: usize = 16 * 1024;
/// Results of one header that are kept.
const MAX_RESULTS: usize = 50;
/// Properties of one result that are kept.
const MAX_PROPERTIES: usize = 20;

/// What one server says it checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuthenticationResults {
    /// Who checked, in lower case; empty where a server does not say.
    pub by: String,
    pub results: Vec<MethodResult>,
}

/// One check: `dkim=pass header.d=acme.example`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MethodResult {
    /// In lower case, without a version.
    pub method: String,
    /// In lower case.
    pub result: String,
    /// Names in lower case, such as `header.d`, with their values.
    pub properties: Vec<(String, String)>,
}

impl MethodResult {
    /// The domain that the first of these properties names, in lower case; of an address its domain.
    pub fn domain(&self, names: &[&str]) -> Option<String> {
        let value = names.iter().find_map(|name| {
            let found = self.properties.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value)
        })?;
        let domain = value
            .rsplit_once('@')
            .map_or(value.as_str(), |(_, domain)| domain);
        let domain = domain
            .trim_matches(['<', '>', '.', ' '])
            .to_ascii_lowercase();
        Some(domain).filter(|domain| !domain.is_empty())
    }
}

/// Reads the value of one header.
pub fn parse(value: &str) -> AuthenticationResults {
    let value = &value[..value.floor_char_boundary(MAX_BYTES)];
    let mut parts = words(value).into_iter();
    let mut first = parts.next().unwrap_or_default();
    let mut results = Vec::new();
    let has_name = first.first().is_some_and(|word| !word.contains('='));
    let by = if has_name {
        first.remove(0)
    } else {
        String::new()
    };
    // Some servers give no name and begin with the first check.
    results.extend(result(&first));
    results.extend(parts.filter_map(|part| result(&part)));
    results.truncate(MAX_RESULTS);
    AuthenticationResults {
        by: by.to_ascii_lowercase(),
        results,
    }
}

fn result(words: &[String]) -> Option<MethodResult> {
    let (method, result) = words.iter().find_map(|word| word.split_once('='))?;
    let method = method.split('/').next().unwrap_or(method);
    let properties = words.iter().filter_map(|word| word.split_once('='));
    let properties = properties.filter(|(name, _)| name.contains('.'));
    Some(MethodResult {
        method: method.to_ascii_lowercase(),
        result: result.to_ascii_lowercase(),
        properties: properties
            .take(MAX_PROPERTIES)
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect(),
    })
}

/// The words between semicolons, without comments and quotes; spaces around `=` are no gap.
fn words(value: &str) -> Vec<Vec<String>> {
    let mut parts = vec![Vec::new()];
    let mut word = String::new();
    let mut letters = without_comments(value).into_iter().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            Letter::Quoted(letter) => word.push(letter),
            Letter::Plain(';') => {
                end(&mut parts, &mut word);
                parts.push(Vec::new());
            }
            Letter::Plain('=') => {
                while letters.next_if(|next| next.is_space()).is_some() {}
                if word.is_empty() {
                    word = parts.last_mut().and_then(Vec::pop).unwrap_or_default();
                }
                word.push('=');
            }
            Letter::Plain(letter) if letter.is_whitespace() => end(&mut parts, &mut word),
            Letter::Plain(letter) => word.push(letter),
        }
    }
    end(&mut parts, &mut word);
    parts
}

fn end(parts: &mut [Vec<String>], word: &mut String) {
    if let Some(part) = parts.last_mut().filter(|_| !word.is_empty()) {
        part.push(std::mem::take(word));
    }
}

/// A letter, and whether quotes keep it from meaning anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letter {
    Plain(char),
    Quoted(char),
}

impl Letter {
    fn is_space(self) -> bool {
        matches!(self, Letter::Plain(letter) if letter.is_whitespace())
    }
}

/// Comments become one space (RFC 5322 §3.2.2); they nest.
fn without_comments(value: &str) -> Vec<Letter> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    let mut letters = Vec::with_capacity(value.len());
    for letter in value.chars() {
        let literal = std::mem::take(&mut escaped);
        match letter {
            '\\' if !literal && (quoted || depth > 0) => escaped = true,
            '"' if !literal && depth == 0 => quoted = !quoted,
            '(' if !literal && !quoted => {
                depth += 1;
                letters.push(Letter::Plain(' '));
            }
            ')' if !literal && !quoted && depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            _ if quoted => letters.push(Letter::Quoted(letter)),
            _ => letters.push(Letter::Plain(letter)),
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, by: &str, expected: &str) {
        let header = parse(value);
        let shown = header.results.iter().map(|r| {
            let properties = r
                .properties
                .iter()
                .map(|(name, value)| format!(" {name}={value}"));
            format!(
                "{}={}{}",
                r.method,
                r.result,
                properties.collect::<String>()
            )
        });
        assert_eq!(header.by, by, "{value}");
        assert_eq!(shown.collect::<Vec<_>>().join("; "), expected, "{value}");
    }

    #[test]
    fn headers_are_taken_apart_as_servers_write_them() {
        check("mx.example; none", "mx.example", "");
        check(
            "MX.example 1; spf=Pass smtp.mailfrom=a.example",
            "mx.example",
            "spf=pass smtp.mailfrom=a.example",
        );
        check(
            "mx.example;\r\n\tdkim=pass (2048-bit key; unprotected) header.d=a.example header.b=\"Ab;c=\";\r\n\tdmarc=fail (p=none (really)) header.from = a.example",
            "mx.example",
            "dkim=pass header.d=a.example header.b=Ab;c=; dmarc=fail header.from=a.example",
        );
        check(
            "mx.example; dkim/1 = pass reason=\"a; dmarc=pass\"",
            "mx.example",
            "dkim=pass",
        );
        check(
            "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a.example; dkim=none",
            "",
            "spf=pass smtp.mailfrom=a.example; dkim=none",
        );
    }

    #[test]
    fn nothing_in_one_can_hurt() {
        for value in [
            "",
            ";",
            "===",
            "((((",
            "a; b\\",
            "\"",
            "a;=;.=.",
            "mx; dkim=\"pass",
        ] {
            parse(value);
        }
        let many = format!("mx{}", "; dkim=pass".repeat(10_000));
        assert_eq!(parse(&many).results.len(), MAX_RESULTS);
    }
}
