//! Headers all on one line after the divider, as Yahoo's plain text has them:
//! `From: A <a@x>To: B <b@y>Sent: … CETSubject: …`.
//!
//! The order is always the same, which is what makes it readable.

use super::block::{self, Block};
use crate::headings::{self, Heading};

/// Bytes of such a line.
const MAX_BYTES: usize = 16 * 1024;

/// The block such a line is, with the text below it.
pub fn read(line: &str, below: &[&str]) -> Option<Block> {
    if line.len() > MAX_BYTES {
        return None;
    }
    let mut found = Block::default();
    let mut rest = after_first(line)?;
    let mut heading = Heading::From;
    for next in [Heading::To, Heading::Cc, Heading::Date, Heading::Subject] {
        if let Some((value, after)) = cut(rest, next) {
            found.add(heading, value);
            (rest, heading) = (after, next);
        }
    }
    found.add(heading, rest);
    found.body = block::body(below, false);
    (!found.from.is_empty()).then_some(found)
}

fn after_first(line: &str) -> Option<&str> {
    let (heading, value) = headings::of(line)?;
    (heading == Heading::From).then_some(value)
}

/// What stands before the first name of this heading, and after its colon.
fn cut(text: &str, heading: Heading) -> Option<(&str, &str)> {
    let names = headings::names(heading).iter();
    let cuts = names.filter_map(|name| cut_at(text, name, heading));
    cuts.min_by_key(|(before, _)| before.len())
}

fn cut_at<'x>(text: &'x str, name: &str, heading: Heading) -> Option<(&'x str, &'x str)> {
    let mut from = 0;
    for word in capitalised(name) {
        while let Some(found) = text.get(from..)?.find(&word) {
            let at = from + found;
            let (before, after) = (text.get(..at)?, text.get(at + word.len()..)?);
            if let Some(value) = after_name(after, heading)
                && (before.trim_end().ends_with('>')
                    || heading == Heading::Subject && word.chars().count() > 3)
            {
                return Some((before, value));
            }
            from = at + word.len();
        }
        from = 0;
    }
    None
}

/// `From` and `FROM`, as headers are written.
fn capitalised(name: &str) -> [String; 2] {
    let mut chars = name.chars();
    let first: String = chars
        .next()
        .map(|c| c.to_uppercase().collect())
        .unwrap_or_default();
    [first + chars.as_str(), name.to_uppercase()]
}

/// A colon, or for the subject, which comes last, only a space: one translation forgot the colon.
fn after_name(after: &str, heading: Heading) -> Option<&str> {
    let colon = after.trim_start().strip_prefix([':', '：']);
    colon.or_else(|| {
        after
            .strip_prefix(' ')
            .filter(|_| heading == Heading::Subject)
    })
}
