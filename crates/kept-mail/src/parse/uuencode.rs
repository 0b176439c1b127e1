//! Files written into text by uuencode (POSIX `uuencode`), and parts that use it as their encoding.
//!
//! A block is taken only when it is whole; what looks like one and is not stays text.

/// Files taken out of one text.
const MAX_FILES: usize = 200;

/// One file within a text.
#[derive(Debug, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub content: Vec<u8>,
}

/// Whether a text may have such a block; a cheap look.
pub fn may_be_in(text: &str) -> bool {
    text.starts_with("begin ") || text.contains("\nbegin ")
}

/// The text without its blocks, and the files they were.
pub fn taken_out(text: &str) -> (String, Vec<File>) {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut rest = String::with_capacity(text.len());
    let mut files = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let block = lines
            .get(at..)
            .filter(|_| files.len() < MAX_FILES)
            .and_then(block);
        match block {
            Some((file, length)) => {
                files.push(file);
                at += length;
            }
            None => {
                rest.push_str(line);
                at += 1;
            }
        }
    }
    (rest, files)
}

/// The content of a part whose transfer encoding is uuencode; what stands before the block is nothing.
pub fn decode_part(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let begin = lines.iter().position(|line| name_of(line).is_some())?;
    block(lines.get(begin..)?).map(|(file, _)| file.content)
}

/// The file that begins with the first line, and how many lines it takes.
fn block(lines: &[&str]) -> Option<(File, usize)> {
    let name = name_of(lines.first()?)?;
    let mut content = Vec::new();
    for (at, line) in lines.iter().enumerate().skip(1) {
        let line = line.trim_end_matches(['\n', '\r']);
        if line.trim_end() == "end" {
            let file = File {
                name: name.to_owned(),
                content,
            };
            return Some((file, at + 1));
        }
        decode_line(line, &mut content)?;
    }
    None
}

/// `begin 644 photo.jpg`: the name.
fn name_of(line: &str) -> Option<&str> {
    let rest = line.trim_end().strip_prefix("begin ")?;
    let (mode, name) = rest.split_once(' ')?;
    let octal =
        (3..=4).contains(&mode.len()) && mode.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
    let name = name.trim();
    (octal && !name.is_empty()).then_some(name)
}

/// One line: its length as a character, then four characters for each three bytes. Trailing spaces may
/// have been lost on the way; one character of checksum may follow.
fn decode_line(line: &str, content: &mut Vec<u8>) -> Option<()> {
    let bytes = line.as_bytes();
    let length = match bytes.first() {
        Some(first) => usize::from(value(*first)?),
        None => 0,
    };
    let letters = bytes.get(1..).unwrap_or_default();
    if letters.len() > length.div_ceil(3) * 4 + 2 {
        return None;
    }
    let mut left = length;
    let mut groups = letters.chunks(4);
    while left > 0 {
        let group = groups.next().unwrap_or_default();
        let mut bits = 0u32;
        for at in 0..4 {
            bits = bits << 6 | u32::from(value(group.get(at).copied().unwrap_or(b' '))?);
        }
        let three = bits.to_be_bytes();
        content.extend(three.iter().skip(1).take(left));
        left = left.saturating_sub(3);
    }
    Some(())
}

fn value(letter: u8) -> Option<u8> {
    (b' '..=b'`')
        .contains(&letter)
        .then(|| (letter - b' ') & 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_blocks_are_files_and_others_stay_text() {
        let text = "See below.\nbegin 644 cat.txt\n#0V%T\n`\nend\nBye\n";
        let (rest, files) = taken_out(text);
        assert_eq!(rest, "See below.\nBye\n");
        assert_eq!(
            files,
            [File {
                name: "cat.txt".into(),
                content: b"Cat".into()
            }]
        );
        for text in [
            "begin 644 cat.txt\n#0V%T\n",
            "begin 644 x\nthis is prose, not a block\nend\n",
            "begin the day\nend\n",
        ] {
            assert_eq!(taken_out(text), (text.to_owned(), vec![]));
        }
        assert_eq!(
            decode_part(b"\nbegin 600 cat.txt\r\n#0V%T\r\n \r\nend\r\n"),
            Some(b"Cat".to_vec())
        );
    }
}
