//! The words of a mail as they are kept for reading, worked out before the transaction: there is one writer.

use kept_mail::{Body, Forwarded, IncomingMail, SegmentKind};

use super::passed_on;

/// A mail's text, ready to be written down.
pub(super) struct Words {
    /// As a message stores it.
    pub body: String,
    /// What was written for this mail.
    pub new: String,
}

impl Words {
    pub fn of(mail: &IncomingMail, forward: Option<&Forwarded>) -> Self {
        Self::new(&passed_on::body(mail, forward))
    }

    pub fn new(body: &Body) -> Self {
        let shown = shown(body);
        Self {
            body: crate::reading::body_json(&shown),
            new: shown.new_text(),
        }
    }
}

/// Text kept for reading; beyond it the original has all.
const LONGEST_TEXT: usize = 500_000;

/// The text as it is kept: cut at a limit, links as their writer meant them.
fn shown(body: &Body) -> Body {
    let mut shown = Body::default();
    let mut left = LONGEST_TEXT;
    for segment in &body.segments {
        let end = segment
            .text
            .char_indices()
            .map(|(at, c)| at + c.len_utf8())
            .take_while(|at| *at <= left);
        let end = end.last().unwrap_or(0);
        let text = kept_mail::links::unwrap_in(&segment.text[..end]);
        shown.push(segment.kind, &text);
        left -= end;
        if end < segment.text.len() {
            shown.push(SegmentKind::Signature, "\n… the rest is in the original\n");
            break;
        }
    }
    shown
}
