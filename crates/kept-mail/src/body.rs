//! The text of a mail split into what is new, what is quoted and the signature.
//!
//! Nothing is ever dropped: the segments put together are the whole text again.

use serde::{Deserialize, Serialize};

pub(crate) mod dividers;
pub(crate) mod header_block;
pub(crate) mod intro;
mod signature;
mod split;

/// What a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SegmentKind {
    /// Written for this mail.
    New,
    /// Taken over from an earlier mail, with the line that introduces it.
    Quoted,
    /// The sender's signature or the device's.
    Signature,
    /// Put below a reply of ours by the program, in plain words.
    Added,
}

/// A stretch of text of one kind, whole lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    pub kind: SegmentKind,
    pub text: String,
}

/// A text in segments, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    pub segments: Vec<Segment>,
}

impl Body {
    /// Splits a text with `\n` line ends. Neighbouring segments always differ in kind.
    pub fn split(text: &str) -> Self {
        let mut body = Self::default();
        for (kind, line) in split::kinds(text) {
            body.push(kind, line);
        }
        if body.is_nothing_but_marked() {
            body = Self::default();
            body.push(SegmentKind::New, text);
        }
        body
    }

    /// Every line carries a quote mark and nothing introduces them: somebody marked what they say.
    fn is_nothing_but_marked(&self) -> bool {
        let says = |segment: &Segment| {
            segment.kind != SegmentKind::Quoted && !segment.text.trim().is_empty()
        };
        if self.segments.iter().any(says) {
            return false;
        }
        let lines = self
            .segments
            .iter()
            .flat_map(|segment| segment.text.lines());
        let mut lines = lines.filter(|line| !line.trim().is_empty()).peekable();
        let Some(first) = lines.peek().map(|line| line.trim_start_matches(['>', ' '])) else {
            return false;
        };
        intro::at(&[first]).is_none() && lines.all(|line| line.trim_start().starts_with('>'))
    }

    /// Adds text at the end, joined to the last segment when it is of the same kind.
    pub fn push(&mut self, kind: SegmentKind, text: &str) {
        match self.segments.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(text),
            _ if text.is_empty() => {}
            _ => self.segments.push(Segment {
                kind,
                text: text.to_owned(),
            }),
        }
    }

    /// Adds another body at the end.
    pub fn append(&mut self, other: Self) {
        for segment in other.segments {
            self.push(segment.kind, &segment.text);
        }
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.segments
            .iter()
            .map(|segment| segment.text.as_str())
            .collect()
    }

    /// What was written for this mail, answers between quoted lines included; trimmed.
    pub fn new_text(&self) -> String {
        self.of(SegmentKind::New)
    }

    /// The same with what the program put below it.
    pub fn said(&self) -> String {
        let both = [self.new_text(), self.of(SegmentKind::Added)];
        let both = both.into_iter().filter(|text| !text.is_empty());
        both.collect::<Vec<_>>().join("\n\n")
    }

    /// What was taken over from earlier mails; trimmed.
    pub fn quoted(&self) -> String {
        self.of(SegmentKind::Quoted)
    }

    /// The signature; trimmed.
    pub fn signature(&self) -> String {
        self.of(SegmentKind::Signature)
    }

    fn of(&self, kind: SegmentKind) -> String {
        let texts = self.segments.iter().filter(|segment| segment.kind == kind);
        let trimmed = texts.map(|segment| segment.text.trim_matches('\n').trim_end());
        let kept: Vec<&str> = trimmed.filter(|text| !text.trim().is_empty()).collect();
        kept.join("\n\n").trim().to_owned()
    }
}

/// Whether the last words of `text` introduce a quote.
pub(crate) fn ends_with_introduction(text: &str) -> bool {
    const MOST_LINES: usize = 4;
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let from = lines.len().saturating_sub(MOST_LINES);
    let starts = from..lines.len();
    starts.into_iter().any(|start| {
        let tail = lines.get(start..).unwrap_or_default();
        intro::at(tail) == Some(tail.len())
    })
}
