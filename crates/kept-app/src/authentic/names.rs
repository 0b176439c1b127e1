//! Questions to the names of the internet (DNS), asked of the system's resolver or the configured one.

use std::net::SocketAddr;
use std::time::Duration;

use mail_auth::hickory_resolver::config::{
    ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts,
};
use mail_auth::{DnsError, Error as AuthError, MessageAuthenticator};
use tokio::sync::OnceCell;

use crate::{Desk, Error};

/// One question to one server may take this long.
const PATIENCE: Duration = Duration::from_secs(2);

/// Somebody looks at the page meanwhile.
const PATIENCE_FOR_A_PERSON: Duration = Duration::from_secs(5);

/// The resolver, made when it is first needed.
#[derive(Default)]
pub(crate) struct Names(OnceCell<MessageAuthenticator>);

impl Names {
    /// The texts published under a name, together, as they are now and not as they were remembered.
    ///
    /// # Errors
    /// When there are none, or nobody answers.
    pub async fn text(&self, desk: &Desk, name: &str) -> mail_auth::Result<String> {
        let unasked = |e: &dyn std::fmt::Display| AuthError::Dns(DnsError::Resolver(e.to_string()));
        let names = self.asked_of(desk.config().resolver).await;
        let names = names.map_err(|e| unasked(&e))?;
        names.resolver().clear_cache();
        let asked = tokio::time::timeout(PATIENCE_FOR_A_PERSON, names.txt_raw_lookup(name));
        let text = asked.await.map_err(|_| unasked(&"no answer in time"))??;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    /// # Errors
    /// When the system does not say who answers, or that can't be used.
    pub(super) async fn asked_of(
        &self,
        resolver: Option<SocketAddr>,
    ) -> Result<&MessageAuthenticator, Error> {
        let make = async || match resolver {
            Some(address) => MessageAuthenticator::new(of(address), patient()),
            None => MessageAuthenticator::new_system_conf(),
        };
        let problem = |e| Error::Outside(format!("no name server can be asked: {e}"));
        self.0.get_or_try_init(make).await.map_err(problem)
    }
}

fn of(address: SocketAddr) -> ResolverConfig {
    let at = |mut way: ConnectionConfig| {
        way.port = address.port();
        way
    };
    let ways = vec![at(ConnectionConfig::udp()), at(ConnectionConfig::tcp())];
    let server = NameServerConfig::new(address.ip(), true, ways);
    ResolverConfig::from_name_servers(vec![server])
}

fn patient() -> ResolverOpts {
    let mut options = ResolverOpts::default();
    options.timeout = PATIENCE;
    options.attempts = 2;
    options
}
