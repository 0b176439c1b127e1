//! One request to somebody else's web server: for sign-in servers and web-hooks. Over TLS, or plainly
//! on this machine; no redirects, short answers, an end to waiting.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::{Request, Uri};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

use crate::tls;

/// What came back.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub status: u16,
    pub body: Bytes,
}

/// Longer answers are cut off as an error.
const LONGEST_ANSWER: usize = 256 * 1024;

/// Where a request goes.
struct Target {
    uri: Uri,
    host: String,
    port: u16,
    private: bool,
}

/// Whether a request can go to this address, and why not.
pub(crate) fn check(url: &str) -> Result<(), String> {
    target(url).map(drop)
}

/// Posts `body` and reads the answer, whatever its status.
///
/// # Errors
/// What went wrong, in words that don't repeat the address: it may hold a secret.
pub(crate) async fn post(
    url: &str,
    content_type: &str,
    body: Vec<u8>,
    patience: Duration,
) -> Result<Answer, String> {
    let target = target(url)?;
    let sent = tokio::time::timeout(patience, send(&target, content_type, body)).await;
    sent.map_err(|_| format!("{} did not answer in time", target.host))?
}

fn target(url: &str) -> Result<Target, String> {
    let wrong = || "write an address like https://alarm.example.com/kept".to_owned();
    let uri: Uri = url.trim().parse().map_err(|_| wrong())?;
    let host = uri.host().ok_or_else(wrong)?.to_owned();
    let private = match uri.scheme_str() {
        Some("https") => true,
        Some("http") if tls::is_here(&host) => false,
        Some("http") => return Err("only https:// keeps this private on its way".into()),
        _ => return Err(wrong()),
    };
    let port = uri.port_u16().unwrap_or(if private { 443 } else { 80 });
    Ok(Target {
        uri,
        host: host.trim_matches(['[', ']']).to_owned(),
        port,
        private,
    })
}

async fn send(target: &Target, content_type: &str, body: Vec<u8>) -> Result<Answer, String> {
    let (host, port) = (target.host.as_str(), target.port);
    let plain = TcpStream::connect((host, port)).await;
    let plain = plain.map_err(|e| format!("{host} does not answer: {e}"))?;
    let request = request(target, content_type, body)?;
    match target.private {
        true => exchange(tls::with(host, plain).await?, request, host).await,
        false => exchange(plain, request, host).await,
    }
}

fn request(
    target: &Target,
    content_type: &str,
    body: Vec<u8>,
) -> Result<Request<Full<Bytes>>, String> {
    let path = target.uri.path_and_query();
    let authority = target.uri.authority().map_or("", |it| it.as_str());
    // Who signs in by the address does not do so here: it would be sent in a header for hosts.
    let authority = authority.rsplit_once('@').map_or(authority, |(_, it)| it);
    Request::post(path.map_or("/", |path| path.as_str()))
        .header("host", authority)
        .header("content-type", content_type)
        .header("accept", "application/json")
        .header("user-agent", "Kept")
        .header("connection", "close")
        .body(Full::new(Bytes::from(body)))
        .map_err(|e| e.to_string())
}

async fn exchange<S>(stream: S, request: Request<Full<Bytes>>, host: &str) -> Result<Answer, String>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let broke = |e: &dyn std::fmt::Display| format!("{host} broke off: {e}");
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|e| broke(&e))?;
    let talk = async {
        let answer = sender.send_request(request).await.map_err(|e| broke(&e))?;
        let status = answer.status().as_u16();
        let body = Limited::new(answer.into_body(), LONGEST_ANSWER);
        let body = body.collect().await.map_err(|e| broke(&e))?.to_bytes();
        Ok(Answer { status, body })
    };
    // The connection ends with the answer; its own error would only say so again.
    tokio::pin!(talk);
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        answer = &mut talk => answer,
        _ = &mut connection => talk.await,
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn only_private_roads_lead_away_from_this_machine() {
        assert_eq!(check("https://alarm.example.com/kept?x=1"), Ok(()));
        assert_eq!(check("http://127.0.0.1:8000/"), Ok(()));
        assert_eq!(check("http://localhost/"), Ok(()));
        assert!(check("http://alarm.example.com/").is_err());
        assert!(check("ftp://alarm.example.com/").is_err());
        assert!(check("alarm").is_err());
        assert!(check("").is_err());
    }
}
