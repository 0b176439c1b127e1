//! The MAPI properties within a TNEF attribute (MS-OXTNEF §2.1.3.4).
//!
//! Of properties with several values the first one counts.

use super::reader::Reader;
use super::stream::text_in;

/// Properties read of one attribute.
const MAX_PROPERTIES: usize = 20_000;

/// Ids of the properties that matter (MS-OXPROPS).
pub mod id {
    pub const SUBJECT: u16 = 0x0037;
    pub const BODY: u16 = 0x1000;
    pub const RTF: u16 = 0x1009;
    pub const HTML: u16 = 0x1013;
    pub const DISPLAY_NAME: u16 = 0x3001;
    pub const DATA: u16 = 0x3701;
    pub const SHORT_NAME: u16 = 0x3704;
    pub const LONG_NAME: u16 = 0x3707;
    pub const CONTENT_TYPE: u16 = 0x370e;
    pub const CONTENT_ID: u16 = 0x3712;
    pub const INTERNET_CODE_PAGE: u16 = 0x3fde;
}

const SEVERAL: u16 = 0x1000;
const OBJECT: u16 = 0x000d;
const TEXT: u16 = 0x001e;
const WIDE_TEXT: u16 = 0x001f;
const BINARY: u16 = 0x0102;

/// One property with its first value.
pub struct Property<'x> {
    pub id: u16,
    kind: u16,
    value: &'x [u8],
}

impl<'x> Property<'x> {
    /// The bytes of a binary, an object or a text.
    pub fn bytes(&self) -> Option<&'x [u8]> {
        matches!(self.kind, OBJECT | TEXT | WIDE_TEXT | BINARY).then_some(self.value)
    }

    pub fn is_object(&self) -> bool {
        self.kind == OBJECT
    }

    pub fn is_text(&self) -> bool {
        matches!(self.kind, TEXT | WIDE_TEXT)
    }

    /// A text; `code_page` is that of the message, for texts of one byte a letter.
    pub fn text(&self, code_page: Option<u32>) -> Option<String> {
        match self.kind {
            TEXT => Some(text_in(self.value, code_page)),
            WIDE_TEXT => Some(wide(self.value)),
            _ => None,
        }
    }

    pub fn number(&self) -> Option<u32> {
        Reader::new(self.value).u32()
    }
}

/// UTF-16 up to its closing zero.
fn wide(value: &[u8]) -> String {
    let units = value
        .as_chunks::<2>()
        .0
        .iter()
        .map(|pair| u16::from_le_bytes(*pair));
    let units: Vec<u16> = units.take_while(|unit| *unit != 0).collect();
    String::from_utf16_lossy(&units)
}

/// Every property up to the first that can't be read.
pub fn read(value: &[u8]) -> Vec<Property<'_>> {
    let mut reader = Reader::new(value);
    let count = reader.size().unwrap_or(0).min(MAX_PROPERTIES);
    let mut properties = Vec::new();
    for _ in 0..count {
        match property(&mut reader) {
            Some(property) => properties.push(property),
            None => break,
        }
    }
    properties
}

fn property<'x>(reader: &mut Reader<'x>) -> Option<Property<'x>> {
    let kind = reader.u16()?;
    let id = reader.u16()?;
    if id >= 0x8000 {
        skip_name(reader)?;
    }
    let several = kind & SEVERAL != 0;
    let kind = kind & !SEVERAL;
    let value = match fixed_size(kind) {
        Some(size) => fixed(reader, size, several)?,
        None => variable(reader)?,
    };
    Some(Property { id, kind, value })
}

/// Properties of a program's own have a name instead of a known id.
fn skip_name(reader: &mut Reader<'_>) -> Option<()> {
    reader.take(16)?;
    if reader.u32()? == 0 {
        reader.u32()?;
    } else {
        let length = reader.size()?;
        reader.take_padded(length)?;
    }
    Some(())
}

/// Bytes of a value of a type that always has the same; `None` for the others.
fn fixed_size(kind: u16) -> Option<usize> {
    match kind {
        0x0000 | 0x0001 => Some(0),
        0x0002 | 0x000b => Some(2),
        0x0003 | 0x0004 | 0x000a => Some(4),
        0x0005 | 0x0006 | 0x0007 | 0x0014 | 0x0040 => Some(8),
        0x0048 => Some(16),
        _ => None,
    }
}

fn fixed<'x>(reader: &mut Reader<'x>, size: usize, several: bool) -> Option<&'x [u8]> {
    let count = if several { reader.size()? } else { 1 };
    let all = reader.take_padded(size.checked_mul(count)?)?;
    Some(all.get(..size).unwrap_or_default())
}

/// A count, and that many values with their lengths.
fn variable<'x>(reader: &mut Reader<'x>) -> Option<&'x [u8]> {
    let count = reader.size()?;
    let mut first = None;
    for _ in 0..count {
        if reader.is_empty() {
            break;
        }
        let length = reader.size()?;
        let value = reader.take_padded(length)?;
        first = first.or(Some(value));
    }
    Some(first.unwrap_or_default())
}
