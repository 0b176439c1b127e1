//! The two faces everything is set in. They are inside the binary, for a server has none, and know Latin, Greek,
//! Cyrillic, Arabic and Hebrew letters; letters they lack are drawn as a box.

use krilla::text::Font;
use ttf_parser::Face as Widths;

use crate::PdfError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    Regular,
    Bold,
}

pub(crate) struct Fonts {
    faces: [(Font, Widths<'static>); 2],
}

impl Fonts {
    pub(crate) fn load() -> Result<Fonts, PdfError> {
        let regular = one(dejavu::sans_condensed::regular())?;
        let bold = one(dejavu::sans_condensed::bold())?;
        Ok(Fonts {
            faces: [regular, bold],
        })
    }

    pub(crate) fn font(&self, face: Face) -> Font {
        self.faces[face as usize].0.clone()
    }

    /// How wide a text is, in points. Letters are added up as they stand alone, which errs by a hair where they join.
    pub(crate) fn width(&self, text: &str, face: Face, size: f32) -> f32 {
        let widths = &self.faces[face as usize].1;
        let units = text.chars().map(|letter| {
            let glyph = widths.glyph_index(letter).unwrap_or_default();
            f32::from(widths.glyph_hor_advance(glyph).unwrap_or_default())
        });
        units.sum::<f32>() * size / f32::from(widths.units_per_em())
    }

    /// As much of a text as fits, with an ellipsis where something is missing.
    pub(crate) fn fitted(&self, text: &str, face: Face, size: f32, room: f32) -> String {
        if self.width(text, face, size) <= room {
            return text.to_owned();
        }
        let room = room - self.width("…", face, size);
        let mut used = 0.0;
        let fits = text.chars().take_while(|letter| {
            used += self.width(letter.encode_utf8(&mut [0; 4]), face, size);
            used <= room
        });
        let fits: String = fits.collect();
        format!("{}…", fits.trim_end())
    }
}

fn one(bytes: &'static [u8]) -> Result<(Font, Widths<'static>), PdfError> {
    let broken = || PdfError("a font can't be read".to_owned());
    let font = Font::new(bytes.into(), 0).ok_or_else(broken)?;
    let widths = Widths::parse(bytes, 0).map_err(|_| broken())?;
    Ok((font, widths))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_ends_in_an_ellipsis_within_its_room() {
        let fonts = Fonts::load().expect("they are inside");
        let whole = fonts.width("Printer", Face::Regular, 10.0);
        let check = |text: &str, room: f32, expected: &str| {
            assert_eq!(fonts.fitted(text, Face::Regular, 10.0, room), expected);
        };
        check("Printer", whole + 0.1, "Printer");
        check("Printer", whole - 1.0, "Prin…");
        check("Printer", 0.0, "…");
        check("", 0.0, "");
    }

    #[test]
    fn letters_of_many_languages_have_a_shape() {
        let fonts = Fonts::load().expect("they are inside");
        let widths = &fonts.faces[0].1;
        for letter in "aéÅøßłžğțΩЖשع€–…“”½".chars() {
            assert!(widths.glyph_index(letter).is_some(), "{letter}");
        }
    }
}
