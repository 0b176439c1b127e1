//! Turns a bare failure into what its reader can use: a page for people, problem details (RFC 9457) for programs.
//! It also logs our own faults, once.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kept_app::{Error, ErrorKind};

use super::failure::{Failure, Problem};
use super::views::{self, ErrorPage};
use crate::respond::PROBLEM_JSON;
use crate::serving::RequestId;
use crate::session::theme_of;

/// Addresses that programs ask, not people.
const FOR_PROGRAMS: [&str; 5] = ["/intake/", "/live", "/readyz", "/healthz", "/metrics"];

/// The layer. What a route said itself, in a page or in problem details, is left as it is.
pub(crate) async fn dress(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let for_program = FOR_PROGRAMS.iter().any(|start| path.starts_with(start));
    let id = request.extensions().get::<RequestId>().cloned();
    let id = id.map_or_else(String::new, |id| id.0);
    let headers = request.headers().clone();
    let mut response = next.run(request).await;
    let Some(failure) = failure(&mut response) else {
        return response;
    };
    log(&failure);
    let problem = failure.problem();
    let dressed = if for_program {
        details(&problem, &id)
    } else {
        page(problem, id, &headers)
    };
    let kept = [header::RETRY_AFTER, header::ALLOW, header::WWW_AUTHENTICATE];
    worn(response, dressed, &kept)
}

/// The failure a route left, or what a library's bare status stands for.
fn failure(response: &mut Response) -> Option<Failure> {
    if let Some(failure) = response.extensions_mut().remove::<Failure>() {
        return Some(failure);
    }
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE);
    let said =
        kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html") || kind == PROBLEM_JSON);
    let bare = (status.is_client_error() || status.is_server_error()) && !said;
    bare.then_some(match status {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
        StatusCode::NOT_FOUND => Failure::Nowhere,
        status => Failure::Status(status),
    })
}

fn log(failure: &Failure) {
    if let Failure::Refused { error, .. } = failure {
        match error.kind() {
            ErrorKind::Ours => tracing::error!(%error, "a request failed"),
            ErrorKind::Busy => tracing::warn!(%error, "a request could not be done now"),
            _ => {}
        }
    }
    if let Failure::Refused {
        error: Error::Denied(denied),
        ..
    } = failure
    {
        tracing::info!(%denied, "refused");
    }
}

fn details(problem: &Problem, id: &str) -> Response {
    let body = serde_json::json!({
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status.as_u16(),
        "detail": problem.says,
        "instance": id,
    });
    let headers = [(header::CONTENT_TYPE, PROBLEM_JSON)];
    (problem.status, headers, body.to_string()).into_response()
}

fn page(problem: Problem, request_id: String, headers: &HeaderMap) -> Response {
    let page = ErrorPage {
        status: problem.status.as_u16(),
        title: problem.title,
        says: problem.says,
        step: problem
            .step
            .or_else(|| Some(("/now".to_owned(), "To what needs you".to_owned()))),
        request_id,
        theme: theme_of(headers),
    };
    (problem.status, views::error(&page)).into_response()
}

/// The new answer with those headers of the old one that still hold.
fn worn(old: Response, new: Response, kept: &[header::HeaderName]) -> Response {
    let (new_parts, body) = new.into_parts();
    let mut response = Response::from_parts(new_parts, Body::new(body));
    for name in kept {
        for value in old.headers().get_all(name) {
            response.headers_mut().append(name, value.clone());
        }
    }
    response
}
