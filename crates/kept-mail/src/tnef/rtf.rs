//! Rich text as text to read, or as the HTML it was made from (RTF 1.9.1, MS-OXRTFEX).
//!
//! Only what is needed to read it: characters, paragraphs, groups to skip. Fonts, colours and pictures
//! are left out.

use super::MAX_TEXT_BYTES;
use super::stream::charset_of;
use crate::parse::decode_text;

/// Groups within groups; a deeper one is read as part of the one around it.
const MAX_DEPTH: usize = 1_000;

/// What rich text was, and its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RtfText {
    Html(String),
    Plain(String),
}

/// Reads rich text. Never fails: what is no rich text gives few or no words.
pub fn read(rtf: &[u8]) -> RtfText {
    let mut writer = Writer::default();
    let mut rest = rtf;
    while let Some((token, after)) = next(rest) {
        writer.take(token);
        rest = after;
        if writer.text.len() > MAX_TEXT_BYTES {
            break;
        }
    }
    writer.flush();
    match writer.from_html {
        true => RtfText::Html(writer.text),
        false => RtfText::Plain(writer.text),
    }
}

/// The pieces of rich text.
enum Token<'x> {
    Open,
    Close,
    /// `\par`, `\u8211`: the word and its number.
    Word(&'x [u8], Option<i32>),
    /// `\~`, `\*`: one character that is no letter.
    Symbol(u8),
    /// `\'e4`: a byte in the code page.
    Byte(u8),
    Text(&'x [u8]),
}

fn next(rtf: &[u8]) -> Option<(Token<'_>, &[u8])> {
    let (first, rest) = rtf.split_first()?;
    Some(match first {
        b'{' => (Token::Open, rest),
        b'}' => (Token::Close, rest),
        b'\\' => escape(rest)?,
        _ => {
            let length = rtf
                .iter()
                .take_while(|byte| !matches!(byte, b'{' | b'}' | b'\\'))
                .count();
            let (text, rest) = rtf.split_at(length);
            (Token::Text(text), rest)
        }
    })
}

fn escape(rest: &[u8]) -> Option<(Token<'_>, &[u8])> {
    let (first, after) = rest.split_first()?;
    if *first == b'\'' {
        let digit = |at: usize| {
            after
                .get(at)
                .and_then(|byte| char::from(*byte).to_digit(16))
        };
        let byte = digit(0)
            .zip(digit(1))
            .and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        let length = if byte.is_some() { 2 } else { 0 };
        return Some((Token::Byte(byte.unwrap_or(b'\'')), after.get(length..)?));
    }
    if !first.is_ascii_alphabetic() {
        return Some((Token::Symbol(*first), after));
    }
    let (word, after) = rest.split_at(
        rest.iter()
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count(),
    );
    let signed = usize::from(after.first() == Some(&b'-'));
    let digits = after
        .iter()
        .skip(signed)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let length = if digits > 0 { signed + digits } else { 0 };
    let (number, after) = after.split_at(length);
    let number = std::str::from_utf8(number)
        .ok()
        .and_then(|number| number.parse().ok());
    Some((
        Token::Word(word, number),
        after.strip_prefix(b" ").unwrap_or(after),
    ))
}

/// What holds within a group.
#[derive(Clone, Copy, Default)]
struct Group {
    /// Nothing in it is to be read.
    skipped: bool,
    /// It is a tag of the HTML this was made from.
    tag: bool,
    /// It repeats for readers of rich text what the HTML says already.
    rtf_only: bool,
    /// Characters that follow each `\u` for readers that don't know it.
    substitutes: usize,
}

struct Writer {
    text: String,
    /// Bytes in the code page not yet decoded.
    bytes: Vec<u8>,
    groups: Vec<Group>,
    now: Group,
    from_html: bool,
    code_page: u32,
    /// Substitutes still to be left out.
    to_skip: usize,
    /// The first half of a character beyond the basic plane.
    half: Option<u16>,
    /// The group has just been marked as one that may be ignored.
    optional: bool,
}

impl Default for Writer {
    fn default() -> Self {
        Self {
            text: String::new(),
            bytes: Vec::new(),
            groups: Vec::new(),
            now: Group {
                substitutes: 1,
                ..Group::default()
            },
            from_html: false,
            code_page: 1252,
            to_skip: 0,
            half: None,
            optional: false,
        }
    }
}

impl Writer {
    fn take(&mut self, token: Token<'_>) {
        match token {
            Token::Open => self.open(),
            Token::Close => self.close(),
            Token::Word(word, number) => self.word(word, number),
            Token::Symbol(b'*') => self.optional = true,
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Byte(byte) => self.push_bytes(&[byte]),
            Token::Text(text) => self.push_text(text),
        }
    }

    fn open(&mut self) {
        if self.groups.len() < MAX_DEPTH {
            self.groups.push(self.now);
        }
        self.optional = false;
        self.to_skip = 0;
    }

    fn close(&mut self) {
        self.flush();
        if let Some(group) = self.groups.pop() {
            self.now = group;
        }
        self.to_skip = 0;
    }

    fn is_read(&self) -> bool {
        !self.now.skipped && (self.now.tag || !self.now.rtf_only)
    }

    fn word(&mut self, word: &[u8], number: Option<i32>) {
        let optional = std::mem::take(&mut self.optional);
        match word {
            b"htmltag" | b"mhtmltag" => {
                self.now.tag = word == b"htmltag";
                self.now.skipped = word != b"htmltag";
            }
            b"htmlrtf" => {
                self.flush();
                self.now.rtf_only = number != Some(0);
            }
            b"fromhtml" => self.from_html = true,
            b"ansicpg" => {
                self.code_page = number
                    .and_then(|page| u32::try_from(page).ok())
                    .unwrap_or(1252)
            }
            b"uc" => {
                self.now.substitutes = number
                    .and_then(|count| usize::try_from(count).ok())
                    .unwrap_or(1)
                    .min(16)
            }
            b"u" => self.unicode(number.unwrap_or(0)),
            b"par" | b"line" | b"sect" | b"page" | b"row" => self.push("\n"),
            b"tab" | b"cell" => self.push("\t"),
            b"lquote" => self.push("\u{2018}"),
            b"rquote" => self.push("\u{2019}"),
            b"ldblquote" => self.push("\u{201c}"),
            b"rdblquote" => self.push("\u{201d}"),
            b"bullet" => self.push("\u{2022}"),
            b"endash" => self.push("\u{2013}"),
            b"emdash" => self.push("\u{2014}"),
            b"fonttbl" | b"colortbl" | b"stylesheet" | b"info" | b"pict" | b"object"
            | b"header" | b"footer" | b"listtable" | b"listoverridetable" | b"fldinst"
            | b"themedata" | b"pntext" | b"pntxtb" | b"pntxta" => self.now.skipped = true,
            _ => self.now.skipped |= optional,
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'~' => self.push("\u{a0}"),
            b'_' => self.push("-"),
            b'\n' | b'\r' => self.push("\n"),
            b'\\' | b'{' | b'}' => self.push_bytes(&[symbol]),
            _ => {}
        }
    }

    /// `\u8211?`: a UTF-16 unit as a signed number, halves of pairs one after the other.
    fn unicode(&mut self, number: i32) {
        let unit = u16::try_from(number.rem_euclid(0x1_0000)).unwrap_or(0);
        let units: Vec<u16> = self.half.take().into_iter().chain([unit]).collect();
        if (0xd800..0xdc00).contains(&unit) {
            self.half = Some(unit);
        } else {
            let text = String::from_utf16_lossy(&units);
            self.push(&text);
        }
        self.to_skip = self.now.substitutes;
    }

    /// Line ends in the source mean nothing.
    fn push_text(&mut self, text: &[u8]) {
        let shown: Vec<u8> = text
            .iter()
            .copied()
            .filter(|byte| !matches!(byte, b'\r' | b'\n'))
            .collect();
        self.push_bytes(&shown);
    }

    fn push_bytes(&mut self, bytes: &[u8]) {
        let skipped = self.to_skip.min(bytes.len());
        self.to_skip -= skipped;
        if self.is_read() {
            self.bytes.extend(bytes.get(skipped..).unwrap_or_default());
        }
    }

    fn push(&mut self, text: &str) {
        self.flush();
        if self.is_read() {
            self.text.push_str(text);
        }
    }

    /// Bytes of one character may be escaped one by one, so they are decoded together.
    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            self.text
                .push_str(&decode_text(&bytes, Some(&charset_of(self.code_page))));
        }
    }
}
