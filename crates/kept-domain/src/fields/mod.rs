//! Custom fields: what a desk asks of its tickets besides what every ticket has, by queue and type.
//!
//! A field that is retired is asked no more; what was filled in stays on its tickets and is found.

mod asked;
mod value;

pub use asked::{Asked, Compared, Held, Literal};
pub use value::{BadValue, Value, days};

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::event::Event;
use crate::ids::{FieldId, QueueId};
use crate::messages::text_form;
use crate::tickets::{Kind, Refused, Ticket};

/// Characters of a name, of a line of help and of a choice; choices of a field; fields of a desk.
pub const LONGEST_NAME: usize = 60;
pub const LONGEST_HELP: usize = 200;
pub const MOST_CHOICES: usize = 100;
pub const MOST_FIELDS: usize = 100;

/// What may be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    Text,
    Number,
    Date,
    Choice,
    /// Anybody the desk knows.
    Person,
}

text_form!(FieldKind {
    FieldKind::Text => "text",
    FieldKind::Number => "number",
    FieldKind::Date => "date",
    FieldKind::Choice => "choice",
    FieldKind::Person => "person",
});

impl FieldKind {
    pub const ALL: [FieldKind; 5] = [
        FieldKind::Text,
        FieldKind::Number,
        FieldKind::Date,
        FieldKind::Choice,
        FieldKind::Person,
    ];

    /// As people choose it.
    pub fn words(self) -> &'static str {
        match self {
            FieldKind::Text => "Text",
            FieldKind::Number => "Number",
            FieldKind::Date => "Date",
            FieldKind::Choice => "One of several",
            FieldKind::Person => "Person",
        }
    }
}

/// What can be changed about a field after it was made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    pub name: String,
    pub help: String,
    /// Of a field of that kind; one that is taken away stays where it was chosen.
    pub choices: Vec<String>,
    /// Empty: all.
    pub queues: BTreeSet<QueueId>,
    /// By their text form; empty: all.
    pub types: BTreeSet<String>,
    /// Resolving a ticket asks for it.
    pub required: bool,
}

/// A field of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub id: FieldId,
    /// As the search names it.
    pub slug: String,
    pub kind: FieldKind,
    pub content: Content,
    pub is_retired: bool,
}

/// Why a field can't be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadField {
    #[error("Give it a name, such as Serial number")]
    NoName,
    #[error("A name has at most {LONGEST_NAME} characters")]
    LongName,
    #[error("The line below it has at most {LONGEST_HELP} characters")]
    LongHelp,
    #[error("Write what can be chosen, a line each")]
    NoChoices,
    #[error("At most {MOST_CHOICES} can be chosen from, each of {LONGEST_NAME} characters")]
    ManyChoices,
}

impl BadField {
    /// The field of the form it is about.
    pub fn field(&self) -> &'static str {
        match self {
            BadField::NoName | BadField::LongName => "name",
            BadField::LongHelp => "help",
            BadField::NoChoices | BadField::ManyChoices => "choices",
        }
    }
}

impl Content {
    /// As it is kept: without spaces around words and without empty choices.
    ///
    /// # Errors
    /// When something is missing, too long or too many.
    pub fn checked(mut self, kind: FieldKind) -> Result<Self, BadField> {
        self.name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        self.help = self.help.trim().to_owned();
        let choices = self.choices.iter().map(|it| it.trim().to_owned());
        let mut known = BTreeSet::new();
        self.choices = choices
            .filter(|it| !it.is_empty() && known.insert(it.clone()))
            .collect();
        if kind != FieldKind::Choice {
            self.choices.clear();
        }
        let long = |text: &String| text.chars().count() > LONGEST_NAME;
        match () {
            () if self.name.is_empty() => Err(BadField::NoName),
            () if long(&self.name) => Err(BadField::LongName),
            () if self.help.chars().count() > LONGEST_HELP => Err(BadField::LongHelp),
            () if kind == FieldKind::Choice && self.choices.is_empty() => Err(BadField::NoChoices),
            () if self.choices.len() > MOST_CHOICES || self.choices.iter().any(long) => {
                Err(BadField::ManyChoices)
            }
            () => Ok(self),
        }
    }
}

