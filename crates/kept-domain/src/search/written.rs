//! A search written down again, so that reading it gives the same search.

use std::fmt;

use super::{Condition, Query};

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let [Condition::Any(queries)] = self.conditions.as_slice()
            && self.words.is_empty()
            && self.phrases.is_empty()
            && self.without.is_empty()
        {
            return alternatives(f, queries);
        }
        let mut first = true;
        for word in &self.words {
            space(f, &mut first)?;
            f.write_str(word)?;
        }
        for phrase in &self.phrases {
            space(f, &mut first)?;
            write!(f, "\"{phrase}\"")?;
        }
        for word in &self.without {
            space(f, &mut first)?;
            write!(f, "-{}", Text(word))?;
        }
        for condition in &self.conditions {
            space(f, &mut first)?;
            write!(f, "{condition}")?;
        }
        Ok(())
    }
}

fn space(f: &mut fmt::Formatter<'_>, first: &mut bool) -> fmt::Result {
    if std::mem::take(first) {
        return Ok(());
    }
    f.write_str(" ")
}

/// Alternatives among alternatives stand in parentheses of their own.
fn alternatives(f: &mut fmt::Formatter<'_>, queries: &[Query]) -> fmt::Result {
    for (at, query) in queries.iter().enumerate() {
        if at > 0 {
            f.write_str(" or ")?;
        }
        match query.conditions.as_slice() {
            [Condition::Any(_)] => write!(f, "({query})")?,
            _ => write!(f, "{query}")?,
        }
    }
    Ok(())
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Condition::Number(id) => write!(f, "#{id}"),
            Condition::Status(it) => write!(f, "status:{}", it.as_str()),
            Condition::Is(it) => write!(f, "is:{}", it.as_str()),
            Condition::Has(it) => write!(f, "has:{}", it.as_str()),
            Condition::Turn(it) => write!(f, "turn:{}", it.as_str()),
            Condition::Priority(it) => write!(f, "priority:{}", it.as_str()),
            Condition::Kind(it) => write!(f, "kind:{}", it.as_str()),
            Condition::Tag(tag) => write!(f, "tag:{}", Text(tag.as_str())),
            Condition::Client(text) => write!(f, "client:{}", Text(text)),
            Condition::From(text) => write!(f, "from:{}", Text(text)),
            Condition::Agent(text) => write!(f, "agent:{}", Text(text)),
            Condition::Offered(text) => write!(f, "offered:{}", Text(text)),
            Condition::Watching(text) => write!(f, "watching:{}", Text(text)),
            Condition::With(text) => write!(f, "with:{}", Text(text)),
            Condition::Asset(text) => write!(f, "asset:{}", Text(text)),
            Condition::Bond(bond, id) => write!(f, "{}:#{id}", super::fields::of_bond(*bond)),
            Condition::Queue(text) => write!(f, "queue:{}", Text(text)),
            Condition::Subject(text) => write!(f, "subject:{}", Text(text)),
            Condition::Field(asked) => asked.fmt(f),
            Condition::Hour(hour) => write!(f, "hour:{hour}"),
            Condition::Weekday(day) => write!(f, "weekday:{}", day.as_str()),
            Condition::Time(moment, when) => write!(f, "{}:{when}", moment.as_str()),
            Condition::Not(inner) => match inner.as_ref() {
                // Without parentheses it would be a word that must be missing.
                Condition::Number(id) => write!(f, "-(#{id})"),
                inner => write!(f, "-{inner}"),
            },
            Condition::Any(queries) => {
                f.write_str("(")?;
                alternatives(f, queries)?;
                f.write_str(")")
            }
        }
    }
}

/// A value, in quotes where it would be read otherwise without them. What holds a quote itself came without.
struct Text<'a>(&'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let odd =
            |c: char| c.is_whitespace() || matches!(c, ':' | '(' | ')' | ',' | '#' | '-' | '=');
        match !self.0.contains('"') && self.0.contains(odd) {
            true => write!(f, "\"{}\"", self.0),
            false => f.write_str(self.0),
        }
    }
}
