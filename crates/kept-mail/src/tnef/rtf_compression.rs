//! Decompresses rich text (MS-OXRTFCP).
//!
//! Output never grows beyond the limit given, whatever the header claims.

use super::reader::Reader;

/// What every dictionary begins with (MS-OXRTFCP §2.2.2.1).
const BEGIN: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
const DICTIONARY_BYTES: usize = 4096;
const COMPRESSED: u32 = 0x7546_5a4c;
const STORED: u32 = 0x414c_454d;

/// The rich text; `None` when this is no compressed rich text. A stream that ends early gives what came
/// before.
pub fn decompress(bytes: &[u8], limit: usize) -> Option<Vec<u8>> {
    let mut reader = Reader::new(bytes);
    reader.u32()?;
    let size = reader.size()?.min(limit);
    let kind = reader.u32()?;
    reader.u32()?;
    match kind {
        STORED => Some(reader.take_up_to(size).to_vec()),
        COMPRESSED => Some(expand(reader, size)),
        _ => None,
    }
}

/// The last 4096 bytes written, and where the next one goes.
struct Dictionary {
    bytes: [u8; DICTIONARY_BYTES],
    at: usize,
}

impl Dictionary {
    fn new() -> Self {
        let mut bytes = [b' '; DICTIONARY_BYTES];
        for (slot, byte) in bytes.iter_mut().zip(BEGIN) {
            *slot = *byte;
        }
        Self {
            bytes,
            at: BEGIN.len(),
        }
    }

    fn get(&self, at: usize) -> u8 {
        self.bytes
            .get(at % DICTIONARY_BYTES)
            .copied()
            .unwrap_or(b' ')
    }

    fn put(&mut self, byte: u8) {
        if let Some(slot) = self.bytes.get_mut(self.at) {
            *slot = byte;
        }
        self.at = (self.at + 1) % DICTIONARY_BYTES;
    }
}

fn expand(mut reader: Reader<'_>, size: usize) -> Vec<u8> {
    let mut dictionary = Dictionary::new();
    let mut text = Vec::new();
    while let Some(flags) = reader.byte() {
        for bit in 0..8 {
            let more = match flags & (1 << bit) {
                0 => literal(&mut reader, &mut dictionary, &mut text),
                _ => reference(&mut reader, &mut dictionary, &mut text),
            };
            if more.is_none() || text.len() >= size {
                text.truncate(size);
                return text;
            }
        }
    }
    text
}

fn literal(reader: &mut Reader<'_>, dictionary: &mut Dictionary, text: &mut Vec<u8>) -> Option<()> {
    let byte = reader.byte()?;
    dictionary.put(byte);
    text.push(byte);
    Some(())
}

/// Twelve bits say where, four how many; a reference to the place written next is the end.
fn reference(
    reader: &mut Reader<'_>,
    dictionary: &mut Dictionary,
    text: &mut Vec<u8>,
) -> Option<()> {
    let pair = usize::from(reader.byte()?) << 8 | usize::from(reader.byte()?);
    let (from, length) = (pair >> 4, (pair & 15) + 2);
    if from == dictionary.at {
        return None;
    }
    for offset in 0..length {
        let byte = dictionary.get(from + offset);
        dictionary.put(byte);
        text.push(byte);
    }
    Some(())
}
