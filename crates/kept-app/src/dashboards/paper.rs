//! A dashboard as a PDF: the same tables with bars as in the mail, to be printed, kept or shown in a meeting.

use kept_pdf::{Content, Document, Figure, Line, Link, Section, Table};

use super::letter::{Counted, left_out};
use super::rows::Rows;
use super::{Drawn, Figures};
use crate::Error;

/// Lines of one card on paper, which has more room than a mail.
const MOST_LINES: usize = 200;

/// A file, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub filename: String,
    pub bytes: Vec<u8>,
}

impl Counted {
    /// Takes a moment of the processor; not for a thread that serves others.
    pub(super) fn paper(&self) -> Result<Paper, Error> {
        let bytes = self.document().to_pdf();
        let bytes = bytes.map_err(|error| Error::Outside(error.to_string()))?;
        let day = self.asking.now.to_zoned(self.asking.zone.clone()).date();
        Ok(Paper {
            filename: format!("{} {day}.pdf", plain(&self.name())),
            bytes,
        })
    }

    fn document(&self) -> Document {
        let itself = Link {
            words: "The dashboard itself".to_owned(),
            href: self.page(),
        };
        Document {
            title: self.name(),
            says: self.day(),
            sections: self.cards.iter().map(|card| self.section(card)).collect(),
            links: vec![itself],
        }
    }

    fn section(&self, card: &Drawn) -> Section {
        let rows = Rows::of(&card.figures);
        Section {
            heading: card.title.clone(),
            content: match &card.figures {
                Figures::Nothing(why) => Content::Words(why.clone()),
                _ if rows.lines.is_empty() => Content::Words("No tickets.".to_owned()),
                _ => Content::Table(table(rows, &self.origin)),
            },
        }
    }
}

fn table(rows: Rows, origin: &str) -> Table {
    let below = left_out(&rows, MOST_LINES);
    let lines = rows.lines.into_iter().take(MOST_LINES).map(|line| {
        let figures = line.figures.into_iter().map(|it| Figure {
            value: it.value,
            href: it.href.map(|path| format!("{origin}{path}")),
        });
        Line {
            labels: line.labels,
            figures: figures.collect(),
        }
    });
    Table {
        headings: rows.headings,
        lines: lines.collect(),
        below,
    }
}

/// Letters and numbers, so that each system takes it as the name of a file.
fn plain(name: &str) -> String {
    let letters = name.chars().map(|it| match it.is_alphanumeric() {
        true => it,
        false => ' ',
    });
    let letters: String = letters.collect();
    let words: Vec<&str> = letters.split_whitespace().collect();
    match words.is_empty() {
        true => "Dashboard".to_owned(),
        false => words.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_name_every_system_takes() {
        for (name, expected) in [
            ("Overview", "Overview"),
            ("Acme: late/open?", "Acme late open"),
            ("../../etc", "etc"),
            ("Übersicht №1", "Übersicht 1"),
            ("***", "Dashboard"),
        ] {
            assert_eq!(plain(name), expected);
        }
    }
}
