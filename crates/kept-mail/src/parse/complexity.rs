//! Decides whether a mail is simple enough to be taken apart.
//!
//! One look over the lines, before any parsing. Real mail is far below these limits; a mail above
//! them is built to cost time, and is kept whole instead.

use crate::mail::Problem;

/// Containers (`multipart/*`, `message/*`) in one mail.
const MAX_CONTAINERS: usize = 250;
/// Containers times bytes: each container may cost a look over the whole mail.
const MAX_LOOKS_BYTES: usize = 5_000_000_000;
/// Pairs of dashes in a mail with containers: each may be the boundary of an empty part, and a part
/// costs memory.
const MAX_BOUNDARIES: usize = 400_000;

/// Says why a mail is not taken apart, or nothing when it may be.
pub fn too_complex(raw: &[u8]) -> Option<Problem> {
    let (parts, containers) = count(raw);
    let looks = containers.saturating_mul(raw.len());
    let what = if containers > MAX_CONTAINERS || looks > MAX_LOOKS_BYTES {
        format!("{containers} nested containers")
    } else if parts > super::MAX_PARTS {
        format!("{parts} parts")
    } else if containers > 0 && boundaries(raw) > MAX_BOUNDARIES {
        "an unreasonable number of part boundaries".to_owned()
    } else {
        return None;
    };
    let text = format!("The mail has {what}; it is kept whole as one attachment.");
    Some(Problem {
        code: "too-many-parts",
        text,
    })
}

fn boundaries(raw: &[u8]) -> usize {
    raw.windows(2).filter(|pair| pair == b"--").count()
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
