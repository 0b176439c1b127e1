//! Gives each request its number, and writes one line and two figures when it is answered. Never an address with a query
//! or a token in it: only the pattern of the route.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use crate::web::Web;

/// The number a request has in the log, on error pages and in `x-request-id`.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(pub String);

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The outermost layer.
pub(super) async fn watch(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let id = web.desk.random().word().unwrap_or_default();
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>();
    let path = path.map_or("(no route)", MatchedPath::as_str).to_owned();
    request.extensions_mut().insert(RequestId(id.clone()));
    let span = tracing::info_span!("request", id = %id);
    let began = now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = began.elapsed();
    let status = response.status().as_u16();
    span.in_scope(|| tracing::info!(%method, path, status, took_ms = took.as_millis(), "answered"));
    count(&method, path, status, took.as_secs_f64());
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

#[expect(
    clippy::disallowed_methods,
    reason = "measures us; no rule ever sees it"
)]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

fn count(method: &Method, path: String, status: u16, seconds: f64) {
    let labels = [
        ("method", method.as_str().to_owned()),
        ("path", path.clone()),
        ("status", status.to_string()),
    ];
    metrics::counter!("http_requests_total", &labels).increment(1);
    metrics::histogram!("http_request_duration_seconds", "path" => path).record(seconds);
}
