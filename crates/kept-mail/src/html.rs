//! HTML from strangers: into text to read, and cleaned to show.
//!
//! It never loads anything, and nothing it gives back can run or load anything by itself.

mod clean;
mod fold;
mod quotes;
mod tags;

pub use clean::{CleanHtml, clean};

use mail_parser::decoders::html::html_to_text;

use crate::body::{Body, SegmentKind};
use tags::Tags;

/// What the images of `html` are named by, each once, up to a limit.
pub fn image_sources(html: &str) -> Vec<String> {
    const MOST: usize = 500;
    let mut sources: Vec<String> = Vec::new();
    let images = Tags::of(html).filter(|tag| tag.is("img"));
    for image in images.take(MOST) {
        let source = image.attribute_as_written("src").trim();
        if !source.is_empty()
            && !source.starts_with("data:")
            && !sources.iter().any(|it| it == source)
        {
            sources.push(source.to_owned());
        }
    }
    sources
}

/// HTML as readable text with `\n` line ends.
pub fn to_text(html: &str) -> String {
    let ruled = ["<hr", "<HR"].iter().any(|rule| html.contains(rule));
    let text = match ruled {
        true => html_to_text(&html.replace("<hr", "<br><hr").replace("<HR", "<br><HR")),
        false => html_to_text(html),
    };
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

/// HTML as text in segments: quotes are found by their markup first, then by their words.
pub fn split(html: &str) -> Body {
    let mut body = Body::default();
    for piece in quotes::pieces(html) {
        let text = with_line_end(to_text(piece.html));
        match piece.quoted {
            true => body.push(SegmentKind::Quoted, &text),
            false => body.append(Body::split(&text)),
        }
    }
    body
}

/// Pieces stood below one another in the page; they must in the text.
fn with_line_end(mut text: String) -> String {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}
