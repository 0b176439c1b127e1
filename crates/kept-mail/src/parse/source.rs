//! Makes raw bytes ready to be parsed: one kind of line end, no mbox envelope line.
//!
//! It copies only when it must and never changes the content of a line.

use std::borrow::Cow;

use crate::address;
use crate::mail::Problem;

/// The same mail with line ends the parser knows and without an mbox `From ` line (RFC 4155).
pub fn prepare<'x>(raw: &'x [u8], problems: &mut Vec<Problem>) -> Cow<'x, [u8]> {
    let raw = skip_leading(raw);
    if raw.contains(&b'\n') || !raw.contains(&b'\r') {
        return close_head(raw);
    }
    problems.push(Problem {
        code: "cr-line-ends",
        text: "The mail uses bare CR as line end.".into(),
    });
    let fixed: Vec<u8> = raw
        .iter()
        .map(|&byte| if byte == b'\r' { b'\n' } else { byte })
        .collect();
    Cow::Owned(close_head(&fixed).into_owned())
}

/// Drops a byte-order mark and the envelope line a mailbox file puts before each mail.
fn skip_leading(raw: &[u8]) -> &[u8] {
    let raw = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw);
    if !raw.starts_with(b"From ") && !raw.starts_with(b">From ") {
        return raw;
    }
    let line_end = if raw.contains(&b'\n') { b'\n' } else { b'\r' };
    match raw.iter().position(|&byte| byte == line_end) {
        Some(end) => raw.get(end + 1..).unwrap_or_default(),
        None => raw,
    }
}

/// The sender a mailbox file or a delivering program wrote above the mail (RFC 4155); `Some("")` where it
/// stands for the null sender.
pub fn envelope_sender(raw: &[u8]) -> Option<String> {
    const LONGEST: usize = 1_000;
    let line = raw.strip_prefix(b"From ")?;
    let line = line.get(..LONGEST).unwrap_or(line);
    let line = line.split(|byte| matches!(byte, b'\n' | b'\r')).next()?;
    let word = std::str::from_utf8(line).ok()?.split_whitespace().next()?;
    let word = word.trim_matches(['<', '>']);
    if word.is_empty() || word.eq_ignore_ascii_case("mailer-daemon") {
        return Some(String::new());
    }
    address::is_valid(word).then(|| word.to_owned())
}

/// A mail that ends inside its headers gets the line end they need to be read.
fn close_head(raw: &[u8]) -> Cow<'_, [u8]> {
    if raw.is_empty() || raw.ends_with(b"\n") {
        return Cow::Borrowed(raw);
    }
    if split_head(raw).1.is_empty() {
        return Cow::Owned([raw, b"\r\n"].concat());
    }
    Cow::Borrowed(raw)
}

/// Headers with their empty line, and the rest.
pub fn split_head(raw: &[u8]) -> (&[u8], &[u8]) {
    let mut start = 0;
    while let Some(length) = raw
        .get(start..)
        .and_then(|rest| rest.iter().position(|&byte| byte == b'\n'))
    {
        let line = raw.get(start..start + length).unwrap_or_default();
        start += length + 1;
        if line.is_empty() || line == b"\r" {
            return raw.split_at(start);
        }
    }
    (raw, &[])
}
