//! The bytes of a file as a table: whatever its encoding and whatever stands between its cells.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::{LARGEST_BYTES, MOST_COLUMNS, MOST_LINES};
use crate::Error;

/// A table with its headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub headers: Vec<String>,
    pub lines: Vec<Vec<String>>,
}

/// Longest cell, in characters.
const LONGEST_CELL: usize = 20_000;

/// Reads a table.
///
/// # Errors
/// When it is empty, too large, or no table.
pub fn read(bytes: &[u8]) -> Result<Table, Error> {
    if bytes.len() > LARGEST_BYTES {
        let problem = format!(
            "{} MB are the most; cut the table in two",
            LARGEST_BYTES >> 20
        );
        return Err(wrong(problem));
    }
    // What spreadsheets save by default is a ZIP archive.
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(wrong("This is a spreadsheet; save it as CSV first"));
    }
    let text = decoded(bytes);
    if text.contains('\0') {
        return Err(wrong("This is no table of text; save it as CSV first"));
    }
    let (delimiter, text) = delimiter(&text);
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes())
        .into_records();
    let headers = match rows.next() {
        Some(first) => cells(first)?,
        None => return Err(wrong("The table is empty")),
    };
    let mut lines = Vec::new();
    for row in rows {
        if lines.len() >= MOST_LINES {
            let problem = format!("{MOST_LINES} lines are the most; cut the table in two");
            return Err(wrong(problem));
        }
        lines.push(cells(row)?);
    }
    if lines.is_empty() {
        return Err(wrong("The table has headers and no line below them"));
    }
    Ok(Table { headers, lines })
}

fn wrong(problem: impl Into<String>) -> Error {
    Error::invalid("file", problem)
}

/// By its mark, else UTF-8, else as older programs in Western Europe write.
fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return encoding.decode_without_bom_handling(rest).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode(bytes).0.into_owned(),
    }
}

/// What stands between the cells: as a first line `sep=;` says, else what the headers have most of.
fn delimiter(text: &str) -> (u8, &str) {
    if let Some((said, rest)) = text
        .strip_prefix("sep=")
        .and_then(|rest| rest.split_once('\n'))
        && let Some(byte) = said.bytes().next().filter(u8::is_ascii)
    {
        return (byte, rest);
    }
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            byte if !quoted => {
                for (known, count) in &mut counts {
                    *count += usize::from(*known == byte);
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().map(|it| it.1).max().unwrap_or(0);
    let first = counts.iter().find(|it| it.1 == most);
    (first.map_or(b',', |it| it.0), text)
}

fn cells(row: csv::Result<csv::StringRecord>) -> Result<Vec<String>, Error> {
    let row = row.map_err(|error| wrong(format!("The table can't be read: {error}")))?;
    if row.len() > MOST_COLUMNS {
        return Err(wrong(format!("{MOST_COLUMNS} columns are the most")));
    }
    if row.iter().any(|cell| cell.chars().count() > LONGEST_CELL) {
        let problem =
            format!("A cell has more than {LONGEST_CELL} characters; is a quote missing?");
        return Err(wrong(problem));
    }
    Ok(row.iter().map(|cell| cell.trim().to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], headers: &[&str], first: &[&str]) {
        let table = read(bytes).expect("a table");
        assert_eq!(table.headers, headers);
        assert_eq!(table.lines[0], first);
    }

    #[test]
    fn tables_are_read_whatever_wrote_them() {
        check(
            b"Name,Mail\nDana,d@x.example\n",
            &["Name", "Mail"],
            &["Dana", "d@x.example"],
        );
        check(
            "\u{feff}Name;Ort\r\nZoë;Köln\r\n".as_bytes(),
            &["Name", "Ort"],
            &["Zoë", "Köln"],
        );
        check(
            b"Name;Ort\r\nJ\xf6rg;K\xf6ln\r\n",
            &["Name", "Ort"],
            &["Jörg", "Köln"],
        );
        check(
            b"sep=|\r\nName|Note\nDana|a,b;c\n",
            &["Name", "Note"],
            &["Dana", "a,b;c"],
        );
        check(
            b"Name\tNote\nDana\t\"two\nlines\"\n",
            &["Name", "Note"],
            &["Dana", "two\nlines"],
        );
        check(
            b"\"Name, first\";Mail\nDana;x\n",
            &["Name, first", "Mail"],
            &["Dana", "x"],
        );
        let wide: Vec<u8> = std::iter::once(0xff)
            .chain([0xfe])
            .chain("A;B\n1;2\n".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        check(&wide, &["A", "B"], &["1", "2"]);
    }

    #[test]
    fn what_is_no_table_is_refused_in_words() {
        let refused = |bytes: &[u8], words: &str| {
            let error = read(bytes).expect_err("is refused").to_string();
            assert!(error.contains(words), "{error}");
        };
        refused(b"", "empty");
        refused(b"Name,Mail\n", "no line below");
        refused(b"PK\x03\x04rest", "save it as CSV");
        refused(b"a\0b\nc\n", "no table");
        refused(&vec![b'x'; LARGEST_BYTES + 1], "are the most");
        refused(
            "x\n".repeat(MOST_LINES + 2).as_bytes(),
            "lines are the most",
        );
        let long = format!("Name\n{}\n", "x".repeat(LONGEST_CELL + 1));
        refused(long.as_bytes(), "is a quote missing");
    }
}