impl Field {
    /// Whether tickets of this queue and type are asked for it.
    pub fn is_for(&self, queue: QueueId, kind: Kind) -> bool {
        let content = &self.content;
        let queues = content.queues.is_empty() || content.queues.contains(&queue);
        let types = content.types.is_empty() || content.types.contains(kind.as_str());
        !self.is_retired && queues && types
    }

    pub fn is_asked_of(&self, ticket: &Ticket) -> bool {
        self.is_for(ticket.queue, ticket.kind)
    }
}

/// Fills a field of a ticket in, or empties it; the same again changes nothing.
///
/// # Errors
/// When the ticket is set aside.
pub fn fill(
    ticket: &Ticket,
    field: &Field,
    from: Option<Value>,
    to: Option<Value>,
) -> Result<Option<Event>, Refused> {
    ticket.must_be_in_sight()?;
    Ok((from != to).then(|| Event::FieldFilled {
        field: field.id,
        name: field.content.name.clone(),
        from,
        to,
    }))
}

/// Whether these events end the work on a ticket, which asks for what must be filled in. A ticket that is resolved already may
/// be closed without.
pub fn is_asked_for(events: &[Event]) -> bool {
    events.iter().any(|event| matches!(event, Event::Resolved))
}

/// Which of `all` fields must be filled in before the ticket can be resolved, and are not among those it `held`.
pub fn missing<'a>(
    all: &'a [Field],
    ticket: &Ticket,
    held: impl Fn(FieldId) -> bool,
) -> Vec<&'a str> {
    let wanted = all
        .iter()
        .filter(|it| it.content.required && it.is_asked_of(ticket) && !held(it.id));
    wanted.map(|it| it.content.name.as_str()).collect()
}

/// Why a ticket can't be resolved: `Cause and Room are not filled in`.
pub fn not_filled_in(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("{one} is not filled in"),
        [some @ .., last] => format!("{} and {last} are not filled in", some.join(", ")),
    }
}

/// How the search names a field of this name: `Serial number` is `serial-number`. `taken` are not given out again.
pub fn slug(name: &str, taken: &BTreeSet<String>) -> String {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        match letter {
            letter if letter.is_ascii_alphanumeric() => slug.push(letter),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    let plain = slug.trim_end_matches('-');
    let plain = if plain.is_empty() { "field" } else { plain };
    let numbered = (2..).map(|n| format!("{plain}-{n}"));
    let mut all = std::iter::once(plain.to_owned()).chain(numbered);
    all.find(|it| !taken.contains(it))
        .unwrap_or_else(|| plain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_what_the_search_calls_it_once() {
        let check = |name: &str, taken: &[&str], expected: &str| {
            let taken = taken.iter().map(|it| (*it).to_owned()).collect();
            assert_eq!(slug(name, &taken), expected, "{name}");
        };
        check("Serial number", &[], "serial-number");
        check("  Größe (cm)!", &[], "gr-e-cm");
        check("Serial number", &["serial-number"], "serial-number-2");
        check("日付", &["field"], "field-2");
    }

    #[test]
    fn what_is_missing_is_said_in_one_sentence() {
        let check = |names: &[&str], expected: &str| assert_eq!(not_filled_in(names), expected);
        check(&["Cause"], "Cause is not filled in");
        check(&["Cause", "Room"], "Cause and Room are not filled in");
        check(&["A", "B", "C"], "A, B and C are not filled in");
    }

    #[test]
    fn only_what_ends_the_work_asks() {
        assert!(is_asked_for(&[Event::Resolved, Event::Closed]));
        assert!(!is_asked_for(&[Event::Closed]));
    }

    #[test]
    fn a_choice_needs_something_to_choose_from() {
        let content = |choices: &[&str]| Content {
            name: " Room  2 ".to_owned(),
            choices: choices.iter().map(|it| (*it).to_owned()).collect(),
            ..Content::default()
        };
        let kept = content(&["A ", "", "B", "A"]).checked(FieldKind::Choice);
        let kept = kept.expect("fine");
        assert_eq!((kept.name.as_str(), kept.choices.len()), ("Room 2", 2));
        let none = content(&[" "]).checked(FieldKind::Choice);
        assert_eq!(none, Err(BadField::NoChoices));
        assert!(content(&["A"]).checked(FieldKind::Text).is_ok());
    }
}
