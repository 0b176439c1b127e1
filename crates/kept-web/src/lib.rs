//! HTTP in, markup or JSON out: a folder per noun, each with its pages. Views turn plain structs into markup; they hold
//! no query and no rule. This crate never opens the database itself.

pub mod assets;
pub mod clients;
pub mod errors;
pub mod inbox;
pub mod layout;
pub mod now;
pub mod outbox;
pub mod parts;
pub mod people;
pub mod search;
pub mod session;
pub mod settings;
pub mod ticket;
pub mod unsorted;

/// Serves the pages until `stop` says so.
///
/// # Errors
/// When the socket can't be used.
pub async fn serve(
    _desk: kept_app::Desk,
    socket: tokio::net::TcpListener,
    mut stop: tokio::sync::watch::Receiver<bool>,
) -> std::io::Result<()> {
    let router = axum::Router::new().route("/healthz", axum::routing::get(|| async { "ok" }));
    let stopped = async move {
        let _ = stop.changed().await;
    };
    axum::serve(socket, router).with_graceful_shutdown(stopped).await
}
