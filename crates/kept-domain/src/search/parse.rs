//! Reads a search as people type it. Every mistake is named with its place and, where one is near, with what was meant.

use super::fields::{self, BadValue, Field, Values};
use super::{Condition, FIELDS, Query};
use crate::fields::{Asked, Compared};
use crate::ids::TicketId;

/// Longest search read, in bytes, most parts in it, and most parentheses around one.
pub const LONGEST: usize = 1_000;
const MOST_PARTS: usize = 40;
const DEEPEST: usize = 6;

/// What is wrong with a search, and where it begins, in bytes from the start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem} (at character {}){}", .at + 1, hint(.meant.as_deref()))]
pub struct BadQuery {
    pub at: usize,
    pub problem: String,
    pub meant: Option<Box<Meant>>,
}

/// What was likely meant at this place, and the whole search with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    pub like: String,
    pub instead: String,
}

/// # Errors
/// When a field or a value is unknown, a phrase or a parenthesis has no end, or the search is too long.
pub fn parse(text: &str) -> Result<Query, BadQuery> {
    if text.len() > LONGEST {
        return bad(
            text.floor_char_boundary(LONGEST),
            format!("A search can have at most {LONGEST} characters"),
        );
    }
    Reader::new(text).alternatives(0)
}

pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
    parts: usize,
}

/// One word, phrase or field as typed.
pub(super) struct Part<'a> {
    pub at: usize,
    pub negated: bool,
    pub field: Option<&'a str>,
    pub value: &'a str,
    /// Where the value begins.
    pub value_at: usize,
    pub quoted: bool,
}

impl<'a> Reader<'a> {
    pub fn new(text: &'a str) -> Self {
        Reader {
            text,
            at: 0,
            parts: 0,
        }
    }

    /// Passes over parentheses and `or`s up to the next word, phrase or field.
    pub fn skip_to_part(&mut self) {
        loop {
            if self.take_or().is_some() {
                continue;
            }
            let rest = self.rest();
            let passed = match group_begins(rest) {
                Some(negated) => 1 + usize::from(negated),
                None => usize::from(rest.starts_with(')')),
            };
            if passed == 0 {
                return;
            }
            self.at += passed;
        }
    }

    /// What stands between `or`s, up to the end or the parenthesis that closes.
    fn alternatives(&mut self, depth: usize) -> Result<Query, BadQuery> {
        let mut queries = vec![self.all(depth)?];
        while let Some(at) = self.take_or() {
            let next = self.all(depth)?;
            if next.is_blank() || queries.iter().any(Query::is_blank) {
                return bad(
                    at,
                    "“or” needs something before it and after it; in quotes it is a word",
                );
            }
            queries.push(next);
        }
        if queries.len() == 1 {
            return Ok(queries.remove(0));
        }
        Ok(Query {
            conditions: vec![Condition::Any(queries)],
            ..Query::default()
        })
    }

    /// Parts side by side, all of which must hold.
    fn all(&mut self, depth: usize) -> Result<Query, BadQuery> {
        let mut query = Query::default();
        loop {
            self.skip_spaces();
            let rest = self.rest();
            if rest.is_empty() || self.next_is_or() || (depth > 0 && rest.starts_with(')')) {
                return Ok(query);
            }
            if rest.starts_with(')') {
                // Nothing was opened that it could close.
                self.at += 1;
                continue;
            }
            if let Some(negated) = group_begins(rest) {
                self.at += usize::from(negated);
                let inner = self.group(depth)?;
                if negated {
                    query.conditions.push(none_of(inner));
                } else {
                    take_in(&mut query, inner);
                }
                continue;
            }
            let part = self.part()?;
            self.count(part.at)?;
            self.add(&mut query, &part)?;
        }
    }

    fn group(&mut self, depth: usize) -> Result<Query, BadQuery> {
        let at = self.at;
        if depth >= DEEPEST {
            return bad(at, "Too many parentheses inside each other");
        }
        self.at += 1;
        let inner = self.alternatives(depth + 1)?;
        if !self.rest().starts_with(')') {
            return bad(at, "This parenthesis is never closed; in quotes it is text");
        }
        self.at += 1;
        if inner.is_blank() {
            return bad(at, "There is nothing to look for in these parentheses");
        }
        Ok(inner)
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip_spaces(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn next_is_or(&self) -> bool {
        let rest = self.rest();
        let word = rest
            .get(..2)
            .is_some_and(|word| matches!(word, "or" | "OR"));
        let after = rest.get(2..).and_then(|after| after.chars().next());
        word && after.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ')'))
    }

