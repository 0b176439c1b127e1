//! The attributes of a TNEF stream, one after the other (MS-OXTNEF §2.1.3).
//!
//! Checksums are not looked at: a file with one wrong bit is worth more than none.

use super::properties::{self, Property, id};
use super::reader::Reader;
use super::{File, MAX_FILES, MAX_TEXT_BYTES, Tnef, rtf_compression};
use crate::parse::decode_text;

/// The four bytes every stream begins with.
pub const SIGNATURE: [u8; 4] = [0x78, 0x9f, 0x3e, 0x22];

/// Attributes read of one stream.
const MAX_ATTRIBUTES: usize = 20_000;

const SUBJECT: u32 = 0x0001_8004;
const BODY: u32 = 0x0002_800c;
const CODE_PAGE: u32 = 0x0006_9007;
const MESSAGE_PROPERTIES: u32 = 0x0006_9003;
const FILE_BEGINS: u32 = 0x0006_9002;
const FILE_TITLE: u32 = 0x0001_8010;
const FILE_DATA: u32 = 0x0006_800f;
const FILE_PROPERTIES: u32 = 0x0006_9005;

/// What is known while reading.
#[derive(Default)]
struct State {
    tnef: Tnef,
    code_page: Option<u32>,
    title: Option<Vec<u8>>,
}

/// Reads a whole stream, which begins with its signature.
pub fn read(bytes: &[u8]) -> Tnef {
    let mut reader = Reader::new(bytes);
    let mut state = State::default();
    reader.take(SIGNATURE.len() + 2);
    for _ in 0..MAX_ATTRIBUTES {
        let Some((attribute, value)) = next(&mut reader) else {
            break;
        };
        state.note(attribute, value);
    }
    state.finish_name();
    state.tnef
}

/// The next attribute: its id and value. A value that is cut off is taken as far as it goes.
fn next<'x>(reader: &mut Reader<'x>) -> Option<(u32, &'x [u8])> {
    let level = reader.byte()?;
    let attribute = reader.u32()?;
    let length = reader.size()?;
    if !matches!(level, 1 | 2) {
        return None;
    }
    let value = reader.take_up_to(length);
    reader.take_up_to(2);
    Some((attribute, value))
}

impl State {
    fn note(&mut self, attribute: u32, value: &[u8]) {
        match attribute {
            CODE_PAGE => self.code_page = Reader::new(value).u32(),
            SUBJECT => self.tnef.subject = Some(self.text(value)),
            BODY => self.tnef.text = Some(self.text(value)),
            MESSAGE_PROPERTIES => self.message(value),
            FILE_BEGINS => self.begin(),
            FILE_TITLE => self.title = Some(value.to_vec()),
            FILE_DATA => self.with_file(|file| file.content = value.to_vec()),
            FILE_PROPERTIES => self.file(value),
            _ => {}
        }
    }

    fn begin(&mut self) {
        self.finish_name();
        if self.tnef.files.len() < MAX_FILES {
            self.tnef.files.push(File::default());
        }
    }

    /// Some writers forget the attribute that begins a file.
    fn with_file(&mut self, change: impl FnOnce(&mut File)) {
        if self.tnef.files.is_empty() {
            self.tnef.files.push(File::default());
        }
        if let Some(file) = self.tnef.files.last_mut() {
            change(file);
        }
    }

    /// The title names a file only when its properties have no better name, and what it is shown as only
    /// when there is no title.
    fn finish_name(&mut self) {
        let title = self.title.take().map(|title| self.text(&title));
        let title = title.filter(|title| !title.is_empty());
        if let Some(file) = self.tnef.files.last_mut() {
            let shown = file.display_name.take();
            file.name = file.name.take().or(title).or(shown);
        }
    }

    fn text(&self, value: &[u8]) -> String {
        let kept = value.get(..MAX_TEXT_BYTES).unwrap_or(value);
        text_in(kept, self.code_page)
    }

