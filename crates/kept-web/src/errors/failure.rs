//! Why a request was not answered as asked. It knows its status and its words; how they look is decided by who asked.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use kept_app::{Error, ErrorKind};

use crate::respond::encoded;

#[derive(Debug, Clone)]
pub(crate) enum Failure {
    /// Nobody is signed in; `back` is the page they asked for.
    SignIn { back: String },
    /// The same for what no person looks at.
    Unknown,
    /// The desk refused, with its own words. `back` leads on: (address, words).
    Refused {
        error: Error,
        back: Option<(String, String)>,
    },
    /// The form did not come from one of our pages, or from one of another session.
    Forged,
    /// The form could not be read at all.
    Unreadable(String),
    /// Too many bytes.
    TooLarge,
    /// There is no page at this address.
    Nowhere,
    /// Any other status a library chose.
    Status(StatusCode),
    /// Our own fault.
    Broken,
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure::Refused {
            error: error.into(),
            back: None,
        }
    }
}

/// What is told of a failure.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub status: StatusCode,
    pub title: String,
    pub says: String,
    pub step: Option<(String, String)>,
}

impl Failure {
    /// The same with a way back.
    pub fn back_to(self, href: impl Into<String>, words: &str) -> Self {
        match self {
            Failure::Refused { error, .. } => Failure::Refused {
                error,
                back: Some((href.into(), words.to_owned())),
            },
            other => other,
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Failure::SignIn { .. } => StatusCode::SEE_OTHER,
            Failure::Unknown => StatusCode::UNAUTHORIZED,
            Failure::Refused { error, .. } => status_of(error),
            Failure::Forged => StatusCode::FORBIDDEN,
            Failure::Unreadable(_) => StatusCode::BAD_REQUEST,
            Failure::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Failure::Nowhere => StatusCode::NOT_FOUND,
            Failure::Status(status) => *status,
            Failure::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The words for it.
    pub fn problem(&self) -> Problem {
        let status = self.status();
        let (title, says, step) = match self {
            Failure::Refused { error, back } => {
                (title_of(error).to_owned(), words_of(error), back.clone())
            }
            Failure::Unreadable(why) => {
                ("This form could not be read".to_owned(), why.clone(), None)
            }
            other => {
                let (title, says) = fixed(other, status);
                (title.to_owned(), says.to_owned(), None)
            }
        };
        Problem {
            status,
            title,
            says,
            step,
        }
    }
}

/// The status an error of the desk has.
pub(crate) fn status_of(error: &Error) -> StatusCode {
    match error.kind() {
        ErrorKind::NotFound => StatusCode::NOT_FOUND,
        ErrorKind::Denied => StatusCode::FORBIDDEN,
        ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Conflict => StatusCode::CONFLICT,
        ErrorKind::Busy => StatusCode::SERVICE_UNAVAILABLE,
        ErrorKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        ErrorKind::Ours => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn title_of(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::NotFound => "There is nothing here",
        ErrorKind::Denied => "This is not yours to open",
        ErrorKind::Invalid => "This can’t be taken as it is",
        ErrorKind::Conflict => "Not as things stand now",
        ErrorKind::Busy => "Not at this moment",
        ErrorKind::TooMany => "Too many tries",
        ErrorKind::Ours => "That did not work",
    }
}

/// The desk's own words, except where they would tell a stranger how we are built.
fn words_of(error: &Error) -> String {
    match error.kind() {
        ErrorKind::Ours => BROKEN.to_owned(),
        ErrorKind::Busy if matches!(error, Error::Store(_)) => {
            "The database is busy. Nothing was changed; try again in a moment.".to_owned()
        }
        _ => sentence(&error.to_string()),
    }
}

/// With a capital and a full stop, as on a page.
pub(crate) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    let text = first.unwrap_or_default() + letters.as_str();
    if text.ends_with(['.', '!', '?', ')']) || text.is_empty() {
        text
    } else {
        text + "."
    }
}

const BROKEN: &str = "Something broke on our side; nothing you wrote before was lost. Go back and try again. If it happens twice, give your admin the number below: it finds the reason in the log.";

fn fixed(failure: &Failure, status: StatusCode) -> (&'static str, &'static str) {
    match (failure, status) {
        (Failure::SignIn { .. } | Failure::Unknown, _) => (
            "Sign in first",
            "Your session has ended, or never began. Sign in and try again.",
        ),
        (Failure::Forged, _) => (
            "This form is no longer good",
            "It came from a page of another session or from another site, so nothing was done. Go back, load the page again and try once more.",
        ),
        (Failure::TooLarge, _) => (
            "That is too large",
            "Files can have 25 MB together. Send larger ones another way, or in parts.",
        ),
        (Failure::Nowhere, _) => (
            "There is nothing here",
            "The address may be mistyped, or what was here has been merged into something else. Search finds tickets by number.",
        ),
        (_, StatusCode::METHOD_NOT_ALLOWED) => (
            "This page can’t be opened by itself",
            "It only takes what a form sends. Go back to the page you came from.",
        ),
        (_, StatusCode::REQUEST_TIMEOUT) => (
            "That took too long",
            "The request did not end in time, and nothing of it may have happened. Look before you try again.",
        ),
        (_, status) if status.is_client_error() => (
            "This could not be understood",
            "What the browser sent is not what this page expects. Go back, load the page again and try once more.",
        ),
        _ => ("That did not work", BROKEN),
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        if let Failure::SignIn { back } = &self {
            return Redirect::to(&format!("/sign-in?next={}", encoded(back))).into_response();
        }
        let mut response = self.status().into_response();
        if let Failure::Refused {
            error: Error::TooMany { seconds },
            ..
        } = &self
        {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
        if matches!(self, Failure::Unknown) {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        // The status alone leaves here; who knows the reader dresses it.
        response.extensions_mut().insert(self);
        response
    }
}
