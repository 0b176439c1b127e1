//! The server as a whole: compression, quick pages, and an end that waits for what is under way.

use std::time::Duration;

use axum::http::Request;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::sample;
use crate::site::Site;

#[tokio::test]
async fn pages_are_compressed_and_files_are_not() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    for (path, encoding) in [
        ("/inbox", "br"),
        ("/nowhere", "br"),
        ("/attachments/1", ""),
        ("/messages/1/raw", ""),
    ] {
        let answer = admin
            .ask(Request::get(path).header("accept-encoding", "gzip, br"))
            .await;
        assert_eq!(answer.header("content-encoding"), encoding, "{path}");
    }
    let gzip = admin
        .ask(Request::get("/inbox").header("accept-encoding", "gzip"))
        .await;
    assert_eq!(gzip.header("content-encoding"), "gzip");
}

#[tokio::test]
async fn the_first_page_is_light() {
    let site = sample::site().await;
    let mut admin = site.admin().await;
    let page = admin
        .ask(Request::get("/inbox").header("accept-encoding", "br"))
        .await;
    let mut total = page.body.len();
    let html = admin.get("/inbox").await.text();
    for path in html.split('"').filter(|part| part.starts_with("/assets/")) {
        let asset = admin
            .ask(Request::get(path).header("accept-encoding", "br"))
            .await;
        assert_eq!(
            asset.header("cache-control"),
            "public, max-age=31536000, immutable",
            "{path}"
        );
        total += asset.body.len();
    }
    assert!(total < 150_000, "{total} bytes");
}

struct Running {
    site: Site,
    address: std::net::SocketAddr,
    stop: tokio::sync::watch::Sender<bool>,
    server: tokio::task::JoinHandle<std::io::Result<()>>,
}

async fn running() -> Running {
    let site = sample::site().await;
    let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    let (stop, stopping) = tokio::sync::watch::channel(false);
    let server = tokio::spawn(kept_web::serve(site.desk.clone(), socket, stopping));
    Running {
        site,
        address,
        stop,
        server,
    }
}

/// Sends a request and reads what comes back until `mark` is in it.
async fn until(stream: &mut TcpStream, mark: &str) -> String {
    let mut heard = Vec::new();
    let mut bytes = [0; 4096];
    while !String::from_utf8_lossy(&heard).contains(mark) {
        let length = stream.read(&mut bytes).await.unwrap();
        assert!(
            length > 0,
            "it ended before “{mark}”: {}",
            String::from_utf8_lossy(&heard)
        );
        heard.extend_from_slice(&bytes[..length]);
    }
    String::from_utf8_lossy(&heard).into_owned()
}

#[tokio::test]
async fn streams_and_idle_connections_end_when_the_server_stops() {
    let Running {
        site,
        address,
        stop,
        server,
    } = running().await;
    let mut idle = TcpStream::connect(address).await.unwrap();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nhost: desk\r\n\r\n")
        .await
        .unwrap();
    until(&mut idle, "\r\n\r\nok").await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let cookie = site.admin().await.cookie();
    let request = format!("GET /live?topic=* HTTP/1.1\r\nhost: desk\r\ncookie: {cookie}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    until(&mut stream, "text/event-stream").await;
    stop.send_replace(true);
    tokio::time::timeout(Duration::from_secs(30), server)
        .await
        .expect("it ends")
        .unwrap()
        .unwrap();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
    idle.read_to_end(&mut rest).await.unwrap();
}

#[tokio::test]
async fn a_request_under_way_is_finished() {
    let Running {
        site,
        address,
        stop,
        server,
    } = running().await;
    let mut admin = TcpStream::connect(address).await.unwrap();
    let visitor = site.admin().await;
    let body = format!("csrf={}&subject=Done+at+the+last+minute", visitor.csrf);
    let head = format!(
        "POST /tickets/1/subject HTTP/1.1\r\nhost: desk\r\nconnection: close\r\ncookie: {}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\nexpect: 100-continue\r\n\r\n",
        visitor.cookie(),
        body.len()
    );
    admin.write_all(head.as_bytes()).await.unwrap();
    // The server has begun to read the form when it asks for it.
    until(&mut admin, "100 Continue").await;
    stop.send_replace(true);
    admin.write_all(body.as_bytes()).await.unwrap();
    let answer = until(&mut admin, "\r\n\r\n").await;
    assert!(answer.contains("303 See Other"), "{answer}");
    tokio::time::timeout(Duration::from_secs(30), server)
        .await
        .expect("it ends")
        .unwrap()
        .unwrap();
}
