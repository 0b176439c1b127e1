//! One short document fetched from somebody else's web server, as guarded as what is told to one: each address is looked
//! up once, must be public or allowed, and is the one that is called; redirects are few and checked like the first.

use bytes::Bytes;
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::client::conn::http1;
use hyper::{Request, Response, Uri};
use hyper_util::rt::TokioIo;

use super::post::{self, Failure, Stream, Target, later, never};

const NO_ADDRESS: &str =
    "Write an address that begins with https://, without a name and password in it";
const MOST_REDIRECTS: usize = 3;

/// The document at `url`, `largest_bytes` long at most.
///
/// # Errors
/// In words: the address may not be called, nobody answers, what comes is refused or too long.
pub(crate) async fn get(
    url: &str,
    accept: &str,
    private_hosts: &[String],
    largest_bytes: usize,
) -> Result<Bytes, String> {
    let mut url = url.to_owned();
    for _ in 0..=MOST_REDIRECTS {
        let target = post::target(&url).map_err(|_| NO_ADDRESS.to_owned())?;
        let got = once(&target, accept, private_hosts, largest_bytes).await;
        match got.map_err(|failure| said(&target, &failure))? {
            Got::Document(body) => return Ok(body),
            Got::Elsewhere(next) => url = next,
        }
    }
    Err("It leads from one address to the next and to no calendar".to_owned())
}

fn said(target: &Target, failure: &Failure) -> String {
    // A private host is named in the words already.
    match failure.says.starts_with(&target.host) {
        true => failure.says.clone(),
        false => format!("{} {}", target.host, failure.says),
    }
}

/// What one request brought.
enum Got {
    Document(Bytes),
    Elsewhere(String),
}

async fn once(
    target: &Target,
    accept: &str,
    private_hosts: &[String],
    largest_bytes: usize,
) -> Result<Got, Failure> {
    let request = request(target, accept).map_err(|e| never(e.to_string()))?;
    let stream = post::connect(target, private_hosts).await?;
    exchange(stream, request, target, largest_bytes).await
}

fn request(target: &Target, accept: &str) -> Result<Request<Empty<Bytes>>, hyper::http::Error> {
    let path = target.uri.path_and_query();
    let authority = target.uri.authority().map_or("", |it| it.as_str());
    Request::get(path.map_or("/", |path| path.as_str()))
        .header("host", authority)
        .header("accept", accept)
        .header("user-agent", concat!("Kept/", env!("CARGO_PKG_VERSION")))
        .header("connection", "close")
        .body(Empty::new())
}

async fn exchange(
    stream: Box<dyn Stream>,
    request: Request<Empty<Bytes>>,
    target: &Target,
    largest_bytes: usize,
) -> Result<Got, Failure> {
    let broke = |e: hyper::Error| later(format!("breaks off: {e}"));
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(broke)?;
    let talk = async {
        let answer = sender.send_request(request).await.map_err(broke)?;
        read(answer, target, largest_bytes).await
    };
    // The connection ends with the answer; its own error would only say so again.
    tokio::pin!(talk, connection);
    tokio::select! {
        got = &mut talk => got,
        _ = &mut connection => talk.await,
    }
}

async fn read(
    answer: Response<hyper::body::Incoming>,
    target: &Target,
    largest_bytes: usize,
) -> Result<Got, Failure> {
    let status = answer.status();
    if status.is_redirection() {
        let next = answer.headers().get("location");
        let next = next.and_then(|next| next.to_str().ok());
        let next = next.and_then(|next| absolute(target, next));
        let next = next.ok_or_else(|| never("leads to an address that is none".to_owned()))?;
        return Ok(Got::Elsewhere(next));
    }
    if !status.is_success() {
        return Err(never(format!("refuses it with {}", status.as_u16())));
    }
    let body = Limited::new(answer.into_body(), largest_bytes);
    let body = body.collect().await.map_err(|e| {
        let too_long = e.is::<http_body_util::LengthLimitError>();
        match too_long {
            true => never(format!("sends more than {} kB", largest_bytes / 1024)),
            false => later(format!("breaks off: {e}")),
        }
    })?;
    Ok(Got::Document(body.to_bytes()))
}

/// Where a redirect leads; one may leave out the host.
fn absolute(target: &Target, next: &str) -> Option<String> {
    let uri: Uri = next.parse().ok()?;
    if uri.scheme().is_some() {
        return Some(next.to_owned());
    }
    let path = next.starts_with('/') && !next.starts_with("//");
    let (scheme, authority) = (target.uri.scheme_str()?, target.uri.authority()?);
    path.then(|| format!("{scheme}://{authority}{next}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_lead_to_whole_addresses() {
        let target = post::target("https://a.example:8443/x.ics").expect("a target");
        let check = |next: &str, expected: Option<&str>| {
            assert_eq!(absolute(&target, next).as_deref(), expected, "{next}");
        };
        check("https://b.example/y", Some("https://b.example/y"));
        check("/y?z=1", Some("https://a.example:8443/y?z=1"));
        check("//b.example/y", None);
        check("y.ics", None);
    }
}
