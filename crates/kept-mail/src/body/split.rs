//! Decides for each line of a text whether it is new, quoted or signature.
//!
//! In doubt a line is new: showing a quote twice is a nuisance, hiding a customer's sentence is a loss.

use super::{SegmentKind, dividers, header_block, intro, signature};

/// Each line with its line end, or part of a line, and its kind. Put together they are the text.
pub fn kinds(text: &str) -> Vec<(SegmentKind, &str)> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut kinds = Vec::with_capacity(lines.len());
    let mut said = false;
    let mut at = 0;
    while let Some(rest) = lines.get(at..).filter(|rest| !rest.is_empty()) {
        let step = step(rest, lines.get(..at).unwrap_or_default(), said);
        let taken = step.lines.clamp(1, rest.len());
        for line in rest.iter().take(taken) {
            push(&mut kinds, step.kind, line);
            said |= step.kind == SegmentKind::New && !is_blank(line);
        }
        at += taken;
    }
    kinds
}

/// A line whose end introduces a quote is two pieces.
fn push<'x>(kinds: &mut Vec<(SegmentKind, &'x str)>, kind: SegmentKind, line: &'x str) {
    match intro::within(line).filter(|_| kind == SegmentKind::New) {
        Some(start) => {
            let (before, after) = line.split_at(start);
            kinds.push((SegmentKind::New, before));
            kinds.push((SegmentKind::Quoted, after));
        }
        None => kinds.push((kind, line)),
    }
}

/// How many lines from here are of one kind.
struct Step {
    kind: SegmentKind,
    lines: usize,
}

impl Step {
    fn of(kind: SegmentKind, lines: usize) -> Self {
        Self { kind, lines }
    }
}

fn step(rest: &[&str], before: &[&str], said: bool) -> Step {
    let marked = marked_run(rest);
    if marked > 0 {
        return Step::of(SegmentKind::Quoted, marked);
    }
    let glued = rest
        .first()
        .is_some_and(|line| intro::within(line).is_some());
    if let Some(lines) = quote_start(rest).filter(|_| !glued) {
        return Step::of(SegmentKind::Quoted, quoted_lines(rest, lines, said));
    }
    match signature::at(rest, before) {
        Some(signature::Length::Lines(lines)) => Step::of(SegmentKind::Signature, lines),
        Some(signature::Length::ToNextQuote) => Step::of(SegmentKind::Signature, until_quote(rest)),
        None => Step::of(SegmentKind::New, 1),
    }
}

/// Lines that say "what follows is from an earlier mail".
fn quote_start(rest: &[&str]) -> Option<usize> {
    intro::at(rest)
        .or_else(|| header_block::at(rest))
        .or_else(|| dividers::at(rest))
}

/// After an introduction: marked lines speak for themselves; otherwise all that follows is quoted,
/// unless the mail would then say nothing of its own.
fn quoted_lines(rest: &[&str], introduction: usize, said: bool) -> usize {
    let blank = rest
        .iter()
        .skip(introduction)
        .take_while(|line| is_blank(line))
        .count();
    let next = introduction + blank;
    let marked = rest.get(next).is_some_and(|line| is_marked(line));
    if marked || !said { next } else { rest.len() }
}

fn until_quote(rest: &[&str]) -> usize {
    let starts = |at: &usize| {
        let tail = rest.get(*at..).unwrap_or_default();
        marked_run(tail) > 0 || quote_start(tail).is_some()
    };
    (1..rest.len()).find(starts).unwrap_or(rest.len())
}

/// How many lines from here carry a quote mark, lines broken by the mailer in between included.
fn marked_run(rest: &[&str]) -> usize {
    let mut taken = 0;
    while let Some(line) = rest.get(taken) {
        let broken =
            || taken > 0 && is_broken_piece(rest.get(taken - 1), line, rest.get(taken + 1));
        if !is_marked(line) && !broken() {
            break;
        }
        taken += 1;
    }
    taken
}

/// A line starting with `>` (RFC 3676 §4.5), or with initials before it as old programs do.
fn is_marked(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '\u{a0}', '\u{feff}']);
    let initials = line.bytes().take_while(u8::is_ascii_uppercase).count();
    line.get(initials..)
        .is_some_and(|rest| rest.starts_with('>'))
        && initials <= 3
}

/// A quoted line too long for the mailer, whose end landed unmarked on a line of its own.
fn is_broken_piece(before: Option<&&str>, line: &str, after: Option<&&str>) -> bool {
    const FULL_LINE_CHARS: usize = 70;
    let (Some(before), Some(after)) = (before, after) else {
        return false;
    };
    let text = line.trim();
    if text.is_empty() || !is_marked(before) || !is_marked(after) {
        return false;
    }
    let end = before.trim_end();
    let full = end.chars().count() >= FULL_LINE_CHARS && !end.ends_with(['.', '!', '?', ':']);
    let open = end.matches('(').count() > end.matches(')').count() && text.contains(')');
    full || open || text.starts_with('(') && line.starts_with(' ')
}

pub(super) fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}
