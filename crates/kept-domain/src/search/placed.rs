//! What in a search stands where, for mistakes that only somebody who knows the desk can see.

use super::complete::as_value;
use super::parse::{BadQuery, Meant, Part, Reader, read_own};
use super::{Condition, fields};

/// What is wrong with `asked`, at its place in `text`, and the whole search with `like` in its place.
pub fn mistaken(text: &str, asked: &Condition, problem: String, like: Option<&str>) -> BadQuery {
    let found = parts(text).find_map(|part| {
        let value_at = values(&part).find(|(_, value)| reads(&part, value).as_ref() == Some(asked));
        value_at.map(|(at, value)| (at, value.len(), part))
    });
    let Some((value_at, length, part)) = found else {
        let meant = None;
        return BadQuery {
            at: 0,
            problem,
            meant,
        };
    };
    let meant = like.map(|like| {
        let value = match part.quoted {
            true => like.replace('"', ""),
            false => as_value(like),
        };
        let (before, after) = (&text[..value_at], &text[value_at + length..]);
        Box::new(Meant {
            like: like.to_owned(),
            instead: format!("{before}{value}{after}"),
        })
    });
    let at = part.at;
    BadQuery { at, problem, meant }
}

/// `not` before a word or a field, which is a word like any other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Negation {
    pub at: usize,
    /// The same with a minus.
    pub meant: Meant,
    /// Nobody looks for that word there: a field follows, or it is shouted.
    pub is_sure: bool,
}

/// The first `not` of a search that may be meant to leave something out.
pub fn negation(text: &str) -> Option<Negation> {
    let all: Vec<Part<'_>> = parts(text).collect();
    let is_not = |part: &Part<'_>| {
        !part.quoted && !part.negated && part.field.is_none() && matches!(part.value, "not" | "NOT")
    };
    let (not, next) = all
        .iter()
        .zip(all.get(1..)?)
        .find(|(one, next)| is_not(one) && !next.negated)?;
    let gap = text.get(not.at + not.value.len()..next.at)?;
    if !gap.trim().is_empty() {
        return None;
    }
    let end = next.value_at + next.value.len() + usize::from(next.quoted);
    let like = format!("-{}", text.get(next.at..end)?);
    let instead = format!("{}{like}{}", &text[..not.at], &text[end..]);
    // Nothing is found by what must be missing alone.
    let instead = match instead.trim() == like && next.field.is_none() {
        true => format!("is:open {like}"),
        false => instead,
    };
    let shouted = not.value == "NOT" && text.chars().any(char::is_lowercase);
    Some(Negation {
        at: not.at,
        meant: Meant { like, instead },
        is_sure: shouted || next.field.is_some(),
    })
}

/// Words, phrases and fields in their order, whatever is around them; up to what can't be read.
fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut reader = Reader::new(text);
    std::iter::from_fn(move || {
        reader.skip_to_part();
        reader.part().ok().filter(|_| !text.is_empty())
    })
    .take_while(|part| !part.value.is_empty() || part.field.is_some() || part.quoted)
}

/// Each value of a field with its place.
fn values<'a>(part: &Part<'a>) -> impl Iterator<Item = (usize, &'a str)> {
    let (quoted, mut at) = (part.quoted, part.value_at);
    part.value
        .split(move |c| !quoted && c == ',')
        .map(move |value| {
            let here = at;
            at += value.len() + 1;
            (here, value)
        })
}

fn reads(part: &Part<'_>, value: &str) -> Option<Condition> {
    let name = part.field.filter(|_| !part.negated)?.to_lowercase();
    if let Some(own) = read_own(&name, part) {
        return Some(own);
    }
    fields::read(fields::named(&name)?, value.trim()).ok()
}
