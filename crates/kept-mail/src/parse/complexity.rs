//! Decides whether a mail is simple enough to be taken apart.
//!
//! One look over the lines, before any parsing. Real mail is far below these limits; a mail above
//! them is built to cost time, and is kept whole instead.

use crate::mail::Problem;

/// Containers (`multipart/*`, `message/*`) in one mail: each may cost a look over the whole of it.
const MAX_CONTAINERS: usize = 250;

/// Says why a mail is not taken apart, or nothing when it may be.
pub fn too_complex(raw: &[u8]) -> Option<Problem> {
    let (parts, containers) = count(raw);
    let what = if containers > MAX_CONTAINERS {
        format!("more than {MAX_CONTAINERS} nested containers")
    } else if parts > super::MAX_PARTS {
        format!("more than {} parts", super::MAX_PARTS)
    } else {
        return None;
    };
    let text = format!("The mail has {what}; it is kept whole as one attachment.");
    Some(Problem {
        code: "too-many-parts",
        text,
    })
}

/// Counts what looks like parts and containers: `(parts, containers)`.
fn count(raw: &[u8]) -> (usize, usize) {
    let (mut parts, mut containers) = (0, 0);
    let mut lines = raw.split(|&byte| byte == b'\n').peekable();
    while let Some(line) = lines.next() {
        if let Some(value) = content_type_value(line) {
            parts += 1;
            let folded = value.trim_ascii().is_empty();
            let value = if folded {
                lines.peek().copied().unwrap_or_default()
            } else {
                value
            };
            containers += usize::from(is_container(value));
        }
    }
    (parts, containers)
}

fn content_type_value(line: &[u8]) -> Option<&[u8]> {
    const NAME: &[u8] = b"content-type";
    let line = line.trim_ascii_start();
    let (name, rest) = line.split_at_checked(NAME.len())?;
    let rest = rest.trim_ascii_start();
    (name.eq_ignore_ascii_case(NAME))
        .then(|| rest.strip_prefix(b":"))
        .flatten()
}

fn is_container(value: &[u8]) -> bool {
    let value = value.trim_ascii_start();
    [&b"multipart"[..], b"message"].iter().any(|kind| {
        value
            .get(..kind.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(kind))
    })
}
