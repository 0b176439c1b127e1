//! Takes the content out of an opaque S/MIME signature (CMS SignedData, RFC 5652 §5; BER, X.690).
//!
//! It does not verify anything: what comes out is shown as unverified.

/// Values within values.
const MAX_DEPTH: usize = 32;

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const OBJECT_ID: u8 = 0x06;
const INTEGER: u8 = 0x02;
const OCTETS: u8 = 0x04;
const OCTETS_IN_PIECES: u8 = 0x24;
const FIRST: u8 = 0xa0;

/// 1.2.840.113549.1.7.2 and .3 (RFC 5652 §5.1, §6.1).
const SIGNED: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
const ENVELOPED: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03];

/// What a CMS message is.
#[derive(Debug, PartialEq, Eq)]
pub enum Cms {
    /// Signed, with the content inside.
    Signed(Vec<u8>),
    /// Signed, with the content elsewhere.
    Detached,
    Encrypted,
}

/// Reads a CMS message; `None` when the bytes are something else.
pub fn read(bytes: &[u8]) -> Option<Cms> {
    let (info, _) = tagged(bytes, SEQUENCE)?;
    let (kind, rest) = tagged(info, OBJECT_ID)?;
    match kind {
        SIGNED => signed(rest),
        ENVELOPED => Some(Cms::Encrypted),
        _ => None,
    }
}

/// `SignedData`: version, digest algorithms, then the content.
fn signed(rest: &[u8]) -> Option<Cms> {
    let (inner, _) = tagged(rest, FIRST)?;
    let (data, _) = tagged(inner, SEQUENCE)?;
    let (_, data) = tagged(data, INTEGER)?;
    let (_, data) = tagged(data, SET)?;
    let (content, _) = tagged(data, SEQUENCE)?;
    let (_, content) = tagged(content, OBJECT_ID)?;
    let Some((wrapped, _)) = tagged(content, FIRST) else {
        return Some(Cms::Detached);
    };
    let mut bytes = Vec::new();
    octets(wrapped, &mut bytes, 0)?;
    Some(Cms::Signed(bytes))
}

/// An octet string, whole or in pieces.
fn octets(value: &[u8], bytes: &mut Vec<u8>, depth: usize) -> Option<()> {
    let mut rest = value;
    while let Some((tag, inner, after)) = next(rest) {
        match tag {
            OCTETS => bytes.extend(inner),
            OCTETS_IN_PIECES if depth < MAX_DEPTH => octets(inner, bytes, depth + 1)?,
            _ => return None,
        }
        rest = after;
    }
    Some(())
}

fn tagged(bytes: &[u8], wanted: u8) -> Option<(&[u8], &[u8])> {
    let (tag, inner, after) = next(bytes)?;
    (tag == wanted).then_some((inner, after))
}

/// The next value: its tag, its content and what follows. A value without a length ends with two zeros,
/// which also end a list of values; a value cut off goes as far as the bytes do.
fn next(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = bytes.split_first()?;
    let (first, rest) = rest.split_first()?;
    if *tag == 0 && *first == 0 {
        return None;
    }
    match first {
        0x80 => {
            let length = endless(rest)?;
            let (inner, after) = rest.split_at_checked(length)?;
            Some((*tag, inner, after.get(2..).unwrap_or_default()))
        }
        0..0x80 => sized(*tag, usize::from(*first), rest),
        _ => {
            let digits = usize::from(first & 0x7f);
            let (length, rest) = rest.split_at_checked(digits).filter(|_| digits <= 4)?;
            let length = length
                .iter()
                .fold(0usize, |length, byte| length << 8 | usize::from(*byte));
            sized(*tag, length, rest)
        }
    }
}

fn sized(tag: u8, length: usize, rest: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (inner, after) = rest.split_at(length.min(rest.len()));
    Some((tag, inner, after))
}

/// How long a value without a length is, up to its two zeros. A counter stands in for the stack, so each
/// byte is looked at once.
fn endless(bytes: &[u8]) -> Option<usize> {
    let mut open = 1usize;
    let mut at = 0usize;
    while open > 0 {
        let rest = bytes.get(at..)?;
        let (tag, first) = (rest.first()?, rest.get(1)?);
        if *tag == 0 && *first == 0 {
            open -= 1;
            at += 2;
        } else if *first == 0x80 {
            open += 1;
            at += 2;
        } else {
            let (_, inner, _) = next(rest)?;
            let head = 2 + if *first >= 0x80 {
                usize::from(first & 0x7f)
            } else {
                0
            };
            at = at.checked_add(head)?.checked_add(inner.len())?;
        }
        if open > MAX_DEPTH {
            return None;
        }
    }
    at.checked_sub(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A signed message around `content`: with lengths, or in pieces without.
    fn message(content: &[u8]) -> [Vec<u8>; 2] {
        let value = |tag: u8, inner: &[u8]| {
            let mut bytes = vec![tag, u8::try_from(inner.len()).expect("short")];
            bytes.extend(inner);
            bytes
        };
        let endless = |tag: u8, inner: &[u8]| [&[tag, 0x80], inner, &[0, 0]].concat();
        let data_id = value(
            OBJECT_ID,
            &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01],
        );
        let version = value(INTEGER, &[1]);
        let digests = value(SET, &[]);
        let signed = |content: Vec<u8>, wrap: &dyn Fn(u8, &[u8]) -> Vec<u8>| {
            let content = wrap(SEQUENCE, &[data_id.clone(), content].concat());
            let data = wrap(
                SEQUENCE,
                &[version.clone(), digests.clone(), content].concat(),
            );
            wrap(
                SEQUENCE,
                &[value(OBJECT_ID, SIGNED), wrap(FIRST, &data)].concat(),
            )
        };
        let whole = signed(value(FIRST, &value(OCTETS, content)), &value);
        let (one, two) = content.split_at(content.len() / 2);
        let pieces = [value(OCTETS, one), value(OCTETS, two)].concat();
        let pieces = signed(
            endless(FIRST, &endless(OCTETS_IN_PIECES, &pieces)),
            &endless,
        );
        [whole, pieces]
    }

    #[test]
    fn the_content_comes_out_whole() {
        for bytes in message(b"Content-Type: text/plain\r\n\r\nHello") {
            let content = b"Content-Type: text/plain\r\n\r\nHello".to_vec();
            assert_eq!(read(&bytes), Some(Cms::Signed(content)));
            for length in 0..bytes.len() {
                read(bytes.get(..length).unwrap_or_default());
            }
        }
        assert_eq!(read(b"hello"), None);
    }
}
