//! Takes connections and speaks HTTP on each. Whoever sends a request's head too slowly is cut off, and no more
//! connections are served at once than there is room for: the next ones wait in line with the system.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::sync::watch::Receiver;

use super::stopped;

/// What one client may ask of us before it has asked for anything.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// How long a request's head may take, the idle time before it included.
    pub head: Duration,
    /// Connections at once.
    pub connections: u32,
}

/// Serves connections until `stop` says so; returns when the last one is done.
pub(super) async fn serve(
    mut socket: TcpListener,
    pages: Router,
    limits: Limits,
    stop: Receiver<bool>,
) {
    let room = Arc::new(Semaphore::new(limits.connections as usize));
    let coming = async {
        // The room is never closed.
        while let Ok(place) = Arc::clone(&room).acquire_owned().await {
            let (stream, peer) = Listener::accept(&mut socket).await;
            let talk = talk(stream, peer, pages.clone(), limits.head, stop.clone());
            tokio::spawn(async move {
                talk.await;
                drop(place);
            });
        }
    };
    tokio::select! {
        () = coming => {}
        () = stopped(stop.clone()) => {}
    }
    drop(socket);
    // Everybody has left when all the room is free.
    let _ = room.acquire_many(limits.connections).await;
}

/// Answers one client until it leaves, or until `stop` says so and the request under way is answered.
async fn talk(
    stream: TcpStream,
    peer: SocketAddr,
    pages: Router,
    head: Duration,
    stop: Receiver<bool>,
) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection can't be made quick");
    }
    let pages = TowerToHyperService::new(pages);
    let answer = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        pages.call(request)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(head);
    let talk = http.serve_connection(TokioIo::new(stream), answer);
    tokio::pin!(talk);
    let ended = tokio::select! {
        ended = talk.as_mut() => ended,
        () = stopped(stop) => {
            talk.as_mut().graceful_shutdown();
            talk.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    async fn serving(limits: Limits) -> (SocketAddr, tokio::sync::watch::Sender<bool>) {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let pages = Router::new().route("/", axum::routing::get(async || "ok"));
        let (stop, stopping) = tokio::sync::watch::channel(false);
        tokio::spawn(serve(socket, pages, limits, stopping));
        (address, stop)
    }

    async fn says(address: SocketAddr, text: &str) -> TcpStream {
        let mut client = TcpStream::connect(address).await.unwrap();
        client.write_all(text.as_bytes()).await.unwrap();
        client
    }

    /// All it hears until the server hangs up, which it does by itself.
    async fn hears(mut client: TcpStream) -> String {
        let mut heard = String::new();
        client.read_to_string(&mut heard).await.unwrap();
        heard
    }

    const SHORT: Duration = Duration::from_millis(20);
    const LONG: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn half_a_header_line_does_not_hold_a_connection() {
        let limits = Limits {
            head: SHORT,
            connections: 4,
        };
        let (address, _stop) = serving(limits).await;
        let half = says(address, "GET / HTTP/1.1\r\nhost: de").await;
        let silent = says(address, "").await;
        let idle = says(address, "GET / HTTP/1.1\r\nhost: desk\r\n\r\n").await;
        assert!(!hears(half).await.contains("200"));
        assert_eq!(hears(silent).await, "");
        assert!(hears(idle).await.ends_with("\r\n\r\nok"));
    }

    #[tokio::test]
    async fn whoever_finds_no_room_waits_until_somebody_leaves() {
        let limits = Limits {
            head: LONG,
            connections: 1,
        };
        let (address, _stop) = serving(limits).await;
        let first = says(address, "GET / HTTP/1.1\r\nhost: de").await;
        let ask = "GET / HTTP/1.1\r\nhost: desk\r\nconnection: close\r\n\r\n";
        let second = tokio::spawn(hears(says(address, ask).await));
        drop(first);
        assert!(second.await.unwrap().ends_with("\r\n\r\nok"));
    }
}
