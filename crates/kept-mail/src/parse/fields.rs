//! The headers of a mail or part, decoded: texts, addresses, ids, dates.
//!
//! Raw 8-bit headers are repaired before they are read. It never judges what a header means.

use std::borrow::Cow;

use jiff::Timestamp;
use mail_parser::parsers::MessageStream;
use mail_parser::{Addr, Address, ContentType, HeaderName, HeaderValue, MessagePart};

use super::{MAX_ADDRESSES, MAX_HEADER_BYTES, MAX_HEADERS, MAX_REFERENCES, charset, content};
use crate::address;
use crate::mail::Mailbox;

/// Headers in order, each with the bytes after its colon.
pub struct Fields<'x> {
    entries: Vec<(Cow<'x, str>, Cow<'x, [u8]>)>,
    content_type: Option<ContentType<'x>>,
    count: usize,
}

impl<'x> Fields<'x> {
    /// The headers of `part`, which stands in `raw`.
    pub fn of(part: Option<&MessagePart<'x>>, raw: &'x [u8]) -> Self {
        let headers = part.map(|part| part.headers.as_slice()).unwrap_or_default();
        let entries = headers.iter().take(MAX_HEADERS).map(|header| {
            let (start, end) = (header.offset_start as usize, header.offset_end as usize);
            let value = raw.get(start..end.min(raw.len())).unwrap_or_default();
            (name_of(&header.name), repaired(clipped(value)))
        });
        let typed = headers
            .iter()
            .find(|header| header.name == HeaderName::ContentType);
        Self {
            entries: entries.collect(),
            content_type: typed
                .and_then(|header| header.value.as_content_type())
                .cloned(),
            count: headers.len(),
        }
    }

    /// How many headers the mail has, those beyond the limit included.
    pub fn count(&self) -> usize {
        self.count
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn all<'a>(&'a self, name: &'a str) -> impl DoubleEndedIterator<Item = &'a [u8]> {
        self.entries
            .iter()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_ref())
    }

    /// The last non-empty header of this name as text, encoded words decoded (RFC 2047). The last is
    /// the one a signature covers (RFC 6376 §5.4.2); others were put before it on the way.
    pub fn text(&self, name: &str) -> Option<String> {
        self.all(name)
            .rev()
            .map(text_of)
            .find(|text| !text.is_empty())
    }

    /// Every header as name and text.
    pub fn decoded(&self) -> Vec<(String, String)> {
        self.entries
            .iter()
            .map(|(name, value)| (name.to_string(), text_of(value)))
            .collect()
    }

    /// Every address of every header of this name; groups are flattened (RFC 5322 §3.4).
    pub fn mailboxes(&self, name: &str) -> Vec<Mailbox> {
        self.all(name)
            .flat_map(mailboxes_of)
            .take(MAX_ADDRESSES)
            .collect()
    }

    /// Message ids without angle brackets, in order, each once (RFC 5322 §3.6.4).
    pub fn ids(&self, name: &str) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for id in self.all(name).flat_map(ids_of) {
            if !ids.contains(&id) && ids.len() < MAX_REFERENCES {
                ids.push(id);
            }
        }
        ids
    }

    /// The claimed time of the last header of this name that can be read.
    pub fn date(&self, name: &str) -> Option<Timestamp> {
        self.all(name).rev().find_map(date_of)
    }

    /// Addresses the last servers say the mail was delivered to, each once.
    pub fn delivered_to(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let names = [
            "Delivered-To",
            "X-Original-To",
            "Envelope-To",
            "X-Envelope-To",
        ];
        for mailbox in names.iter().flat_map(|name| self.mailboxes(name)) {
            if !mailbox.address.is_empty() && !found.contains(&mailbox.address) {
                found.push(mailbox.address);
            }
        }
        found
    }

    /// `Return-Path` without angle brackets; `Some("")` for the null path `<>`.
    pub fn return_path(&self) -> Option<String> {
        let text = self.all("Return-Path").map(text_of).next()?;
        let path = text
            .trim()
            .trim_start_matches('<')
            .trim_end_matches('>')
            .trim();
        Some(path.to_owned())
    }

    /// Media type, charset and boundary of the whole (RFC 2045 §5).
    pub fn content_type(&self) -> (String, Option<String>, Option<String>) {
        let Some(content_type) = &self.content_type else {
            return ("text/plain".to_owned(), None, None);
        };
        let charset = content_type
            .attribute("charset")
            .map(str::to_ascii_lowercase);
        let boundary = content_type.attribute("boundary").map(str::to_owned);
        (content::type_name(content_type), charset, boundary)
    }
}

