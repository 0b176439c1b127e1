//! What is filled into a field, with one spelling for each value.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Field, FieldKind};
use crate::ids::PersonId;

/// Characters of a text, and the largest number.
const LONGEST: usize = 500;
const LARGEST: i64 = 1_000_000_000_000;
/// Numbers have four places after the point.
const UNIT: i64 = 10_000;

/// One value. Another kind of field is another variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    Text(String),
    /// In ten-thousandths.
    Number(i64),
    Date(Date),
    Choice(String),
    Person(PersonId),
}

/// Why something can't be filled in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadValue {
    #[error("{0} has at most {LONGEST} characters, on one line")]
    TooLong(String),
    #[error("{0} needs a number, such as 12 or 12.5")]
    NoNumber(String),
    #[error("{0} needs a day, such as 2026-10-01")]
    NoDate(String),
    #[error("Choose one of the list for {0}")]
    NoChoice(String),
    #[error("{0} needs somebody the desk knows: choose them, or write their e-mail address")]
    NoPerson(String),
}

impl Value {
    /// Reads what somebody typed; nothing is `None`. A person is named by number.
    ///
    /// # Errors
    /// When it is no value of this field.
    pub fn read(field: &Field, text: &str) -> Result<Option<Self>, BadValue> {
        let text = text.trim();
        let name = || field.content.name.clone();
        if text.is_empty() {
            return Ok(None);
        }
        let found = match field.kind {
            FieldKind::Text if text.chars().count() > LONGEST || text.contains('\n') => {
                Err(BadValue::TooLong(name()))
            }
            FieldKind::Text => Ok(Value::Text(text.to_owned())),
            FieldKind::Number => number(text)
                .map(Value::Number)
                .ok_or_else(|| BadValue::NoNumber(name())),
            FieldKind::Date => text
                .parse()
                .map(Value::Date)
                .map_err(|_| BadValue::NoDate(name())),
            FieldKind::Choice => {
                let known = field.content.choices.iter().find(|it| *it == text);
                known
                    .map(|it| Value::Choice(it.clone()))
                    .ok_or_else(|| BadValue::NoChoice(name()))
            }
            FieldKind::Person => text
                .parse()
                .map(|id| Value::Person(PersonId(id)))
                .map_err(|_| BadValue::NoPerson(name())),
        };
        found.map(Some)
    }

    /// Its one spelling.
    pub fn text(&self) -> String {
        match self {
            Value::Text(text) | Value::Choice(text) => text.clone(),
            Value::Number(number) => written(*number),
            Value::Date(date) => date.to_string(),
            Value::Person(person) => person.to_string(),
        }
    }

    /// Whom it names.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Value::Person(person) => Some(*person),
            _ => None,
        }
    }

    /// What it is compared by: a number, a day, a person.
    pub fn number(&self) -> Option<i64> {
        match self {
            Value::Text(_) | Value::Choice(_) => None,
            Value::Number(number) => Some(*number),
            Value::Date(date) => Some(days(*date)),
            Value::Person(person) => Some(person.0),
        }
    }

    /// Reads the stored spelling back, whatever may be chosen today.
    pub fn stored(kind: FieldKind, text: &str) -> Option<Self> {
        match kind {
            FieldKind::Text => Some(Value::Text(text.to_owned())),
            FieldKind::Number => number(text).map(Value::Number),
            FieldKind::Date => text.parse().ok().map(Value::Date),
            FieldKind::Choice => Some(Value::Choice(text.to_owned())),
            FieldKind::Person => text.parse().ok().map(|id| Value::Person(PersonId(id))),
        }
    }
}

/// Days since 1970.
pub fn days(date: Date) -> i64 {
    let since = date.since(Date::constant(1970, 1, 1));
    since.map_or(0, |span| i64::from(span.get_days()))
}

/// In ten-thousandths; `12,5` is read as well. Further places are none.
pub(super) fn number(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let digits = digits.replace(',', ".");
    let (whole, places) = digits.split_once('.').unwrap_or((&digits, ""));
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !is_number(whole) || !is_number(places) || places.len() > 4 {
        return None;
    }
    let whole: i64 = whole.parse().ok().filter(|it| *it <= LARGEST)?;
    let places: i64 = format!("{places:0<4}").parse().ok()?;
    let number = whole * UNIT + places;
    Some(if negative { -number } else { number })
}

fn written(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let (whole, places) = (number.abs() / UNIT, number.abs() % UNIT);
    let places = format!("{places:04}");
    match places.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        places => format!("{sign}{whole}.{places}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_spelling() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(number(text).map(written).as_deref(), expected, "{text}");
        };
        check("12", Some("12"));
        check("12,50", Some("12.5"));
        check("-0.0001", Some("-0.0001"));
        check("007", Some("7"));
        check("1.23456", None);
        check("", None);
        check("12 kg", None);
        check("99999999999999999999", None);
        check(".5", None);
    }

    #[test]
    fn a_day_counts_from_1970() {
        assert_eq!(days(Date::constant(1970, 1, 2)), 1);
        assert_eq!(days(Date::constant(1969, 12, 31)), -1);
        assert_eq!(days(Date::constant(2026, 11, 23)), 20_780);
    }
}
