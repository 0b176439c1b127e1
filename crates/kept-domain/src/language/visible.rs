//! Which lines of a text are its writer's own: quoted lines and what stands below the signature mark are not.

use super::Word;
use super::words::{self, PARAGRAPH};

/// The words of the writer's own lines, with a mark between lines and another between paragraphs.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        if line.trim_end_matches(['\r', '\n']) == "-- " || bare == "--" {
            break;
        }
        if bare.is_empty() || bare.starts_with('>') {
            found.push(Word::mark(PARAGRAPH, from));
        } else {
            words::cut(line, from, &mut found);
            found.push(Word::mark(words::LINE, from + line.trim_end().len()));
        }
        from += line.len();
    }
    found
}
