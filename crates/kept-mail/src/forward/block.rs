//! A block of header lines above an original, and the original below it.
//!
//! Names of headers are known in many languages; below a divider an unknown name is understood by what
//! stands after it. It reads, and leaves it to others whether this is a forward.

use crate::body::dividers;
use crate::body::header_block::is_rule;
use crate::headings::{self, Heading};

/// Header lines of one block.
const MAX_LINES: usize = 60;
/// Bytes kept of one header.
const MAX_VALUE_BYTES: usize = 16 * 1024;

/// The headers as written and the text below them.
#[derive(Debug, Default)]
pub struct Block {
    pub from: String,
    pub date: String,
    pub to: String,
    pub cc: String,
    pub subject: String,
    pub body: String,
}

/// The block that begins with these lines: rules and a divider first, then at least two headers, one of
/// them saying who wrote it.
pub fn read(lines: &[&str]) -> Option<Block> {
    let start = lines.iter().take_while(|line| is_above(line)).count();
    let marked = lines.get(start)?.trim_start().starts_with('>');
    let below: Vec<&str> = lines
        .get(start..)?
        .iter()
        .map(|line| bare(line, marked))
        .collect();
    let mut block = Block::default();
    let taken = headers(&below, &mut block);
    let enough = !block.from.is_empty()
        && (!block.subject.is_empty() || !block.date.is_empty() || !block.to.is_empty());
    if !enough {
        return None;
    }
    block.body = body(lines.get(start + taken..).unwrap_or_default(), marked);
    Some(block)
}

/// Rules, blank lines and the divider itself.
fn is_above(line: &str) -> bool {
    let line = bare(line, true);
    line.trim().is_empty() || is_rule(line) || dividers::of(line).is_some()
}

/// Without one quote mark, where the block has them.
fn bare(line: &str, marked: bool) -> &str {
    if !marked {
        return line;
    }
    let line = line.trim_start();
    line.strip_prefix('>')
        .map_or(line, |rest| rest.strip_prefix(' ').unwrap_or(rest))
}

/// Reads headers into `block` and says how many lines they took.
fn headers(lines: &[&str], block: &mut Block) -> usize {
    let (mut taken, mut last, mut seen) = (0, None, 0);
    for (at, line) in lines.iter().take(MAX_LINES).enumerate() {
        if line.trim().is_empty() {
            // One blank line may stand between two headers, not before the text.
            let more = lines.get(at + 1).is_some_and(|next| is_next(next, block));
            if seen > 0 && !more {
                break;
            }
            continue;
        }
        match heading(line, block) {
            Some((heading, value)) => {
                block.add(heading, value);
                (last, seen) = (Some(heading), seen + 1);
            }
            None if continues(lines.get(at + 1), block) => block.append(last, line),
            None => break,
        }
        taken = at + 1;
    }
    taken
}

/// A heading this block does not have yet.
fn is_next(line: &str, block: &Block) -> bool {
    headings::of(line).is_some_and(|(heading, _)| block.lacks(heading))
}

/// A wrapped value goes on when the next line is a header again.
fn continues(next: Option<&&str>, block: &Block) -> bool {
    !block.from.is_empty() && next.is_some_and(|next| is_next(next, block))
        || !block.to.is_empty() && next.is_some_and(|next| is_next(next, block))
}

/// The heading of a line by its name, or by its value when the name is in no table.
fn heading<'x>(line: &'x str, block: &Block) -> Option<(Heading, &'x str)> {
    if let Some((heading, value)) = headings::of(line) {
        return (block.lacks(heading) || heading == Heading::Other).then_some((heading, value));
    }
    let (_, value) = headings::split(line)?;
    let addressed = value.contains('@') && !value.contains("://");
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let missing = |heading| block.lacks(heading);
    let guess = match addressed {
        true if missing(Heading::From) => Heading::From,
        true if missing(Heading::To) => Heading::To,
        true if missing(Heading::Cc) => Heading::Cc,
        false if digits >= 5 && missing(Heading::Date) && !missing(Heading::From) => Heading::Date,
        _ => return None,
    };
    Some((guess, value))
}

impl Block {
    fn slot(&mut self, heading: Heading) -> Option<&mut String> {
        match heading {
            Heading::From => Some(&mut self.from),
            Heading::Date => Some(&mut self.date),
            Heading::To => Some(&mut self.to),
            Heading::Cc => Some(&mut self.cc),
            Heading::Subject => Some(&mut self.subject),
            Heading::Other => None,
        }
    }

    fn lacks(&self, heading: Heading) -> bool {
        match heading {
            Heading::From => self.from.is_empty(),
            Heading::Date => self.date.is_empty(),
            Heading::To => self.to.is_empty(),
            Heading::Cc => self.cc.is_empty(),
            Heading::Subject => self.subject.is_empty(),
            Heading::Other => true,
        }
    }

    pub fn add(&mut self, heading: Heading, value: &str) {
        let kept = value
            .get(..value.floor_char_boundary(MAX_VALUE_BYTES))
            .unwrap_or_default();
        if let Some(slot) = self.slot(heading) {
            slot.push_str(kept.trim());
        }
    }

    fn append(&mut self, heading: Option<Heading>, line: &str) {
        if let Some(slot) = heading
            .and_then(|heading| self.slot(heading))
            .filter(|slot| slot.len() < MAX_VALUE_BYTES)
        {
            slot.push(' ');
            slot.push_str(line.trim());
        }
    }
}

/// The original's text: quote marks and indents of the forwarding program taken off. Where the headers
/// were `marked`, the text ends with the marks.
pub fn body(lines: &[&str], marked: bool) -> String {
    let end = if marked {
        end_of_marks(lines)
    } else {
        lines.len()
    };
    let lines = lines.get(..end).unwrap_or_default();
    let written = || lines.iter().filter(|line| !line.trim().is_empty());
    let marked = marked || written().all(|line| is_marked(line));
    let indented = written().all(|line| line.starts_with("    "));
    let text: Vec<&str> = lines
        .iter()
        .map(|line| match indented {
            true => line.get(4..).unwrap_or_default(),
            false => bare(line, marked),
        })
        .collect();
    text.join("\n").trim().to_owned()
}

/// How many lines carry a mark; one without it between two others is a line the mailer broke.
fn end_of_marks(lines: &[&str]) -> usize {
    let within = |at: &usize| {
        let next = lines.iter().skip(*at).take(2);
        next.into_iter().any(|line| is_marked(line))
            || lines.get(*at).is_some_and(|line| line.trim().is_empty())
    };
    (0..lines.len()).take_while(within).count()
}

fn is_marked(line: &str) -> bool {
    line.trim_start().starts_with('>')
}
