//! Where a request comes from. A proxy on this machine is believed about whom it speaks for; nobody else is.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

/// The address somebody asks from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Peer(pub IpAddr);

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        // Requests made inside the process have no connection.
        let connected = connected.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
        Ok(Peer(who(connected.to_canonical(), &parts.headers)))
    }
}

/// The last address a proxy on this machine added; it is the one that the proxy itself saw.
fn who(connected: IpAddr, headers: &HeaderMap) -> IpAddr {
    let told = headers.get_all("x-forwarded-for").iter().next_back();
    let last = told
        .and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok())
        .map(|address: IpAddr| address.to_canonical());
    match last {
        Some(told) if connected.is_loopback() => told,
        _ => connected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(connected: &str, forwarded: &[&str], expected: &str) {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        let who = who(connected.parse().unwrap(), &headers);
        assert_eq!(who.to_string(), expected, "{connected} {forwarded:?}");
    }

    #[test]
    fn only_a_proxy_on_this_machine_is_believed() {
        check("203.0.113.9", &[], "203.0.113.9");
        check("203.0.113.9", &["127.0.0.1"], "203.0.113.9");
        check("127.0.0.1", &["203.0.113.9"], "203.0.113.9");
        check("127.0.0.1", &["127.0.0.1, 203.0.113.9"], "203.0.113.9");
        check("127.0.0.1", &["127.0.0.1", "203.0.113.9"], "203.0.113.9");
        check("::1", &["nonsense"], "::1");
        check("127.0.0.1", &["::ffff:203.0.113.9"], "203.0.113.9");
    }
}
