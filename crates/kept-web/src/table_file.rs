//! Tables that are handed out as files (RFC 4180). A cell is always a text, never a formula.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

/// A file of lines (RFC 4180).
pub(crate) fn csv(name: &'static str, lines: Vec<Vec<String>>) -> Response {
    let line = |cells: Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
        cells.join(",") + "\r\n"
    };
    let text: String = lines.into_iter().map(line).collect();
    let disposition = format!("attachment; filename=\"{name}\"");
    let disposition = HeaderValue::from_str(&disposition)
        .unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, text).into_response()
}

/// A text that a spreadsheet takes as text: what it would take for a formula gets a quote in front.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = match is_formula {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    match text.contains(['"', ',', '\n', '\r', ';']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_text_whatever_it_looks_like() {
        for (text, expected) in [
            ("Printer", "Printer"),
            ("a, b", "\"a, b\""),
            ("He said \"no\"", "\"He said \"\"no\"\"\""),
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            ("@sum, x", "\"'@sum, x\""),
            ("two\nlines", "\"two\nlines\""),
        ] {
            assert_eq!(cell(text), expected);
        }
    }
}
