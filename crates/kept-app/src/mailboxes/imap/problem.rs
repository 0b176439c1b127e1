//! What went wrong with a mailbox, for people: one of the known kinds of trouble, and words.

use async_imap::error::Error as ImapError;
use kept_domain::mailboxes::Trouble;

/// A failure while fetching.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{words}")]
pub struct Problem {
    pub kind: Trouble,
    pub words: String,
}

/// Longest words kept, in characters; servers may say anything.
const LONGEST: usize = 300;

impl Problem {
    pub fn new(kind: Trouble, words: impl Into<String>) -> Problem {
        let words: String = words.into();
        let plain = words.chars().filter(|c| !c.is_control());
        Problem {
            kind,
            words: plain.take(LONGEST).collect(),
        }
    }

    pub(super) fn unreachable(words: impl Into<String>) -> Problem {
        Problem::new(Trouble::Unreachable, words)
    }

    pub(super) fn slow() -> Problem {
        Problem::unreachable("the server did not answer in time")
    }

    pub(super) fn hung_up() -> Problem {
        Problem::unreachable("the server ended the connection")
    }

    /// What a broken conversation means. The parser's own words may hold a mail; they are not passed on.
    pub(super) fn of(error: &ImapError) -> Problem {
        match error {
            ImapError::Io(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => Problem::hung_up(),
            ImapError::Io(e) if e.kind() == std::io::ErrorKind::Other => {
                Problem::unreachable("the server said something that is not IMAP")
            }
            ImapError::Io(e) => Problem::unreachable(format!("the connection broke: {e}")),
            ImapError::ConnectionLost => Problem::hung_up(),
            other => Problem::unreachable(said(&other.to_string())),
        }
    }
}

impl From<crate::Error> for Problem {
    fn from(error: crate::Error) -> Problem {
        Problem::new(Trouble::Storage, error.to_string())
    }
}

impl From<kept_store::StoreError> for Problem {
    fn from(error: kept_store::StoreError) -> Problem {
        Problem::from(crate::Error::from(error))
    }
}

/// The server's own sentence within the library's: `no response: code: None, info: Some("…")`.
pub(super) fn said(text: &str) -> String {
    let inner = text
        .split_once("info: Some(\"")
        .and_then(|(_, rest)| rest.rsplit_once("\")"));
    inner.map_or(text, |(inner, _)| inner).replace("\\\"", "\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_quoted_without_the_librarys_wrapping() {
        let text = r#"no response: code: None, info: Some("[AUTHENTICATIONFAILED] Authentication \"failed\".")"#;
        assert_eq!(
            said(text),
            r#"[AUTHENTICATIONFAILED] Authentication "failed"."#
        );
        assert_eq!(said("connection lost"), "connection lost");
    }

    #[test]
    fn words_are_short_and_plain() {
        let problem = Problem::unreachable(format!("a\r\nb{}", "x".repeat(900)));
        assert_eq!(problem.words.chars().count(), LONGEST);
        assert!(problem.words.starts_with("ab"));
    }
}
