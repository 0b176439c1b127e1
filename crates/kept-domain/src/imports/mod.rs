//! Bringing people, clients and assets from a table: what its columns mean, and what a line of it says.
//! Nothing here knows what is there already.

mod columns;
mod days;
mod outcome;

pub use columns::{Column, guess};
pub use days::day;
pub use outcome::Outcome;

use serde::{Deserialize, Serialize};

use crate::messages::text_form;

/// What the lines are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    People,
    Clients,
    Assets,
}

text_form!(Kind {
    Kind::People => "people",
    Kind::Clients => "clients",
    Kind::Assets => "assets",
});

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::People, Kind::Clients, Kind::Assets];

    /// What a column may mean here.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Kind::People => &[
                Column::Email,
                Column::Name,
                Column::GivenName,
                Column::FamilyName,
                Column::Client,
                Column::Job,
                Column::Phone,
                Column::Language,
                Column::Zone,
                Column::Notes,
            ],
            Kind::Clients => &[Column::Name, Column::Domains, Column::Notes],
            Kind::Assets => &[
                Column::Name,
                Column::Identifier,
                Column::Kind,
                Column::Client,
                Column::Owner,
                Column::Service,
                Column::Warranty,
                Column::Notes,
            ],
        }
    }

    /// What must be among the columns, one of each group.
    pub fn needs(self) -> &'static [Column] {
        match self {
            Kind::People => &[Column::Email],
            Kind::Clients | Kind::Assets => &[Column::Name],
        }
    }
}

/// What each column of the table means, from the first on; `None` is left aside.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mapping(pub Vec<Option<Column>>);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadMapping {
    #[error("Say which column holds the {}", .0.words())]
    Missing(Column),
    #[error("Two columns are the {}; choose one", .0.words())]
    Twice(Column),
}

impl Mapping {
    /// What the headers most likely mean; a meaning is given once.
    pub fn guessed(kind: Kind, headers: &[String]) -> Self {
        let mut given: Vec<Column> = Vec::new();
        let meant = |header: &String| {
            let column = guess(kind, header).filter(|it| !given.contains(it));
            given.extend(column);
            column
        };
        Self(headers.iter().map(meant).collect())
    }

    /// # Errors
    /// When a column that is needed is missing, or a meaning is given twice.
    pub fn checked(self, kind: Kind) -> Result<Self, BadMapping> {
        let known = |column: &&Column| kind.columns().contains(column);
        let given: Vec<Column> = self.0.iter().flatten().filter(known).copied().collect();
        for (at, column) in given.iter().enumerate() {
            if given[..at].contains(column) {
                return Err(BadMapping::Twice(*column));
            }
        }
        let missing = kind.needs().iter().find(|column| !given.contains(column));
        match missing {
            Some(column) => Err(BadMapping::Missing(*column)),
            None => Ok(self),
        }
    }
}

/// A line of the table under a mapping.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    mapping: &'a Mapping,
    cells: &'a [String],
}

impl<'a> Line<'a> {
    pub fn new(mapping: &'a Mapping, cells: &'a [String]) -> Self {
        Self { mapping, cells }
    }

    /// What stands in a column; `None` when there is no such column or nothing stands there, and then what is known stays.
    pub fn get(&self, column: Column) -> Option<&'a str> {
        let at = self.mapping.0.iter().position(|it| *it == Some(column))?;
        let text = self.cells.get(at)?.trim();
        // What a spreadsheet would take for a formula comes with a quote in front of it.
        let text = match text.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
            _ => text,
        };
        (!text.is_empty()).then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(all: &[&str]) -> Vec<String> {
        all.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn what_is_needed_is_asked_for_and_nothing_is_meant_twice() {
        let mapping = |all: &[Option<Column>]| Mapping(all.to_vec()).checked(Kind::People);
        assert!(mapping(&[None, Some(Column::Email)]).is_ok());
        assert_eq!(
            mapping(&[Some(Column::Name)]),
            Err(BadMapping::Missing(Column::Email))
        );
        assert_eq!(
            mapping(&[Some(Column::Email), Some(Column::Email)]),
            Err(BadMapping::Twice(Column::Email))
        );
        let guessed = Mapping::guessed(Kind::People, &texts(&["E-Mail", "Mail", "Shoe size"]));
        assert_eq!(guessed.0, [Some(Column::Email), None, None]);
    }

    #[test]
    fn a_short_line_lacks_what_it_lacks() {
        let mapping = Mapping(vec![Some(Column::Name), Some(Column::Phone)]);
        let get = |cells: &[&str], column| {
            let cells = texts(cells);
            Line::new(&mapping, &cells).get(column).map(str::to_owned)
        };
        assert_eq!(get(&[" Dana "], Column::Name), Some("Dana".into()));
        assert_eq!(get(&["Dana"], Column::Phone), None);
        assert_eq!(get(&["Dana", " "], Column::Phone), None);
        assert_eq!(
            get(&["Dana", "'+351 21"], Column::Phone),
            Some("+351 21".into())
        );
        assert_eq!(get(&["'tis"], Column::Name), Some("'tis".into()));
        assert_eq!(get(&["Dana"], Column::Email), None);
    }
}
