//! Where everything stands on which page.

use crate::fonts::{Face, Fonts};
use crate::{Content, Document, Link, table};

/// A4, and the white around it.
pub(crate) const WIDTH: f32 = 595.28;
pub(crate) const HEIGHT: f32 = 841.89;
pub(crate) const MARGIN: f32 = 48.0;
/// Below it stands the number of the page alone.
const END: f32 = HEIGHT - MARGIN - 16.0;
pub(crate) const ROOM: f32 = WIDTH - 2.0 * MARGIN;

pub(crate) const WORDS: f32 = 9.5;
const TITLE: f32 = 18.0;
const HEADING: f32 = 12.0;
/// From line to line.
pub(crate) const STEP: f32 = 15.0;

/// No text on paper is longer; what comes from outside has no end.
const LONGEST: usize = 2_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    Full,
    Dim,
    Bar,
    Rule,
}

/// Something on a page; `y` of a text is its base line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mark {
    Text {
        x: f32,
        y: f32,
        words: String,
        face: Face,
        size: f32,
        ink: Ink,
    },
    Block {
        x: f32,
        y: f32,
        wide: f32,
        high: f32,
        ink: Ink,
    },
    Link {
        x: f32,
        y: f32,
        wide: f32,
        high: f32,
        href: String,
    },
}

pub(crate) type Page = Vec<Mark>;

/// Fills page after page from the top.
pub(crate) struct Layout<'a> {
    pub fonts: &'a Fonts,
    pages: Vec<Page>,
    /// How far down the page is used.
    pub y: f32,
}

pub(crate) fn pages(document: &Document, fonts: &Fonts) -> Vec<Page> {
    let mut layout = Layout {
        fonts,
        pages: vec![Page::new()],
        y: MARGIN,
    };
    layout.words(&document.title, Face::Bold, TITLE, Ink::Full);
    layout.words(&document.says, Face::Regular, WORDS, Ink::Dim);
    for section in &document.sections {
        // A heading at the very end of a page would stand above nothing.
        layout.makes_room(HEADING + 4.0 * STEP);
        layout.y += 14.0;
        layout.words(&section.heading, Face::Bold, HEADING, Ink::Full);
        layout.y += 2.0;
        match &section.content {
            Content::Words(words) => layout.words(words, Face::Regular, WORDS, Ink::Dim),
            Content::Table(it) => table::put(&mut layout, it),
        }
    }
    layout.y += 14.0;
    document.links.iter().for_each(|link| layout.link(link));
    layout.pages
}

impl Layout<'_> {
    /// Whether a new page was begun for it.
    pub(crate) fn makes_room(&mut self, high: f32) -> bool {
        let is_full = self.y + high > END;
        if is_full {
            self.pages.push(Page::new());
            self.y = MARGIN;
        }
        is_full
    }

    pub(crate) fn put(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// A paragraph over the whole width, in as many lines as it takes.
    pub(crate) fn words(&mut self, text: &str, face: Face, size: f32, ink: Ink) {
        let step = size * 1.4;
        for words in self.lines(text, face, size) {
            self.makes_room(step);
            self.y += step;
            let (x, y) = (MARGIN, self.y - size * 0.3);
            self.put(Mark::Text {
                x,
                y,
                words,
                face,
                size,
                ink,
            });
        }
    }

    fn lines(&self, text: &str, face: Face, size: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in plain(text).split(' ').filter(|word| !word.is_empty()) {
            let longer = match line.is_empty() {
                true => word.to_owned(),
                false => format!("{line} {word}"),
            };
            if line.is_empty() || self.fonts.width(&longer, face, size) <= ROOM {
                line = longer;
            } else {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            }
        }
        lines.push(line);
        lines
            .into_iter()
            .filter(|line| !line.is_empty())
            .map(|line| self.fonts.fitted(&line, face, size, ROOM))
            .collect()
    }

    fn link(&mut self, link: &Link) {
        self.makes_room(STEP);
        let words = plain(&link.words);
        let wide = self.fonts.width(&words, Face::Regular, WORDS).min(ROOM);
        let top = self.y;
        self.words(&words, Face::Regular, WORDS, Ink::Bar);
        self.put(Mark::Link {
            x: MARGIN,
            y: top,
            wide,
            high: STEP,
            href: link.href.clone(),
        });
    }
}

/// Without line ends and other characters that have no shape, and not without end.
pub(crate) fn plain(text: &str) -> String {
    let letters = text.chars().take(LONGEST);
    let shown = letters.map(|it| if it.is_control() { ' ' } else { it });
    shown.collect()
}
