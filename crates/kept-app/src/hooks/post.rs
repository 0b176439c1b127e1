//! One POST to somebody else's web server: the name is looked up once and that very address is called, so that
//! it can't change between the look and the call. No redirects, no long answers.

use std::net::SocketAddr;

use bytes::Bytes;
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper::{Request, Uri};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};

use super::reach::is_public;

/// What is asked of whom.
pub(super) struct Asked<'a> {
    pub url: &'a str,
    pub headers: &'a [(&'static str, String)],
    pub body: String,
    /// Hosts that may be called although they are private.
    pub private_hosts: &'a [String],
}

/// Why nothing came back.
#[derive(Debug)]
pub(super) struct Failure {
    pub says: String,
    pub may_work_later: bool,
}

/// Where a request goes.
pub(super) struct Target {
    pub uri: Uri,
    pub host: String,
    port: u16,
    secure: bool,
}

/// Whether a request can go to this address.
///
/// # Errors
/// What to write instead.
pub(crate) fn check(url: &str) -> Result<(), &'static str> {
    target(url).map(drop)
}

/// The host a URL leads to.
pub(crate) fn host(url: &str) -> Option<String> {
    target(url).ok().map(|target| target.host)
}

pub(super) fn target(url: &str) -> Result<Target, &'static str> {
    const WRONG: &str = "Write an address like https://chat.example.com/hooks/kept";
    let uri: Uri = url.parse().map_err(|_| WRONG)?;
    let secure = match uri.scheme_str() {
        Some("https") => true,
        Some("http") => false,
        _ => return Err(WRONG),
    };
    let authority = uri.authority().ok_or(WRONG)?;
    if authority.as_str().contains('@') {
        return Err("Leave name and password out of the address; the secret signs what is sent");
    }
    let host = authority
        .host()
        .trim_matches(['[', ']'])
        .to_ascii_lowercase();
    let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
    Ok(Target {
        host,
        port,
        secure,
        uri,
    })
}

/// Posts and answers the status.
///
/// # Errors
/// When the address may not be called, or nobody answers there.
pub(super) async fn send(asked: Asked<'_>) -> Result<u16, Failure> {
    let target = target(asked.url).map_err(|says| never(says.to_owned()))?;
    let request = request(&target, &asked).map_err(|e| never(e.to_string()))?;
    let stream = connect(&target, asked.private_hosts).await?;
    exchange(stream, request).await
}

/// What requests go through, with TLS or without.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

/// A connection to an address that may be called.
///
/// # Errors
/// When it may not be, or nobody answers there.
pub(super) async fn connect(
    target: &Target,
    private_hosts: &[String],
) -> Result<Box<dyn Stream>, Failure> {
    let address = look_up(target, private_hosts).await?;
    let plain = TcpStream::connect(address).await;
    let plain = plain.map_err(|e| later(format!("does not answer: {e}")))?;
    if !target.secure {
        return Ok(Box::new(plain));
    }
    let secure = crate::tls::with(&target.host, plain).await.map_err(later)?;
    Ok(Box::new(secure))
}

pub(super) fn never(says: String) -> Failure {
    Failure {
        says,
        may_work_later: false,
    }
}

pub(super) fn later(says: String) -> Failure {
    Failure {
        says,
        may_work_later: true,
    }
}

async fn look_up(target: &Target, private_hosts: &[String]) -> Result<SocketAddr, Failure> {
    let found = lookup_host((target.host.as_str(), target.port)).await;
    let found = found.map_err(|e| later(format!("its host is not found: {e}")))?;
    let allowed = private_hosts
        .iter()
        .any(|host| host.trim_matches(['[', ']']) == target.host);
    let addresses: Vec<SocketAddr> = found.collect();
    let first = addresses
        .iter()
        .find(|address| allowed || is_public(address.ip()));
    first.copied().ok_or_else(|| {
        never(format!(
            "{} is a private address; an admin can allow it in Settings, Rules",
            target.host
        ))
    })
}

fn request(target: &Target, asked: &Asked<'_>) -> Result<Request<Full<Bytes>>, hyper::http::Error> {
    let path = target
        .uri
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let authority = target
        .uri
        .authority()
        .map_or("", |authority| authority.as_str());
    let mut request = Request::post(path)
        .header("host", authority)
        .header("content-type", "application/json")
        .header("user-agent", concat!("Kept/", env!("CARGO_PKG_VERSION")))
        .header("connection", "close");
    for (name, value) in asked.headers {
        request = request.header(*name, value);
    }
    request.body(Full::new(Bytes::from(asked.body.clone())))
}

/// Only the status is read; what else comes is not waited for.
async fn exchange(stream: Box<dyn Stream>, request: Request<Full<Bytes>>) -> Result<u16, Failure> {
    let broke = |e: hyper::Error| later(format!("breaks off: {e}"));
    let shaken = http1::handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = shaken.map_err(broke)?;
    let talk = sender.send_request(request);
    tokio::pin!(talk, connection);
    let answer = tokio::select! {
        answer = &mut talk => answer,
        _ = &mut connection => talk.await,
    };
    answer.map(|answer| answer.status().as_u16()).map_err(broke)
}
