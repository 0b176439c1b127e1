//! The content of one MIME part: its type and its bytes with the transfer encoding undone.
//!
//! Damaged encodings are decoded as far as they go; the bytes as sent stand in when that fails.

use std::borrow::Cow;

use super::uuencode;
use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{ContentType, HeaderName, MessagePart, MimeHeaders};

/// The bytes of a part, and whether its transfer encoding was damaged.
pub struct Content<'x> {
    pub bytes: Cow<'x, [u8]>,
    pub damaged: bool,
}

/// The decoded bytes of `part` within `raw` (RFC 2045 §6).
pub fn of<'x>(part: &MessagePart<'_>, raw: &'x [u8]) -> Content<'x> {
    let (start, end) = (part.offset_body as usize, part.offset_end as usize);
    let sent = raw
        .get(start..end.min(raw.len()).max(start))
        .unwrap_or_default();
    let decoded = match transfer_encoding(part).as_deref() {
        Some("base64") => base64_decode(sent).or_else(|| lenient_base64(sent)),
        Some("quoted-printable") => {
            quoted_printable_decode(sent).or_else(|| Some(lenient_quoted_printable(sent)))
        }
        Some("x-uuencode" | "uuencode" | "x-uue" | "uue") => uuencode::decode_part(sent),
        _ => {
            return Content {
                bytes: Cow::Borrowed(sent),
                damaged: false,
            };
        }
    };
    match decoded {
        Some(bytes) => Content {
            bytes: Cow::Owned(bytes),
            damaged: false,
        },
        None => Content {
            bytes: Cow::Borrowed(sent),
            damaged: true,
        },
    }
}

fn transfer_encoding(part: &MessagePart<'_>) -> Option<String> {
    let header = part
        .headers
        .iter()
        .rfind(|header| header.name == HeaderName::ContentTransferEncoding)?;
    Some(
        header
            .value
            .as_content_type()?
            .c_type
            .trim()
            .to_ascii_lowercase(),
    )
}

/// Quoted-printable with stray `=` signs: those stay as they are (RFC 2045 §6.7, note on robustness).
fn lenient_quoted_printable(sent: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(sent.len());
    let mut rest = sent;
    while let Some((first, after)) = rest.split_first() {
        let (byte, length) = match first {
            b'=' => escape(after),
            _ => (Some(*first), 0),
        };
        bytes.extend(byte);
        rest = after.get(length..).unwrap_or_default();
    }
    bytes
}

/// What an escape stands for and how many bytes follow its `=`: nothing for a soft line end.
fn escape(after: &[u8]) -> (Option<u8>, usize) {
    let blanks = after
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
        .count();
    if after.get(blanks) == Some(&b'\n') {
        return (None, blanks + 1);
    }
    let digit = |at: usize| {
        after
            .get(at)
            .and_then(|byte| char::from(*byte).to_digit(16))
    };
    match (digit(0), digit(1)) {
        (Some(high), Some(low)) => (u8::try_from(high * 16 + low).ok(), 2),
        _ => (Some(b'='), 0),
    }
}

/// Base64 cut short or with foreign characters in between: whatever whole bytes it still has.
fn lenient_base64(sent: &[u8]) -> Option<Vec<u8>> {
    const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    const ENGINE: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, CONFIG);
    let mut letters: Vec<u8> = sent
        .iter()
        .copied()
        .filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
        .collect();
    if letters.len() % 4 == 1 {
        letters.pop();
    }
    let foreign = sent
        .iter()
        .filter(|byte| !byte.is_ascii_whitespace())
        .count()
        .saturating_sub(letters.len());
    if foreign > letters.len() / 8 {
        return None;
    }
    ENGINE.decode(letters).ok()
}

/// Media type in lower case; `text/plain` when the part does not say (RFC 2045 §5.2).
pub fn media_type(part: &MessagePart<'_>) -> String {
    part.content_type()
        .map_or_else(|| default_type(part), type_name)
}

fn default_type(part: &MessagePart<'_>) -> String {
    let name = if part.message().is_some() {
        "message/rfc822"
    } else {
        "text/plain"
    };
    name.to_owned()
}

/// `type/subtype` of a `Content-Type` value, in lower case.
pub fn type_name(content_type: &ContentType<'_>) -> String {
    match content_type.subtype() {
        Some(subtype) => format!("{}/{subtype}", content_type.ctype()).to_ascii_lowercase(),
        None => content_type.ctype().to_ascii_lowercase(),
    }
}
