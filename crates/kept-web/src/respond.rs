//! How pages are answered: with their markup, or with a redirect and a word about what was done.

use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;

use crate::layout::{Shell, page};
use crate::parts::{Flash, Tone, Undo};
use crate::session;

pub(crate) const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// A whole page for somebody signed in. A word from the last act is shown once.
pub(crate) fn show(shell: &Shell, content: Markup) -> Response {
    show_with(StatusCode::OK, shell, content)
}

/// The same with another status: 422 for a form that needs another look, 409 for a conflict.
pub(crate) fn show_with(status: StatusCode, shell: &Shell, content: Markup) -> Response {
    // A live update would take away what the reader is asked to look at again.
    let live = shell.live.clone().filter(|_| status == StatusCode::OK);
    let markup = page(
        &Shell {
            live,
            ..shell.clone()
        },
        content,
    );
    if shell.flash.is_some() {
        (status, session::flash_shown(), markup).into_response()
    } else {
        (status, markup).into_response()
    }
}

/// After an act: to the page `to`, which says what was done.
pub(crate) fn done(to: &str, says: impl Into<String>) -> Response {
    told(
        to,
        Flash {
            tone: Tone::Done,
            says: says.into(),
            undo: None,
        },
    )
}

/// The same with a way back.
pub(crate) fn done_with_undo(to: &str, says: impl Into<String>, undo: String) -> Response {
    let undo = Some(Undo {
        action: undo,
        until_seconds: None,
    });
    told(
        to,
        Flash {
            tone: Tone::Done,
            says: says.into(),
            undo,
        },
    )
}

/// To the page `to`, which shows `flash`.
pub(crate) fn told(to: &str, flash: Flash) -> Response {
    (session::flash_kept(&flash), Redirect::to(local(to))).into_response()
}

/// Only addresses of our own: nobody is sent elsewhere by a form somebody made up.
pub(crate) fn local(to: &str) -> &str {
    let ours = to.starts_with('/')
        && !to.starts_with("//")
        && !to.contains(['\\', '\r', '\n', '\t'])
        && to.is_ascii();
    if ours { to } else { "/now" }
}

/// A text as part of a query (RFC 3986 §2.1): everything but unreserved characters is escaped.
pub(crate) fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for away in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "now",
            "",
            "/a\nb",
            "javascript:x",
        ] {
            assert_eq!(local(away), "/now", "{away}");
        }
        assert_eq!(
            local("/tickets/1042?x=1#message-2"),
            "/tickets/1042?x=1#message-2"
        );
    }

    #[test]
    fn queries_are_escaped() {
        assert_eq!(
            encoded("/inbox?view=mine&a=ü"),
            "%2Finbox%3Fview%3Dmine%26a%3D%C3%BC"
        );
    }
}
