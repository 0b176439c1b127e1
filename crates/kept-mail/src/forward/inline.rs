//! Finds the original a text forwards, below a divider, a block of headers or a line that introduces it.
//!
//! A forward and an answer look alike; the divider's words, the subject and what the mail refers to tell
//! them apart. In doubt it is said to be unsure, or nothing at all.

use super::block::{self, Block};
use super::{Forwarded, glued, people};
use crate::address;
use crate::body::dividers::{self, Divider};
use crate::body::{header_block, intro};
use crate::mail::IncomingMail;
use crate::subject;

/// Lines looked at for the begin of the original.
const MAX_LINES: usize = 20_000;

/// The original in the text of `mail`.
pub fn read(mail: &IncomingMail) -> Option<Forwarded> {
    let refers = !mail.in_reply_to.is_empty();
    find(&mail.text, mail.subject.as_deref().or(Some("")), refers)
}

/// Lines that show whether a block of headers follows.
const BLOCK_LINES: usize = 40;

/// How the original begins.
enum Begin {
    /// A divider that says "forwarded".
    Announced,
    /// A divider on one line with all headers.
    Glued,
    /// Headers, perhaps with a neutral rule above.
    Headers,
    /// `On …, Dana wrote:`.
    Introduced,
}

/// The original in a text. `refers`: the mail says which earlier mail it answers.
pub fn find(text: &str, subject: Option<&str>, refers: bool) -> Option<Forwarded> {
    let text = text.trim_start_matches('\u{feff}');
    let lines: Vec<&str> = text.lines().take(MAX_LINES).collect();
    let forwards = subject.is_some_and(subject::is_forward);
    let (at, begin) = begin(&lines, forwards)?;
    let above = lines.get(..at)?;
    let below = lines.get(at..)?;
    let mut original = match begin {
        Begin::Announced => announced(below, forwards)?,
        Begin::Glued => glued(below)?,
        Begin::Headers if is_answer(subject, refers) && !forwards => return None,
        Begin::Headers => Forwarded {
            sure: forwards,
            ..of_block(block::read(below)?)
        },
        Begin::Introduced => introduced(below, subject)?,
    };
    original.remark = remark(above);
    let from = original.from.as_ref();
    original.sure &= from.is_some_and(|from| address::is_valid(&from.address));
    Some(original)
}

/// An answer names what it answers or begins its subject so; a mail without a subject is not known to be one.
fn is_answer(subject: Option<&str>, refers: bool) -> bool {
    refers || subject.is_some_and(subject::is_answer)
}

/// The first line that begins an original. A quote before it means that the mail is an answer.
fn begin(lines: &[&str], forwards: bool) -> Option<(usize, Begin)> {
    for at in 0..lines.len() {
        let rest = lines.get(at..)?;
        let line = unquoted(rest.first()?);
        if line.trim().is_empty() {
            continue;
        }
        if dividers::glued(line).is_some() {
            return Some((at, Begin::Glued));
        }
        match dividers::of(line) {
            Some(Divider::Forwarded) => return Some((at, Begin::Announced)),
            Some(Divider::Answered)
                if block::read(rest.get(..BLOCK_LINES).unwrap_or(rest)).is_some() =>
            {
                return Some((at, Begin::Headers));
            }
            _ => {}
        }
        if header_block::at(&near(rest)).is_some() {
            return Some((at, Begin::Headers));
        }
        if intro::at(rest).is_some() {
            return forwards.then_some((at, Begin::Introduced));
        }
    }
    None
}

/// The next lines without their quote marks.
fn near<'x>(lines: &[&'x str]) -> Vec<&'x str> {
    const LINES: usize = 16;
    lines
        .iter()
        .take(LINES)
        .map(|line| unquoted(line))
        .collect()
}

fn unquoted(line: &str) -> &str {
    let line = line.trim_start_matches('\u{feff}');
    line.strip_prefix('>')
        .map_or(line, |rest| rest.strip_prefix(' ').unwrap_or(rest))
}

fn remark(above: &[&str]) -> Option<String> {
    let text = above.join("\n");
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn announced(below: &[&str], forwards: bool) -> Option<Forwarded> {
    match block::read(below) {
        Some(block) => Some(Forwarded {
            sure: true,
            ..of_block(block)
        }),
        // A divider alone proves nothing unless the subject agrees.
        None => forwards.then(|| Forwarded {
            body: block::body(below.get(1..).unwrap_or_default(), false),
            ..Forwarded::default()
        }),
    }
}

fn glued(below: &[&str]) -> Option<Forwarded> {
    let headers = dividers::glued(below.first()?)?;
    let block = glued::read(headers, below.get(1..).unwrap_or_default())?;
    Some(Forwarded {
        sure: true,
        ..of_block(block)
    })
}

fn of_block(block: Block) -> Forwarded {
    Forwarded {
        from: people::in_value(&block.from).into_iter().next(),
        to: people::in_value(&block.to),
        cc: people::in_value(&block.cc),
        subject: Some(block.subject).filter(|subject| !subject.is_empty()),
        date: crate::parse::date(&block.date),
        date_text: Some(block.date).filter(|date| !date.is_empty()),
        body: block.body,
        ..Forwarded::default()
    }
}

/// `On 28/10/2021 12:46, "Dana" <dana@client.example> wrote:` in a mail whose subject says it forwards.
fn introduced(below: &[&str], subject: Option<&str>) -> Option<Forwarded> {
    let taken = intro::at(below)?;
    let words = below.get(..taken)?.join(" ");
    let (from, date) = people::in_introduction(&words)?;
    Some(Forwarded {
        from: Some(from),
        subject: subject.map(|subject| subject::base(subject).to_owned()),
        date_text: Some(date).filter(|date| !date.is_empty()),
        body: block::body(below.get(taken..).unwrap_or_default(), false),
        sure: true,
        ..Forwarded::default()
    })
}