    fn take_or(&mut self) -> Option<usize> {
        self.skip_spaces();
        let found = self.next_is_or().then_some(self.at);
        self.at += if found.is_some() { 2 } else { 0 };
        found
    }

    fn count(&mut self, at: usize) -> Result<(), BadQuery> {
        self.parts += 1;
        match self.parts > MOST_PARTS {
            true => bad(at, format!("A search can have at most {MOST_PARTS} parts")),
            false => Ok(()),
        }
    }

    pub fn part(&mut self) -> Result<Part<'a>, BadQuery> {
        let at = self.at;
        let rest = self.rest();
        let (negated, body) = match rest.strip_prefix('-') {
            Some(body) if !body.is_empty() && !body.starts_with(char::is_whitespace) => {
                (true, body)
            }
            _ => (false, rest),
        };
        let (field, body) = match body.split_once(':') {
            Some((name, value)) if is_field_name(name) => (Some(name), value),
            _ => (None, body),
        };
        let begins = self.text.len() - body.len();
        let (value, value_at, after) = match body.strip_prefix('"') {
            Some(inside) => {
                let Some((phrase, after)) = inside.split_once('"') else {
                    return bad(at, "This phrase has no closing quote");
                };
                (phrase, begins + 1, after)
            }
            None => {
                let (word, after) = body.split_at(end_of_word(body));
                (word, begins, after)
            }
        };
        self.at = self.text.len() - after.len();
        Ok(Part {
            at,
            negated,
            field,
            value,
            value_at,
            quoted: value_at > begins,
        })
    }

    fn add(&mut self, query: &mut Query, part: &Part<'_>) -> Result<(), BadQuery> {
        if let Some(field) = part.field {
            let condition = self.condition(field, part)?;
            query.conditions.push(match part.negated {
                true => condition.negated(),
                false => condition,
            });
        } else if let Some(number) = ticket_number(part) {
            query.conditions.push(Condition::Number(number));
        } else if part.value.chars().any(char::is_alphanumeric) {
            let list = match (part.negated, part.quoted) {
                (true, _) => &mut query.without,
                (false, true) => &mut query.phrases,
                (false, false) => &mut query.words,
            };
            list.push(part.value.to_owned());
        }
        Ok(())
    }

    fn condition(&mut self, name: &str, part: &Part<'_>) -> Result<Condition, BadQuery> {
        let folded = name.to_lowercase();
        if let Some(slug) = folded.strip_prefix(OWN) {
            return own(slug, part);
        }
        let Some(field) = fields::named(&folded) else {
            return self.unknown(&folded, part);
        };
        let several = matches!(field.values, Values::OneOf(_) | Values::Tags) && !part.quoted;
        let mut found = Vec::new();
        let mut at = part.value_at;
        for value in part.value.split(|c| several && c == ',') {
            if !found.is_empty() {
                self.count(part.at)?;
            }
            found.push(self.value(field, value, (part.at, at))?);
            at += value.len() + 1;
        }
        Ok(one_of(found))
    }

    fn value(
        &self,
        field: &Field,
        value: &str,
        (at, value_at): (usize, usize),
    ) -> Result<Condition, BadQuery> {
        if value.trim().is_empty() {
            let name = field.name;
            return bad(at, format!("{name}: needs a value right after the colon"));
        }
        fields::read(field, value.trim()).map_err(|BadValue { problem, instead }| {
            let near = instead.map(|like| (value.len(), like));
            let meant = self.period(field, value_at, value).or(near);
            BadQuery {
                at,
                problem,
                meant: meant.map(|(length, like)| {
                    let instead = self.with(value_at, length, &like);
                    Box::new(Meant { like, instead })
                }),
            }
        })
    }

    /// `last week` and `7 days`, which are one word here: so many bytes, and how they are written.
    fn period(&self, field: &Field, value_at: usize, value: &str) -> Option<(usize, String)> {
        if field.values != Values::Times {
            return None;
        }
        let rest = self.text.get(value_at..)?;
        let (quoted, rest) = match value.trim().contains(char::is_whitespace) {
            true => (true, value),
            false => (false, rest),
        };
        let ends = |from: usize| {
            let word = rest.get(from..).unwrap_or_default();
            from + (word.len() - word.trim_start().len()) + end_of_word(word.trim_start())
        };
        let first = ends(0);
        let second = ends(first);
        let like = fields::period(field, rest[..first].trim(), rest[first..second].trim())?;
        let ago = ends(second);
        let is_ago = rest[second..ago].trim() == "ago";
        let length = if is_ago { ago } else { second };
        Some((if quoted { value.len() } else { length }, like))
    }

    fn unknown(&self, name: &str, part: &Part<'_>) -> Result<Condition, BadQuery> {
        let like = fields::like(name);
        let begins = part.at + usize::from(part.negated);
        let problem = match like {
            Some(_) => format!("There is no field “{name}”"),
            None => {
                let known: Vec<&str> = FIELDS.iter().map(|field| field.name).collect();
                let known = known.join(", ");
                format!("There is no field “{name}”; in quotes it is text. Fields are: {known}")
            }
        };
        Err(BadQuery {
            at: part.at,
            problem,
            meant: like.map(|like| {
                let instead = self.with(begins, name.len(), like);
                let like = format!("{like}:");
                Box::new(Meant { like, instead })
            }),
        })
    }

    /// The whole search with one piece of it changed.
    fn with(&self, at: usize, length: usize, word: &str) -> String {
        format!("{}{word}{}", &self.text[..at], &self.text[at + length..])
    }
}

