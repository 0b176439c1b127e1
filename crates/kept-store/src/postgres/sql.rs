//! Our SQL in PostgreSQL's notation: `?1` becomes `$1`.
//! Never touches what stands in quotes or in a comment.

use std::borrow::Cow;

/// Translates numbered parameters. A `?` without a number stays: PostgreSQL refuses it.
pub(crate) fn numbered(sql: &str) -> Cow<'_, str> {
    if !sql.contains('?') {
        return Cow::Borrowed(sql);
    }
    let mut text = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let length = quoted(rest).unwrap_or(first.len_utf8());
        let (piece, after) = rest.split_at(length);
        let is_parameter = piece == "?" && after.starts_with(|next: char| next.is_ascii_digit());
        text.push_str(if is_parameter { "$" } else { piece });
        rest = after;
    }
    Cow::Owned(text)
}

/// The length of the quoted text or comment that starts here.
fn quoted(text: &str) -> Option<usize> {
    let (open, close) = [("'", "'"), ("\"", "\""), ("--", "\n"), ("/*", "*/")]
        .into_iter()
        .find(|(open, _)| text.starts_with(open))?;
    let inside = text.get(open.len()..)?;
    let end = inside
        .find(close)
        .map_or(inside.len(), |at| at + close.len());
    Some(open.len() + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sql: &str, expected: &str) {
        assert_eq!(numbered(sql), expected);
    }

    #[test]
    fn parameters_change_their_sign() {
        check("SELECT 1", "SELECT 1");
        check(
            "SELECT a FROM b WHERE c = ?1 AND d > ?12",
            "SELECT a FROM b WHERE c = $1 AND d > $12",
        );
    }

    #[test]
    fn quotes_and_comments_stay_as_they_are() {
        check(
            "SELECT 'is it ?1' WHERE a = ?1",
            "SELECT 'is it ?1' WHERE a = $1",
        );
        check(
            "SELECT 'it''s ?1', \"a?1\", ?2",
            "SELECT 'it''s ?1', \"a?1\", $2",
        );
        check("SELECT ?1 -- why ?2\n, ?2", "SELECT $1 -- why ?2\n, $2");
        check("SELECT /* ?1 */ ?1", "SELECT /* ?1 */ $1");
        check("SELECT 'never closed ?1", "SELECT 'never closed ?1");
    }
}
