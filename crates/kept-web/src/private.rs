//! Pages for people without a session who have a link: let in by its token, never kept by a browser or an index, and the
//! address told to nobody.

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use kept_app::Error;

use crate::errors::Failure;
use crate::web::Web;

/// Whatever is wrong with a link, the answer is that of an address there is nothing at.
pub(crate) fn refused(error: Error) -> Failure {
    match error {
        Error::NotFound(_) => Failure::Nowhere,
        other => other.into(),
    }
}

/// An answer that leaves no trace: nowhere stored, in no index, and the link is in no header sent elsewhere.
pub(crate) fn unseen(web: &Web, answer: impl IntoResponse) -> Response {
    let mut answer = answer.into_response();
    let headers = answer.headers_mut();
    let policy = referrer_policy(web.desk.config().public_url.starts_with("https://"));
    headers.insert(header::REFERRER_POLICY, policy);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex, nofollow"),
    );
    answer
}

/// Without TLS browsers say nothing of a form's site but its origin, and with `no-referrer` not even that: the form could
/// not be told from a forged one. `same-origin` tells other sites as little.
fn referrer_policy(tls: bool) -> HeaderValue {
    HeaderValue::from_static(match tls {
        true => "no-referrer",
        false => "same-origin",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_tls_the_link_is_told_to_nobody_at_all() {
        assert_eq!(referrer_policy(true), "no-referrer");
        assert_eq!(referrer_policy(false), "same-origin");
    }
}