fn hint(meant: Option<&Meant>) -> String {
    meant.map_or_else(String::new, |it| format!(". Did you mean {}?", it.like))
}

/// Whether a group begins here, and whether it is turned round.
fn group_begins(rest: &str) -> Option<bool> {
    let (negated, rest) = match rest.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    rest.starts_with('(').then_some(negated)
}

/// A group without alternatives asks no more than its parts do.
fn take_in(query: &mut Query, inner: Query) {
    query.words.extend(inner.words);
    query.phrases.extend(inner.phrases);
    query.without.extend(inner.without);
    query.conditions.extend(inner.conditions);
}

fn one_of(mut found: Vec<Condition>) -> Condition {
    let alone = |condition| Query {
        conditions: vec![condition],
        ..Query::default()
    };
    match found.len() {
        1 => found.remove(0),
        _ => Condition::Any(found.into_iter().map(alone).collect()),
    }
}

fn none_of(inner: Query) -> Condition {
    let has_words = inner.has_text() || !inner.without.is_empty();
    match inner.conditions.as_slice() {
        [only] if !has_words => only.clone().negated(),
        _ => Condition::Any(vec![inner]).negated(),
    }
}

/// A word ends before a parenthesis that closes; pairs of its own may stand inside.
fn end_of_word(body: &str) -> usize {
    let mut open = 0_usize;
    for (at, letter) in body.char_indices() {
        match letter {
            letter if letter.is_whitespace() => return at,
            '(' => open += 1,
            ')' if open > 0 => open -= 1,
            ')' => return at,
            _ => {}
        }
    }
    body.len()
}

/// What the names of the desk's own fields begin with.
pub(super) const OWN: &str = "field.";
const LONGEST_OWN: usize = 80;

/// The same, where somebody asks what is said there.
pub(super) fn read_own(name: &str, part: &Part<'_>) -> Option<Condition> {
    own(name.strip_prefix(OWN)?, part).ok()
}

/// `field.serial-number:x100`. Whether there is such a field the desk knows.
fn own(slug: &str, part: &Part<'_>) -> Result<Condition, BadQuery> {
    let value = part.value.trim();
    if value.is_empty() {
        let problem = format!("{OWN}{slug}: needs a value right after the colon, or none or any");
        return bad(part.at, problem);
    }
    let compared = match part.quoted {
        true => Some(Compared::Is(value.to_lowercase())),
        false => Compared::read(value),
    };
    let Some(compared) = compared else {
        let problem = format!(
            "{OWN}{slug}: only numbers and days such as 2026-10-01 can be compared, not “{value}”"
        );
        return bad(part.at, problem);
    };
    let slug = slug.to_owned();
    Ok(Condition::Field(Asked { slug, compared }))
}

fn is_own_name(name: &str) -> bool {
    let slug = name
        .get(..OWN.len())
        .filter(|it| it.eq_ignore_ascii_case(OWN));
    let slug = slug.and_then(|_| name.get(OWN.len()..)).unwrap_or_default();
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    !slug.is_empty() && slug.len() <= LONGEST_OWN && slug.chars().all(is_part)
}

/// Letters only, so that times and URLs are words and not fields.
fn is_field_name(name: &str) -> bool {
    if is_own_name(name) {
        return true;
    }
    !name.is_empty()
        && name.len() <= 20
        && name.chars().all(|c| c.is_ascii_alphabetic())
        && !matches!(name, "http" | "https" | "mailto")
}

fn ticket_number(part: &Part<'_>) -> Option<TicketId> {
    let digits = part
        .value
        .strip_prefix('#')
        .filter(|_| !part.quoted && !part.negated)?;
    digits.parse().ok().map(TicketId)
}

fn bad<T>(at: usize, problem: impl Into<String>) -> Result<T, BadQuery> {
    let problem = problem.into();
    Err(BadQuery {
        at,
        problem,
        meant: None,
    })
}