    fn message(&mut self, value: &[u8]) {
        for property in properties::read(value) {
            match property.id {
                id::INTERNET_CODE_PAGE => {
                    self.tnef.html_charset = property.number().map(charset_of)
                }
                id::BODY => self.tnef.text = property.text(self.code_page),
                id::RTF => {
                    self.tnef.rtf = property
                        .bytes()
                        .and_then(|bytes| rtf_compression::decompress(bytes, MAX_TEXT_BYTES))
                }
                id::HTML => self.html(&property),
                id::SUBJECT => {
                    self.tnef.subject = self.tnef.subject.take().or(property.text(self.code_page))
                }
                _ => {}
            }
        }
    }

    fn html(&mut self, property: &Property<'_>) {
        let Some(bytes) = property.bytes() else {
            return;
        };
        let kept = bytes.get(..MAX_TEXT_BYTES).unwrap_or(bytes);
        self.tnef.html = match property.is_text() {
            true => property.text(self.code_page),
            false => Some(decode_text(
                kept,
                charset_in(kept)
                    .or(self.tnef.html_charset.clone())
                    .as_deref(),
            )),
        };
    }

    fn file(&mut self, value: &[u8]) {
        let code_page = self.code_page;
        let properties = properties::read(value);
        self.with_file(|file| {
            for property in &properties {
                described(file, property, code_page);
            }
        });
    }
}

fn described(file: &mut File, property: &Property<'_>, code_page: Option<u32>) {
    let text = || {
        property
            .text(code_page)
            .filter(|text| !text.trim().is_empty())
    };
    match property.id {
        id::LONG_NAME => file.name = text().or(file.name.take()),
        id::SHORT_NAME => file.name = file.name.take().or_else(text),
        id::DISPLAY_NAME => file.display_name = text(),
        id::CONTENT_TYPE => file.content_type = text(),
        id::CONTENT_ID => file.content_id = text(),
        id::DATA if file.content.is_empty() => {
            if let Some(bytes) = property.bytes() {
                (file.content, file.is_message) = object(property, bytes);
            }
        }
        _ => {}
    }
}

/// An object begins with the id of its kind. A whole Outlook message is TNEF again below it; any other
/// is an OLE object that only Office can open and stays as it was sent.
fn object(property: &Property<'_>, bytes: &[u8]) -> (Vec<u8>, bool) {
    const KIND_BYTES: usize = 16;
    let inner = bytes.get(KIND_BYTES..).unwrap_or_default();
    match property.is_object() && super::is_tnef(inner) {
        true => (inner.to_vec(), true),
        false => (bytes.to_vec(), false),
    }
}

/// Text in the sender's code page, up to its closing zero.
pub fn text_in(value: &[u8], code_page: Option<u32>) -> String {
    let end = value
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(value.len());
    let label = code_page.map(charset_of);
    decode_text(value.get(..end).unwrap_or_default(), label.as_deref())
}

/// The name of a Windows code page.
pub fn charset_of(code_page: u32) -> String {
    match code_page {
        65001 => "utf-8".to_owned(),
        20127 => "us-ascii".to_owned(),
        20866 => "koi8-r".to_owned(),
        21866 => "koi8-u".to_owned(),
        28591..=28605 => format!("iso-8859-{}", code_page - 28590),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        50220..=50222 => "iso-2022-jp".to_owned(),
        51932 => "euc-jp".to_owned(),
        51949 => "euc-kr".to_owned(),
        54936 => "gb18030".to_owned(),
        437 | 850 | 852 | 866 => format!("ibm{code_page}"),
        _ => format!("windows-{code_page}"),
    }
}

/// The charset an HTML page names near its start.
fn charset_in(html: &[u8]) -> Option<String> {
    const LOOKED_AT_BYTES: usize = 2_048;
    let start =
        String::from_utf8_lossy(html.get(..LOOKED_AT_BYTES).unwrap_or(html)).to_ascii_lowercase();
    let (_, after) = start.split_once("charset=")?;
    let name: String = after
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    (!name.is_empty()).then_some(name)
}
