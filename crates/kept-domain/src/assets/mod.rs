//! Things that people use and the desk looks after: what is written down of one, and how they hang together.

mod relation;
mod warranty;

pub use relation::Relation;
pub use warranty::{SOON_DAYS, Warranty};

use jiff::Timestamp;
use jiff::civil::Date;

use crate::cards::{BadDetail, line, notes_of};
use crate::ids::{AssetId, ClientId, PersonId};

/// What is written down of a thing. Empty texts are what nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    pub name: String,
    /// Laptop, printer, licence: as the desk calls it.
    pub kind: String,
    /// A serial number or a tag; a client has it once.
    pub identifier: String,
    pub client: Option<ClientId>,
    pub owner: Option<PersonId>,
    pub service: String,
    /// The last day.
    pub warranty_until: Option<Date>,
    /// Markdown.
    pub notes: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    pub id: AssetId,
    pub is: Draft,
    pub retired_at: Option<Timestamp>,
}

impl Draft {
    /// The same trimmed and on one line each.
    ///
    /// # Errors
    /// When one is too long, naming it.
    pub fn checked(&self) -> Result<Self, BadDetail> {
        Ok(Self {
            name: line("name", &self.name)?,
            kind: line("kind", &self.kind)?,
            identifier: line("identifier", &self.identifier)?,
            service: line("service", &self.service)?,
            notes: notes_of(&self.notes)?,
            ..self.clone()
        })
    }
}

/// The form in which identifiers are compared: `SN-12 a` is `sn-12a`.
pub fn identifier_key(identifier: &str) -> String {
    let letters = identifier.chars().filter(|c| !c.is_whitespace());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_the_same_however_they_are_spaced_and_cased() {
        for (text, key) in [("SN-12 a", "sn-12a"), (" sn-12A ", "sn-12a"), ("", "")] {
            assert_eq!(identifier_key(text), key, "{text}");
        }
    }

    #[test]
    fn a_name_has_one_line_of_a_bearable_length() {
        let typed = Draft {
            name: " Laptop\n of Dana ".into(),
            ..Draft::default()
        };
        assert_eq!(
            typed.checked().map(|it| it.name),
            Ok("Laptop of Dana".into())
        );
        let long = Draft {
            name: "x".repeat(200),
            ..Draft::default()
        };
        assert_eq!(long.checked().map_err(|bad| bad.field()), Err("name"));
    }
}
