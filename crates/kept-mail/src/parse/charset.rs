//! From bytes in some charset to text, believing the label only as far as the bytes agree.
//!
//! It always gives text back and never drops a byte it could show.

use mail_parser::decoders::charsets::map::charset_decoder;

/// Text with the code of what was wrong with its label, if anything was.
pub struct Decoded {
    pub text: String,
    pub problem: Option<&'static str>,
}

/// Decodes `bytes` labelled as `charset` (RFC 2046 §4.1.2); no label means UTF-8 or what it looks like.
pub fn decode(bytes: &[u8], charset: Option<&str>) -> Decoded {
    let label = charset
        .map(|label| label.trim().to_ascii_lowercase())
        .filter(|label| !label.is_empty());
    let decoded = match (byte_order(bytes), label.as_deref()) {
        (Some(utf16), _) => decode_as(bytes, utf16).map(|text| Decoded {
            text,
            problem: None,
        }),
        (None, Some(label)) => labelled(bytes, label),
        (None, None) => None,
    };
    let mut decoded = decoded.unwrap_or_else(|| guessed(bytes, label.is_some()));
    if decoded.text.contains('\0') {
        decoded.text = decoded.text.replace('\0', "\u{fffd}");
    }
    decoded
}

/// A byte-order mark of UTF-16 says more than any label.
fn byte_order(bytes: &[u8]) -> Option<&'static str> {
    (bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")).then_some("utf-16")
}

fn labelled(bytes: &[u8], label: &str) -> Option<Decoded> {
    if is_western(label) || is_utf8(label) {
        return western_or_utf8(bytes, label);
    }
    decode_as(bytes, label).map(|text| Decoded {
        text,
        problem: None,
    })
}

/// The two labels people get wrong in both directions: UTF-8 called Latin-1 and the reverse.
fn western_or_utf8(bytes: &[u8], label: &str) -> Option<Decoded> {
    let plain = bytes.is_ascii();
    if plain && !has_escapes(bytes) {
        return Some(Decoded {
            text: String::from_utf8_lossy(bytes).into_owned(),
            problem: None,
        });
    }
    if plain {
        return None;
    }
    let honest = std::str::from_utf8(bytes).is_ok() == is_utf8(label);
    let text = if is_western(label) && honest {
        decode_as(bytes, label)?
    } else {
        patched(bytes)
    };
    Some(Decoded {
        text,
        problem: (!honest).then_some("bad-charset"),
    })
}

/// No label, or one nobody knows.
fn guessed(bytes: &[u8], labelled: bool) -> Decoded {
    let text = match has_escapes(bytes) && bytes.is_ascii() {
        true => decode_as(bytes, "iso-2022-jp").unwrap_or_else(|| patched(bytes)),
        false => patched(bytes),
    };
    Decoded {
        text,
        problem: labelled.then_some("unknown-charset"),
    }
}

/// The escape sequences of ISO-2022-JP and its kin: ASCII bytes that are not ASCII text.
fn has_escapes(bytes: &[u8]) -> bool {
    bytes
        .windows(2)
        .any(|pair| pair == b"\x1b$" || pair == b"\x1b(")
}

/// UTF-8 where it is UTF-8; any other byte is taken as Windows-1252, so nothing is lost.
pub fn patched(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push_str(&decode_as(chunk.invalid(), "windows-1252").unwrap_or_default());
        }
    }
    text
}

fn decode_as(bytes: &[u8], label: &str) -> Option<String> {
    charset_decoder(label.as_bytes()).map(|decoder| decoder(bytes))
}

fn is_utf8(label: &str) -> bool {
    matches!(label, "utf-8" | "utf8" | "utf_8" | "unicode-1-1-utf-8")
}

fn is_western(label: &str) -> bool {
    matches!(
        label,
        "us-ascii" | "ascii" | "iso-8859-1" | "iso8859-1" | "latin1" | "windows-1252" | "cp1252"
    )
}
