//! The block of header lines Outlook and others put before a quoted mail: From, Sent, To, Subject.
//!
//! Three different headers, or two with an address or a date in them, before it believes a block.

use super::split::is_blank;
use crate::headings::{self, Heading as Field};

/// Lines looked at for one block.
const MAX_LINES: usize = 16;

/// How many lines from here are a header block, with the rule above it.
pub fn at(lines: &[&str]) -> Option<usize> {
    let above = rule_above(lines);
    let block = lines.get(above..)?;
    headings::of(block.first()?)?;
    let seen = read(block);
    seen.is_block().then_some(above + seen.lines)
}

/// A line of underscores or dashes right above the block belongs to it.
fn rule_above(lines: &[&str]) -> usize {
    if !lines.first().is_some_and(|line| is_rule(line)) {
        return 0;
    }
    1 + lines
        .iter()
        .skip(1)
        .take(2)
        .take_while(|line| is_blank(line))
        .count()
}

/// A line of nothing but the same few marks.
pub(crate) fn is_rule(line: &str) -> bool {
    let marks = line.trim();
    marks.chars().count() >= 4
        && marks
            .chars()
            .all(|c| matches!(c, '_' | '-' | '=' | '*' | '—' | '–' | ' '))
}

/// What was found in a block.
#[derive(Default)]
struct Seen {
    fields: Vec<Field>,
    lines: usize,
    has_address: bool,
    has_date: bool,
}

impl Seen {
    fn is_block(&self) -> bool {
        let has = |field| self.fields.contains(&field);
        let evident = self.has_address || self.has_date;
        match self.fields.len() {
            0 | 1 => false,
            2 => {
                has(Field::Date)
                    && self.has_date
                    && (has(Field::From) || has(Field::To))
                    && self.has_address
            }
            _ => evident && (has(Field::From) || has(Field::Subject)),
        }
    }

    fn add(&mut self, field: Field, value: &str) {
        if !self.fields.contains(&field) {
            self.fields.push(field);
        }
        self.has_address |= value.contains('@');
        self.has_date |=
            field == Field::Date && value.bytes().filter(u8::is_ascii_digit).count() >= 3;
    }
}

/// Header lines from the start, with wrapped values and single blank lines between them.
fn read(lines: &[&str]) -> Seen {
    let mut seen = Seen::default();
    let (mut blank, mut wrapped) = (0, 0);
    for (index, line) in lines.iter().take(MAX_LINES).enumerate() {
        match headings::of(line) {
            Some((field, value)) => {
                seen.add(field, value);
                seen.lines = index + 1;
                (blank, wrapped) = (0, 0);
            }
            None if is_blank(line) => blank += 1,
            None if blank == 0 && wrapped < 2 => {
                wrapped += 1;
                seen.has_address |= line.contains('@');
            }
            None => break,
        }
        if blank > 1 {
            break;
        }
    }
    seen
}
