//! What a search asks of a field: `field.room:5`, `field.cost:>100`, `field.until:2026-10-01..2026-10-31`, `field.room:none`.

use std::fmt;

use jiff::civil::Date;

use super::value::number;
use super::{FieldKind, Value, days};
use crate::ids::PersonId;
use crate::search::Known;

/// What is asked of the field of this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// As the search names it.
    pub slug: String,
    pub compared: Compared,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compared {
    /// Nothing is filled in.
    None,
    /// Something is.
    Any,
    /// A text or a choice holds this, a person is called so, a number or a day is this; in lower case.
    Is(String),
    /// At least, and at most; one end may be open.
    Between(Option<Literal>, Option<Literal>),
    Less(Literal),
    More(Literal),
}

/// What numbers and days are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Literal {
    /// In ten-thousandths.
    Number(i64),
    Date(Date),
}

impl Literal {
    fn read(text: &str) -> Option<Self> {
        let date = text.parse().ok().map(Literal::Date);
        date.or_else(|| number(text).map(Literal::Number))
    }

    /// Which kind of field it can be compared with, and by what.
    pub fn compares(self) -> (FieldKind, i64) {
        match self {
            Literal::Number(number) => (FieldKind::Number, number),
            Literal::Date(date) => (FieldKind::Date, days(date)),
        }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Literal::Number(number) => f.write_str(&Value::Number(*number).text()),
            Literal::Date(date) => date.fmt(f),
        }
    }
}

impl Compared {
    /// `None` when something is compared with what is neither a number nor a day.
    pub fn read(text: &str) -> Option<Self> {
        if let Some((from, to)) = text.split_once("..") {
            let (from, to) = (end(from)?, end(to)?);
            let is_open = from.is_none() && to.is_none();
            return (!is_open).then_some(Compared::Between(from, to));
        }
        let literal = |rest: &str| Literal::read(rest.trim());
        match text {
            "none" => Some(Compared::None),
            "any" => Some(Compared::Any),
            _ if text.starts_with("<=") => {
                Some(Compared::Between(None, Some(literal(&text[2..])?)))
            }
            _ if text.starts_with(">=") => {
                Some(Compared::Between(Some(literal(&text[2..])?), None))
            }
            _ if text.starts_with('<') => literal(&text[1..]).map(Compared::Less),
            _ if text.starts_with('>') => literal(&text[1..]).map(Compared::More),
            _ => Some(Compared::Is(text.to_lowercase())),
        }
    }

    /// A number or a day that is meant by what is not compared.
    pub fn exactly(text: &str) -> Option<Literal> {
        Literal::read(text)
    }

    /// The kind of field it compares, and from where to where, both included.
    pub fn bounds(&self) -> Option<(FieldKind, Option<i64>, Option<i64>)> {
        let ends = |from: &Option<Literal>, to: &Option<Literal>| {
            let kind = from.or(*to)?.compares().0;
            let number = |it: &Option<Literal>| it.map(|it| it.compares().1);
            Some((kind, number(from), number(to)))
        };
        match self {
            Compared::None | Compared::Any | Compared::Is(_) => None,
            Compared::Between(from, to) => ends(from, to),
            Compared::Less(it) => {
                let (kind, number) = it.compares();
                Some((kind, None, Some(number - 1)))
            }
            Compared::More(it) => {
                let (kind, number) = it.compares();
                Some((kind, Some(number + 1), None))
            }
        }
    }
}

fn end(text: &str) -> Option<Option<Literal>> {
    match text.trim() {
        "" => Some(None),
        text => Literal::read(text).map(Some),
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |it: &Option<Literal>| it.map_or_else(String::new, |it| it.to_string());
        write!(f, "field.{}:", self.slug)?;
        match &self.compared {
            Compared::None => f.write_str("none"),
            Compared::Any => f.write_str("any"),
            Compared::Is(text) => write!(f, "\"{}\"", text.replace('"', "")),
            Compared::Between(from, to) => write!(f, "{}..{}", end(from), end(to)),
            Compared::Less(it) => write!(f, "<{it}"),
            Compared::More(it) => write!(f, ">{it}"),
        }
    }
}

/// What a ticket holds in a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    pub slug: String,
    pub value: Value,
    /// Whoever it names.
    pub person: Known,
}

impl Held {
    /// Whether it is what is asked for.
    pub fn is(&self, compared: &Compared, me: Option<PersonId>) -> bool {
        match compared {
            Compared::None => false,
            Compared::Any => true,
            Compared::Is(text) => self.is_called(text, me),
            other => other.bounds().is_some_and(|(kind, from, to)| {
                let number = self.value.number().filter(|_| self.kind() == kind);
                number.is_some_and(|it| {
                    from.is_none_or(|from| from <= it) && to.is_none_or(|to| it <= to)
                })
            }),
        }
    }

    fn is_called(&self, text: &str, me: Option<PersonId>) -> bool {
        match &self.value {
            Value::Text(it) | Value::Choice(it) => it.to_lowercase().contains(text),
            Value::Person(_) => self.person.is(text, me),
            value @ (Value::Number(_) | Value::Date(_)) => Literal::read(text).is_some_and(|it| {
                it.compares() == (self.kind(), value.number().unwrap_or_default())
            }),
        }
    }

    fn kind(&self) -> FieldKind {
        match self.value {
            Value::Text(_) => FieldKind::Text,
            Value::Number(_) => FieldKind::Number,
            Value::Date(_) => FieldKind::Date,
            Value::Choice(_) => FieldKind::Choice,
            Value::Person(_) => FieldKind::Person,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_read_and_written() {
        let check = |text: &str, expected: Option<&str>| {
            let read = Compared::read(text).map(|compared| {
                let slug = "room".to_owned();
                Asked { slug, compared }.to_string()
            });
            assert_eq!(read.as_deref(), expected, "{text}");
        };
        check("none", Some("field.room:none"));
        check("Blue", Some("field.room:\"blue\""));
        check(">12,5", Some("field.room:>12.5"));
        check("<=3", Some("field.room:..3"));
        check("2026-10-01..", Some("field.room:2026-10-01.."));
        check("<blue", None);
        check("..", None);
    }

    #[test]
    fn numbers_and_days_compare_and_words_are_found_in_texts() {
        let check = |value: Value, text: &str, expected: bool| {
            let held = Held {
                slug: "x".to_owned(),
                value: value.clone(),
                person: Known::default(),
            };
            let compared = Compared::read(text).expect("readable");
            assert_eq!(held.is(&compared, None), expected, "{value:?} {text}");
        };
        let day = || Value::Date(Date::constant(2026, 10, 1));
        check(Value::Number(120_000), ">10", true);
        check(Value::Number(120_000), ">12", false);
        check(Value::Number(120_000), "12", true);
        check(Value::Number(120_000), "2", false);
        check(day(), "2026-09-01..2026-10-01", true);
        check(day(), "<2026-10-01", false);
        check(day(), ">5", false);
        check(Value::Text("Blue room".to_owned()), "room", true);
        check(Value::Text("Blue room".to_owned()), "none", false);
        check(Value::Choice("Yes".to_owned()), "any", true);
    }
}
