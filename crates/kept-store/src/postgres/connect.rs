//! Reaching the server: address, TLS, settings of a connection, and patience after failures.
//! Never sends a password over a network in the clear unless the address says `sslmode=disable`
//! or the server offers no TLS under `sslmode=prefer`.

use std::net::IpAddr;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use postgres::config::{Host, SslMode};
use postgres::{Client, Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::clock;
use crate::error::StoreError;
use crate::location::hosts;
use crate::postgres::Session;
use crate::postgres::error::chain;

/// How long one try to connect may take, unless the address says otherwise.
const CONNECT: Duration = Duration::from_secs(10);
/// A dead network is noticed within a minute or so instead of two hours.
const KEEPALIVE: Duration = Duration::from_secs(30);
/// After a failed try, jobs are refused at once for this long; each further failure doubles it.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Limits that keep one bad statement or a stopped client from holding up everyone.
const SETTINGS: &str = "
    SET TimeZone = 'UTC';
    SET lock_timeout = '10s';
    SET statement_timeout = '30s';
    SET idle_in_transaction_session_timeout = '60s';";
const ONLY_READING: &str = "SET default_transaction_read_only = on;";

/// The server as the address describes it. Shared by all threads.
pub(crate) struct Server {
    config: Config,
    tls: Option<MakeRustlsConnect>,
}

impl Server {
    pub(crate) fn new(url: &str, application_name: &str) -> Result<Server, StoreError> {
        let mut config = Config::from_str(url).map_err(|error| StoreError::Unavailable {
            what: chain(&error),
        })?;
        config.keepalives_idle(KEEPALIVE);
        config.tcp_user_timeout(KEEPALIVE);
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        if config.get_application_name().is_none() {
            config.application_name(application_name);
        }
        let tls = wants_tls(&config).then(tls).transpose()?;
        Ok(Server { config, tls })
    }

    /// Makes a connection. Must be called on the thread that will use it, never on an async one.
    pub(crate) fn connect(&self) -> Result<Client, StoreError> {
        let connected = match &self.tls {
            Some(tls) => self.config.connect(tls.clone()),
            None => self.config.connect(NoTls),
        };
        let mut client = connected.map_err(|error| StoreError::Unavailable {
            what: format!("PostgreSQL on {}: {}", hosts(&self.config), chain(&error)),
        })?;
        client.batch_execute(SETTINGS)?;
        Ok(client)
    }
}

/// `require` always encrypts; `prefer` (the default) does so wherever a wire could be tapped.
/// A distribution's PostgreSQL signs its own certificate, which nobody could check on loopback.
fn wants_tls(config: &Config) -> bool {
    match config.get_ssl_mode() {
        SslMode::Disable => false,
        SslMode::Prefer => !config.get_hosts().iter().all(is_this_machine),
        _ => true,
    }
}

fn is_this_machine(host: &Host) -> bool {
    match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
        }
    }
}

/// TLS that trusts what the system trusts; `SSL_CERT_FILE` adds a private authority.
fn tls() -> Result<MakeRustlsConnect, StoreError> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| StoreError::Unavailable {
            what: format!("TLS can't be set up ({error})"),
        })?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

/// One worker's connection, made when needed and made anew after it broke.
pub(crate) struct Link {
    server: Arc<Server>,
    only_reading: bool,
    session: Option<Session>,
    pause: Option<Pause>,
}

/// The time after a failed try in which nothing is tried.
struct Pause {
    until: Instant,
    length: Duration,
    cause: StoreError,
}

impl Link {
    pub(crate) fn reading(server: &Arc<Server>) -> Link {
        Link::new(server, true)
    }

    pub(crate) fn writing(server: &Arc<Server>) -> Link {
        Link::new(server, false)
    }

    fn new(server: &Arc<Server>, only_reading: bool) -> Link {
        Link {
            server: Arc::clone(server),
            only_reading,
            session: None,
            pause: None,
        }
    }

    /// Opens a transaction. Nothing of the caller's has run yet, so a connection found broken
    /// is replaced once and the transaction opened on the new one.
    pub(crate) fn begin(&mut self) -> Result<&mut Session, StoreError> {
        if self
            .session
            .take_if(|session| session.begin().is_err())
            .is_some()
            || self.session.is_none()
        {
            let mut session = self.connected()?;
            session.begin()?;
            self.session = Some(session);
        }
        self.session.as_mut().ok_or_else(StoreError::closed)
    }

    /// Gives up the connection; the next transaction makes a new one.
    pub(crate) fn forget(&mut self) {
        self.session = None;
    }

    /// Makes our own listener look whether it should stop, instead of waiting for its round to
    /// end. The empty topic is nobody's. That it fails, or was never connected, costs that round.
    pub(crate) fn wake_listeners(&mut self) {
        if let Some(session) = &mut self.session {
            let _ = session.notify(&[String::new()]);
        }
    }

    fn connected(&mut self) -> Result<Session, StoreError> {
        if let Some(pause) = &self.pause
            && clock::ticking() < pause.until
        {
            return Err(pause.cause.clone());
        }
        match self.connect() {
            Ok(session) => {
                self.pause = None;
                Ok(session)
            }
            Err(cause) => {
                self.rest(cause.clone());
                Err(cause)
            }
        }
    }

    fn connect(&self) -> Result<Session, StoreError> {
        let mut client = self.server.connect()?;
        if self.only_reading {
            client.batch_execute(ONLY_READING)?;
        }
        Ok(Session::new(client, self.only_reading))
    }

    fn rest(&mut self, cause: StoreError) {
        let length = self
            .pause
            .as_ref()
            .map_or(FIRST_PAUSE, |pause| (pause.length * 2).min(LONGEST_PAUSE));
        self.pause = Some(Pause {
            until: clock::ticking() + length,
            length,
            cause,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_encrypted_and_this_machine_is_not() {
        let check = |url: &str, encrypted: bool| {
            let config = Config::from_str(url).expect("reads");
            assert_eq!(wants_tls(&config), encrypted, "{url}");
        };
        check("postgres://kept@db.example.org/kept", true);
        check("postgres://kept@127.0.0.1/kept", false);
        check("postgres://kept@localhost/kept", false);
        check("postgres://kept@localhost/kept?sslmode=require", true);
        check("postgres://kept@db.example.org/kept?sslmode=disable", false);
        check("postgres://kept@%2Frun%2Fpostgresql/kept", false);
    }
}
