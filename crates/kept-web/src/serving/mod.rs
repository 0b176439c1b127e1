//! The server: one socket, the routes, and what is the same for every answer. It stops when it is told to, after what is
//! under way is finished.

mod connections;
mod headers;
mod metrics;
mod peer;
mod watch;

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kept_app::Desk;
use tokio::net::TcpListener;
use tokio::sync::watch::Receiver;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use self::connections::Limits;
pub(crate) use self::metrics::render as rendered_metrics;
pub(crate) use self::peer::Peer;
pub(crate) use self::watch::RequestId;
use crate::errors::{Failure, dress};
use crate::routes;
use crate::web::Web;

/// Bytes a form may have; uploads and mail have limits of their own.
const LARGEST_FORM_BYTES: usize = 1024 * 1024;
/// The longest a request may take, reading what it sends included. Streams begin within it and may last.
const LONGEST_REQUEST: Duration = Duration::from_secs(120);
/// Slow enough for a phone in a tunnel, and longer than proxies keep a connection to us for later.
const LONGEST_HEAD: Duration = Duration::from_secs(75);
/// Connections at once, live updates included.
const MOST_CONNECTIONS: u32 = 4096;
/// How long requests under way may still take when the server stops.
const LONGEST_GOODBYE: Duration = Duration::from_secs(15);

/// Serves the pages until `stop` says so, then finishes what is under way.
///
/// # Errors
/// When the socket can't be used.
pub async fn serve(desk: Desk, socket: TcpListener, stop: Receiver<bool>) -> std::io::Result<()> {
    metrics::install();
    let pages = wired(Web::new(desk, stop.clone()));
    let limits = Limits {
        head: LONGEST_HEAD,
        connections: MOST_CONNECTIONS,
    };
    tokio::select! {
        () = connections::serve(socket, pages, limits, stop.clone()) => Ok(()),
        () = goodbye(stop.clone()) => {
            tracing::warn!("some requests did not end in time and were cut off");
            Ok(())
        }
        () = metrics::upkeep() => Ok(()),
    }
}

async fn stopped(mut stop: Receiver<bool>) {
    // A sender that is gone means the same as one that says stop.
    let _ = stop.wait_for(|stop| *stop).await;
}

async fn goodbye(stop: Receiver<bool>) {
    stopped(stop).await;
    tokio::time::sleep(LONGEST_GOODBYE).await;
}

/// All routes with everything around them, for tests that need no socket. It never stops by itself.
pub fn router(desk: Desk) -> Router {
    metrics::install();
    let (sender, stop) = tokio::sync::watch::channel(false);
    // Streams end when the sender is gone, so it lives as long as the router.
    wired(Web::new(desk, stop)).layer(axum::Extension(std::sync::Arc::new(sender)))
}

fn wired(web: Web) -> Router {
    let csrf = CsrfLayer::new().with_rejection_response(|_| Failure::Forged.into_response());
    let csrf = match csrf
        .clone()
        .add_trusted_origin(&web.desk.config().public_url)
    {
        Ok(csrf) => csrf,
        Err(error) => {
            tracing::warn!(%error, "the public address has more than a host; forms are taken from this host only");
            csrf
        }
    };
    routes::router()
        .fallback(async || Failure::Nowhere)
        .layer(DefaultBodyLimit::max(LARGEST_FORM_BYTES))
        .layer(csrf)
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            LONGEST_REQUEST,
        ))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(axum::middleware::from_fn(dress))
        .layer(compression())
        .layer(axum::middleware::from_fn(headers::add))
        .layer(axum::middleware::from_fn_with_state(
            web.clone(),
            watch::watch,
        ))
        .with_state(web)
}

fn panicked(reason: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let words = reason.downcast_ref::<String>().map(String::as_str);
    let words = words.or_else(|| reason.downcast_ref::<&str>().copied());
    tracing::error!(reason = words.unwrap_or("unknown"), "a request broke off");
    Failure::Broken.into_response()
}

/// Pages are worth compressing on the way; assets come compressed, and files are sent as they are.
fn compression() -> CompressionLayer<impl tower_http::compression::Predicate> {
    let is_page = |_: StatusCode, _, headers: &HeaderMap, _: &axum::http::Extensions| {
        let kind = headers.get(header::CONTENT_TYPE);
        kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
    };
    CompressionLayer::new()
        .quality(CompressionLevel::Precise(4))
        .compress_when(is_page)
}
