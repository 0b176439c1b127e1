//! How large a picture is, from the first bytes of its file. It decodes no picture.

/// Width and height in pixels of a PNG, GIF, JPEG or WebP; `None` for anything else or a damaged one.
pub fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    png(bytes)
        .or_else(|| gif(bytes))
        .or_else(|| jpeg(bytes))
        .or_else(|| webp(bytes))
}

fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let size = rest.get(8..16)?;
    Some((be32(size.get(..4)?)?, be32(size.get(4..)?)?))
}

fn gif(bytes: &[u8]) -> Option<(u32, u32)> {
    let rest = bytes
        .strip_prefix(b"GIF89a")
        .or_else(|| bytes.strip_prefix(b"GIF87a"))?;
    Some((le16(rest.get(..2)?)?, le16(rest.get(2..4)?)?))
}

/// Segments up to the one that says the size.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    /// Segments looked at; cameras write a dozen.
    const MOST_SEGMENTS: usize = 200;
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    for _ in 0..MOST_SEGMENTS {
        let marker = *rest.get(1)?;
        if *rest.first()? != 0xff {
            return None;
        }
        let is_frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if is_frame {
            return Some((be16(rest.get(7..9)?)?, be16(rest.get(5..7)?)?));
        }
        let length = be16(rest.get(2..4)?)? as usize;
        rest = rest.get(2 + length..)?;
    }
    None
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    let kind = bytes.strip_prefix(b"RIFF")?.get(4..12)?;
    let body = bytes.get(20..)?;
    match kind {
        b"WEBPVP8X" => Some((1 + le24(body.get(4..7)?)?, 1 + le24(body.get(7..10)?)?)),
        b"WEBPVP8 " => {
            let (wide, high) = (le16(body.get(6..8)?)?, le16(body.get(8..10)?)?);
            Some((wide & 0x3fff, high & 0x3fff))
        }
        b"WEBPVP8L" => {
            let bits = u32::from_le_bytes(body.get(1..5)?.try_into().ok()?);
            Some((1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff)))
        }
        _ => None,
    }
}

fn be32(bytes: &[u8]) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.try_into().ok()?))
}

fn be16(bytes: &[u8]) -> Option<u32> {
    Some(u32::from(u16::from_be_bytes(bytes.try_into().ok()?)))
}

fn le16(bytes: &[u8]) -> Option<u32> {
    Some(u32::from(u16::from_le_bytes(bytes.try_into().ok()?)))
}

fn le24(bytes: &[u8]) -> Option<u32> {
    let [low, middle, high] = bytes.try_into().ok()?;
    Some(u32::from_le_bytes([low, middle, high, 0]))
}

#[cfg(test)]
mod tests {
    use super::dimensions;

    #[test]
    fn sizes_are_read_from_the_head_of_a_file() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\x40\0\0\0\x64";
        assert_eq!(dimensions(png), Some((320, 100)));
        assert_eq!(dimensions(b"GIF89a\x01\0\x01\0"), Some((1, 1)));
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x0b\x08\0\x10\0\x20";
        assert_eq!(dimensions(jpeg), Some((32, 16)));
        let webp = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x09\0\0\x04\0\0";
        assert_eq!(dimensions(webp), Some((10, 5)));
        for broken in [
            &png[..18],
            b"\xff\xd8\xff\xe0\0\0",
            b"GIF89a",
            b"",
            b"\xff\xd8",
        ] {
            assert_eq!(dimensions(broken), None, "{broken:?}");
        }
    }
}
