//! TLS to other people's servers, trusted by the certificates of this system. Never without checking
//! whom we talk to.

use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Makes a plain connection a private one with `host`.
///
/// # Errors
/// What went wrong, in words.
pub(crate) async fn with(host: &str, plain: TcpStream) -> Result<TlsStream<TcpStream>, String> {
    let name = ServerName::try_from(host.to_owned())
        .map_err(|_| format!("“{host}” can't be the name of a server"))?;
    let config = tokio::task::spawn_blocking(config).await;
    let config = config.map_err(|_| "the certificates could not be read".to_owned())??;
    let connected = TlsConnector::from(Arc::new(config))
        .connect(name, plain)
        .await;
    connected.map_err(|e| format!("no private connection to {host}: {e}"))
}

/// Read anew for each connection: a certificate that was added counts at once.
fn config() -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    roots.add_parsable_certificates(found.certs);
    if roots.is_empty() {
        return Err("this system has no certificates to check servers by; install its package ca-certificates".into());
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| e.to_string())?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// Whether `host` is this machine, where nobody listens in between.
pub(crate) fn is_here(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}
