//! Reports: a search whose tickets are counted by up to three fields. Pure; the counting is the store's, the reading here.

mod by;
mod groups;
mod table;

pub use by::{By, Order};
pub use groups::{Key, ages, condition, label};
pub use table::{Cell, Line, Table};

use serde::{Deserialize, Serialize};

use crate::messages::text_form;
use crate::search::{self, Query};

/// What somebody wants counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Report {
    /// As it was typed; nothing asks for every ticket.
    pub search: String,
    /// Up to three, each once.
    pub by: Vec<By>,
    pub shape: Shape,
}

/// How the figures are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    #[default]
    Table,
    /// A bar for each group of the first field, the second field within it.
    Bars,
    /// A column for each group, side by side; times are told apart best so.
    Columns,
    Lines,
    /// A grid of two fields, darker where there is more.
    Grid,
}

text_form!(Shape {
    Shape::Table => "table",
    Shape::Bars => "bars",
    Shape::Columns => "columns",
    Shape::Lines => "lines",
    Shape::Grid => "grid",
});

/// Fields of one report.
pub const MOST_FIELDS: usize = 3;

impl Shape {
    pub const ALL: [Shape; 5] = [
        Shape::Table,
        Shape::Bars,
        Shape::Columns,
        Shape::Lines,
        Shape::Grid,
    ];

    pub fn words(self) -> &'static str {
        match self {
            Shape::Table => "Table",
            Shape::Bars => "Bars",
            Shape::Columns => "Columns",
            Shape::Lines => "Lines",
            Shape::Grid => "Grid",
        }
    }
}

impl Report {
    /// The report with its fields each once, and its search read.
    ///
    /// # Errors
    /// When the search can't be read.
    pub fn checked(mut self) -> Result<(Report, Query), search::BadQuery> {
        self.search = self.search.trim().to_owned();
        let mut seen: Vec<By> = Vec::new();
        for by in self.by {
            if !seen.contains(&by) && seen.len() < MOST_FIELDS {
                seen.push(by);
            }
        }
        self.by = seen;
        let query = search::parse(&self.search)?;
        Ok((self, query))
    }

    /// The search that finds what a group counts: the report's own, and what the group says besides.
    pub fn search_with(&self, conditions: &[String]) -> String {
        let own = match self.search.contains(" or ") || self.search.contains(" OR ") {
            true => format!("({})", self.search),
            false => self.search.clone(),
        };
        let parts = std::iter::once(own).chain(conditions.iter().cloned());
        parts
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

#[cfg(test)]
mod tests;
