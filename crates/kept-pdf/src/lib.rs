//! Pages of figures on paper: headings, words and tables with bars become a PDF (ISO 32000).
//!
//! Pure: what is to be said goes in, bytes come out, the same for the same. Where everything stands is decided first
//! ([`layout`]), in points of 1/72 inch from the top left corner; only then is it drawn.

mod draw;
mod fonts;
mod layout;
mod table;

/// What is put on paper, from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    pub title: String,
    /// Below the title, such as the day.
    pub says: String,
    pub sections: Vec<Section>,
    /// Where more of it is, at the end.
    pub links: Vec<Link>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub heading: String,
    pub content: Content,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    Words(String),
    Table(Table),
}

/// Lines of labels with figures behind them; each figure is a bar to scale as well.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Above the labels, then above the figures.
    pub headings: Vec<String>,
    pub lines: Vec<Line>,
    /// Such as how many lines are left out.
    pub below: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    pub labels: Vec<String>,
    pub figures: Vec<Figure>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub value: i64,
    /// A whole address, of the page that has what was counted.
    pub href: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub words: String,
    pub href: String,
}

/// The paper could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the PDF could not be written: {0}")]
pub struct PdfError(String);

impl Document {
    /// The bytes of a PDF, on as many pages of A4 as it takes.
    ///
    /// # Errors
    /// When a font can't be read or what is said is too large for a PDF; neither is known to happen.
    pub fn to_pdf(&self) -> Result<Vec<u8>, PdfError> {
        let fonts = fonts::Fonts::load()?;
        let pages = layout::pages(self, &fonts);
        draw::pdf(self, &pages, &fonts)
    }
}
