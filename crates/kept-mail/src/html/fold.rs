//! Folds quoted mail into `<details>`: first a mark in the raw HTML, then the fold in the clean one.
//!
//! Where a quote runs to the end of the mail its mark stands in the middle of open elements; the fold
//! then reaches to the end of the element it stands in, which only the cleaned HTML shows.

use super::quotes::{Piece, pieces};
use super::tags::Tags;
use super::to_text;

/// Class of a folded quote.
pub const CLASS: &str = "quote";
/// Class of the mark that becomes a fold.
pub const MARK_CLASS: &str = "kept-cut";

const OPEN: &str = "<details class=\"quote\"><summary>…</summary>";
const CLOSE: &str = "</details>";
const MARK: &str = "<hr class=\"kept-cut\">";

/// The HTML with folds and marks put in; unchanged when nothing but quotes would be left.
pub fn mark(html: &str) -> String {
    let pieces = pieces(html);
    let says_something = pieces.iter().any(|piece| !piece.quoted && has_words(piece));
    if !says_something {
        return html.to_owned();
    }
    let last = pieces.len().saturating_sub(1);
    let mut marked = String::with_capacity(html.len() + 200);
    for (index, piece) in pieces.iter().enumerate() {
        match (piece.quoted, piece.whole_element) {
            (false, _) => marked.push_str(piece.html),
            (true, true) => marked.extend([OPEN, piece.html, CLOSE]),
            (true, false) if index == last => marked.extend([MARK, piece.html]),
            (true, false) => marked.push_str(piece.html),
        }
    }
    marked
}

fn has_words(piece: &Piece<'_>) -> bool {
    to_text(piece.html).chars().any(char::is_alphanumeric)
}

/// Turns the mark in cleaned HTML into a fold to the end of the element around it.
pub fn close(html: &str) -> String {
    let Some((before, after)) = html.split_once(MARK) else {
        return html.to_owned();
    };
    let (inside, outside) = after.split_at(end_of_parent(after));
    let rest = outside.replace(MARK, "");
    [before, OPEN, &inside.replace(MARK, ""), CLOSE, &rest].concat()
}

/// Where the element that was open at the start of `html` is closed. Clean HTML is balanced.
fn end_of_parent(html: &str) -> usize {
    const VOID: [&str; 6] = ["br", "hr", "img", "col", "wbr", "input"];
    let mut depth = 0usize;
    for tag in Tags::of(html).filter(|tag| !VOID.iter().any(|void| tag.is(void))) {
        match (tag.closing, depth) {
            (true, 0) => return tag.start,
            (true, _) => depth -= 1,
            (false, _) => depth += 1,
        }
    }
    html.len()
}
