//! Finds quoted mail in HTML by the markup mail programs put around it.
//!
//! A plain `<blockquote>` is formatting, not a quote, unless a line introduces it.

use super::tags::{Tag, Tags};
use super::to_text;
use crate::body;

/// A stretch of the HTML, quoted or not.
pub struct Piece<'x> {
    pub html: &'x str,
    pub quoted: bool,
    /// The stretch begins and ends with the tags of one element.
    pub whole_element: bool,
}

/// Tags looked at in one mail; a quote that begins later is shown as new text.
const MAX_TAGS: usize = 50_000;

/// How far a quote goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// To the end of its element.
    Element,
    /// To the end of the mail: the quoted mail follows the mark.
    End,
}

/// Classes, or beginnings of them, of elements that hold a quoted mail or its introduction.
const CLASSES: [&str; 11] = [
    "gmail_quote",
    "gmail_extra",
    "gmail_attr",
    "yahoo_quoted",
    "moz-cite-prefix",
    "moz-email-headers-table",
    "protonmail_quote",
    "tutanota_quote",
    "zmail_extra",
    "front-blockquote",
    "quoted-mail",
];

/// Ids of marks after which the quoted mail follows.
const ID_MARKS: [&str; 6] = [
    "divrplyfwdmsg",
    "appendonsend",
    "stopspelling",
    "olk_src_body_section",
    "mail-editor-reference-message-container",
    "reply-intro",
];

/// The HTML in stretches, in order; put together they are the whole.
pub fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut done = 0;
    for quote in quotes(html) {
        add(&mut pieces, html.get(done..quote.start), false, false);
        add(
            &mut pieces,
            html.get(quote.start..quote.end),
            true,
            quote.whole_element,
        );
        done = quote.end;
    }
    add(&mut pieces, html.get(done..), false, false);
    pieces
}

fn add<'x>(pieces: &mut Vec<Piece<'x>>, html: Option<&'x str>, quoted: bool, whole_element: bool) {
    if let Some(html) = html.filter(|html| !html.is_empty()) {
        pieces.push(Piece {
            html,
            quoted,
            whole_element,
        });
    }
}

/// Where a quote stands.
struct Range {
    start: usize,
    end: usize,
    whole_element: bool,
}

/// The outermost quotes, in order.
fn quotes(html: &str) -> Vec<Range> {
    let mut quotes = Vec::new();
    let mut open: Option<Open> = None;
    let mut said = Said {
        html,
        checked: 0,
        words: false,
    };
    for tag in Tags::of(html).take(MAX_TAGS) {
        if let Some(quote) = &mut open {
            quote.count(&tag);
            if quote.depth == 0 {
                quotes.push(Range {
                    start: quote.start,
                    end: tag.end,
                    whole_element: true,
                });
                open = None;
            }
            continue;
        }
        match reach(&tag, html) {
            Some(Reach::Element) => {
                open = Some(Open {
                    start: tag.start,
                    name: tag.name.to_owned(),
                    depth: 1,
                });
            }
            Some(Reach::End) if said.anything_before(tag.start) => {
                quotes.push(Range {
                    start: tag.start,
                    end: html.len(),
                    whole_element: false,
                });
                return quotes;
            }
            _ => {}
        }
    }
    let unclosed = open.map(|quote| quote.start);
    quotes.extend(unclosed.map(|start| Range {
        start,
        end: html.len(),
        whole_element: false,
    }));
    quotes
}

/// Whether any words stood before a place; looks at each byte once.
struct Said<'x> {
    html: &'x str,
    checked: usize,
    words: bool,
}

impl Said<'_> {
    fn anything_before(&mut self, place: usize) -> bool {
        if !self.words {
            let new = self.html.get(self.checked..place).unwrap_or_default();
            self.words = !to_text(new).trim().is_empty();
            self.checked = place;
        }
        self.words
    }
}

/// A quote whose end is not reached yet.
struct Open {
    start: usize,
    name: String,
    depth: usize,
}

impl Open {
    fn count(&mut self, tag: &Tag<'_>) {
        if tag.is(&self.name) {
            self.depth = if tag.closing {
                self.depth - 1
            } else {
                self.depth + 1
            };
        }
    }
}

fn reach(tag: &Tag<'_>, html: &str) -> Option<Reach> {
    if tag.closing {
        return None;
    }
    let id = tag.attribute("id");
    if ID_MARKS
        .iter()
        .any(|mark| id.trim_start_matches("x_") == *mark)
        || is_outlook_rule(tag)
    {
        return Some(Reach::End);
    }
    let class = tag.attribute("class");
    let mut classes = class
        .split_whitespace()
        .map(|class| class.trim_start_matches("x_"));
    let known = classes.any(|class| CLASSES.contains(&class));
    let cited = tag.is("blockquote")
        && (tag.attribute("type") == "cite" || is_introduced(html.get(..tag.start)));
    (known && !is_empty_element(tag) || cited).then_some(Reach::Element)
}

/// The thin line Outlook draws above the headers of the mail it quotes.
fn is_outlook_rule(tag: &Tag<'_>) -> bool {
    let style = tag.attribute("style");
    tag.is("div")
        && style.contains("border:none")
        && style.contains("border-top:solid")
        && style.contains("padding:3.0pt 0")
}

fn is_empty_element(tag: &Tag<'_>) -> bool {
    tag.is("br") || tag.is("hr") || tag.is("img") || tag.attributes.ends_with('/')
}

/// The text right before says who wrote what follows.
fn is_introduced(before: Option<&str>) -> bool {
    const ENOUGH_BYTES: usize = 1_000;
    let before = before.unwrap_or_default();
    let near = before
        .get(before.floor_char_boundary(before.len().saturating_sub(ENOUGH_BYTES))..)
        .unwrap_or_default();
    body::ends_with_introduction(&to_text(near))
}
