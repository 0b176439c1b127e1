//! Marks become a PDF.

use krilla::Document as Pdf;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::TextDirection;

use crate::fonts::{Face, Fonts};
use crate::layout::{HEIGHT, Ink, MARGIN, Mark, Page, WIDTH, WORDS};
use crate::{Document, PdfError};

pub(crate) fn pdf(document: &Document, pages: &[Page], fonts: &Fonts) -> Result<Vec<u8>, PdfError> {
    let mut pdf = Pdf::new();
    let about = Metadata::new()
        .title(document.title.clone())
        .language("en".to_owned())
        .creator("Kept".to_owned());
    pdf.set_metadata(about);
    for (n, marks) in pages.iter().enumerate() {
        let number = format!("{} of {}", n + 1, pages.len());
        page(&mut pdf, marks, &number, fonts)?;
    }
    pdf.finish().map_err(|error| PdfError(format!("{error:?}")))
}

fn page(pdf: &mut Pdf, marks: &[Mark], number: &str, fonts: &Fonts) -> Result<(), PdfError> {
    let size = PageSettings::from_wh(WIDTH, HEIGHT);
    let size = size.ok_or_else(|| PdfError("a page has no size".to_owned()))?;
    let mut page = pdf.start_page_with(size);
    let mut surface = page.surface();
    for mark in marks {
        draw(&mut surface, mark, fonts);
    }
    let wide = fonts.width(number, Face::Regular, WORDS);
    let foot = Mark::Text {
        x: WIDTH - MARGIN - wide,
        y: HEIGHT - MARGIN,
        words: number.to_owned(),
        face: Face::Regular,
        size: WORDS,
        ink: Ink::Dim,
    };
    draw(&mut surface, &foot, fonts);
    surface.finish();
    for mark in marks {
        if let Mark::Link {
            x,
            y,
            wide,
            high,
            href,
        } = mark
            && let Some(rect) = Rect::from_xywh(*x, *y, *wide, *high)
        {
            let leads = Target::Action(Action::Link(LinkAction::new(href.clone())));
            page.add_annotation(LinkAnnotation::new(rect, leads).into());
        }
    }
    page.finish();
    Ok(())
}

fn draw(surface: &mut Surface<'_>, mark: &Mark, fonts: &Fonts) {
    match mark {
        Mark::Text {
            x,
            y,
            words,
            face,
            size,
            ink,
        } => {
            surface.set_fill(Some(fill(*ink)));
            let (at, font) = (Point::from_xy(*x, *y), fonts.font(*face));
            surface.draw_text(at, font, *size, words, false, TextDirection::Auto);
        }
        Mark::Block {
            x,
            y,
            wide,
            high,
            ink,
        } => {
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(*x, *y, *wide, *high) {
                path.push_rect(rect);
            }
            if let Some(path) = path.finish() {
                surface.set_fill(Some(fill(*ink)));
                surface.draw_path(&path);
            }
        }
        Mark::Link { .. } => {}
    }
}

fn fill(ink: Ink) -> Fill {
    let (red, green, blue) = match ink {
        Ink::Full => (0x23, 0x25, 0x2d),
        Ink::Dim => (0x5d, 0x60, 0x6b),
        Ink::Bar => (0x43, 0x56, 0xb8),
        Ink::Rule => (0xe6, 0xe4, 0xdf),
    };
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        ..Fill::default()
    }
}
