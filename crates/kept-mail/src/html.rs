//! HTML from strangers: into text to read, and cleaned to show.

/// HTML as readable text with `\n` line ends.
pub fn to_text(html: &str) -> String {
    let text = mail_parser::decoders::html::html_to_text(html);
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}