fn name_of<'x>(name: &HeaderName<'x>) -> Cow<'x, str> {
    match name {
        HeaderName::Other(name) => name.clone(),
        known => Cow::Borrowed(known.as_static_str()),
    }
}

fn clipped(value: &[u8]) -> &[u8] {
    value.get(..MAX_HEADER_BYTES).unwrap_or(value)
}

/// The value as UTF-8 that ends with a line end, which the library's readers need to finish.
fn repaired(value: &[u8]) -> Cow<'_, [u8]> {
    let valid = std::str::from_utf8(value).is_ok();
    if valid && value.ends_with(b"\n") {
        return Cow::Borrowed(value);
    }
    let mut bytes = if valid {
        value.to_vec()
    } else {
        patched_around_words(value)
    };
    bytes.push(b'\n');
    Cow::Owned(bytes)
}

/// Raw 8-bit bytes made UTF-8, except within encoded words: those name their own charset.
fn patched_around_words(mut value: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(value.len() * 2);
    while let Some((start, length)) = encoded_word(value) {
        let (before, rest) = value.split_at(start);
        let (word, after) = rest.split_at(length);
        bytes.extend(charset::patched(before).bytes());
        bytes.extend(word);
        value = after;
    }
    bytes.extend(charset::patched(value).bytes());
    bytes
}

/// Where the next `=?charset?encoding?text?=` stands: `(start, length)` (RFC 2047 §2).
fn encoded_word(value: &[u8]) -> Option<(usize, usize)> {
    let starts = value
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| pair == b"=?");
    let mut spans =
        starts.map(|(start, _)| (start, word_length(value.get(start..).unwrap_or_default())));
    spans.find_map(|(start, length)| length.map(|length| (start, length)))
}

fn word_length(word: &[u8]) -> Option<usize> {
    const LONGEST: usize = 1_000;
    let word = word.get(..LONGEST).unwrap_or(word);
    let mut marks = word
        .iter()
        .enumerate()
        .skip(2)
        .filter(|(_, byte)| **byte == b'?')
        .map(|(at, _)| at);
    let end = marks.nth(2)?;
    (word.get(end + 1) == Some(&b'=')).then_some(end + 2)
}

/// A header value as one line of text.
pub fn text_of(value: &[u8]) -> String {
    let text = MessageStream::new(value)
        .parse_unstructured()
        .into_text()
        .unwrap_or_default();
    text.chars()
        .filter(|c| !c.is_control() || *c == '\t')
        .collect::<String>()
        .trim()
        .to_owned()
}

fn mailboxes_of(value: &[u8]) -> Vec<Mailbox> {
    let groups = match MessageStream::new(value).parse_address() {
        HeaderValue::Address(Address::List(list)) => vec![list],
        HeaderValue::Address(Address::Group(groups)) => {
            groups.into_iter().map(|group| group.addresses).collect()
        }
        _ => Vec::new(),
    };
    groups
        .into_iter()
        .flatten()
        .filter_map(mailbox_of)
        .collect()
}

fn mailbox_of(addr: Addr<'_>) -> Option<Mailbox> {
    let name = addr
        .name
        .map(|name| address::clean_name(&name))
        .filter(|name| !name.is_empty());
    let address = addr
        .address
        .map(|address| address::clean_address(&address))
        .unwrap_or_default();
    (name.is_some() || !address.is_empty()).then_some(Mailbox { name, address })
}

fn ids_of(value: &[u8]) -> Vec<String> {
    let angled = value.contains(&b'<');
    let found = match MessageStream::new(value).parse_id() {
        HeaderValue::Text(id) => vec![id],
        HeaderValue::TextList(ids) => ids,
        _ => Vec::new(),
    };
    let ids = found.iter().flat_map(|id| {
        if angled {
            vec![id.as_ref()]
        } else {
            id.split_whitespace().collect()
        }
    });
    ids.map(clean_id)
        .filter(|id| angled && !id.is_empty() || id.contains('@'))
        .collect()
}

fn clean_id(id: &str) -> String {
    id.chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>'))
        .collect()
}

/// The instant of a date header; `None` when it cannot be read.
pub fn date_of(value: &[u8]) -> Option<Timestamp> {
    let parsed = MessageStream::new(value).parse_date().into_datetime()?;
    if !parsed.is_valid() {
        return None;
    }
    Timestamp::from_second(parsed.to_timestamp()).ok()
}
