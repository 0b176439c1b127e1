//! The relay: an SMTP server that takes our mail and brings it to others.

use std::time::Duration;

use kept_mail::OutgoingMail;
use lettre::address::Envelope;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::{AsyncSmtpTransport, Error as SmtpError};
use lettre::{Address, AsyncTransport as _, Tokio1Executor};

use serde::{Deserialize, Serialize};

use super::Failure;
use crate::Error;

/// How the connection to the relay is kept private.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Security {
    /// TLS from the first byte, commonly port 465.
    Tls,
    /// Plain first, then TLS or nothing, commonly port 587.
    StartTls,
    /// No encryption: only for a relay on this machine.
    None,
}

impl Security {
    pub const ALL: [Security; 3] = [Security::StartTls, Security::Tls, Security::None];

    pub fn as_str(self) -> &'static str {
        match self {
            Security::Tls => "tls",
            Security::StartTls => "start-tls",
            Security::None => "none",
        }
    }

    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|security| security.as_str() == text)
    }
}

type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// One conversation may take this long at any of its steps.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Relay {
    name: String,
    transport: Transport,
}

impl Relay {
    /// # Errors
    /// When the host's name can't be a TLS name.
    pub fn new(
        host: &str,
        port: u16,
        security: Security,
        user: &str,
        password: &str,
    ) -> Result<Self, Error> {
        let parameters = || {
            TlsParameters::new(host.to_owned())
                .map_err(|e| Error::invalid("host", format!("“{host}” can't be used: {e}")))
        };
        let tls = match security {
            Security::Tls => Tls::Wrapper(parameters()?),
            Security::StartTls => Tls::Required(parameters()?),
            Security::None => Tls::None,
        };
        let mut builder = Transport::builder_dangerous(host)
            .port(port)
            .tls(tls)
            .timeout(Some(PATIENCE));
        if !user.is_empty() {
            builder = builder.credentials(Credentials::new(user.to_owned(), password.to_owned()));
        }
        Ok(Self {
            name: format!("{host}:{port}"),
            transport: builder.build(),
        })
    }

    /// A relay as the configuration names it, such as `smtp://user:password@host:587?tls=required`.
    ///
    /// # Errors
    /// When it can't be understood; the text is not repeated, it may hold a password.
    pub fn from_url(url: &str) -> Result<Self, Error> {
        let bad = |e: SmtpError| {
            Error::invalid(
                "relay",
                format!(
                    "The relay in the configuration can't be used: {e}. Write it like smtp://user:password@host:587?tls=required"
                ),
            )
        };
        let builder = Transport::from_url(url)
            .map_err(bad)?
            .timeout(Some(PATIENCE));
        let host = url.rsplit_once('@').map_or(url, |(_, host)| host);
        let host = host.split_once("://").map_or(host, |(_, host)| host);
        let name = host.split(['/', '?']).next().unwrap_or(host).to_owned();
        Ok(Self {
            name,
            transport: builder.build(),
        })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Connects and signs in.
    ///
    /// # Errors
    /// When the relay does not answer or does not let us in.
    pub async fn test(&self) -> Result<(), Error> {
        match self.transport.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err(Error::Outside(format!(
                "{} answers, but not as a mail server",
                self.name
            ))),
            Err(e) => Err(Error::Outside(format!("{}: {}", self.name, words(&e)))),
        }
    }

    /// Hands the mail over for these recipients: it is taken for all of them, or for none.
    pub(super) async fn send(
        &self,
        mail: &OutgoingMail,
        to: &[String],
        bytes: &[u8],
    ) -> Result<String, Failure> {
        let sender = mail.envelope_sender();
        let sent = self.transport.send_raw(&envelope(to, sender)?, bytes).await;
        let sent = match sent {
            // Some relays let nobody send but under the very address they signed in with.
            Err(error) if sender != mail.from.address && is_about_sender(&error) => {
                let plain = envelope(to, &mail.from.address)?;
                self.transport.send_raw(&plain, bytes).await
            }
            sent => sent,
        };
        let answer = sent.map_err(|e| Failure {
            error: format!("{}: {}", self.name, words(&e)),
            permanent: is_permanent(&e),
            answered: is_about_mail(&e),
        })?;
        let said = answer.message().collect::<Vec<_>>().join(" ");
        Ok(format!("{} ({} {said})", self.name, answer.code()))
    }
}

fn envelope(to: &[String], sender: &str) -> Result<Envelope, Failure> {
    let never = |error: String| Failure::never(error);
    let address = |text: &str| {
        text.parse::<Address>()
            .map_err(|e| never(format!("“{text}” can't be mailed to: {e}")))
    };
    let from = match sender {
        "" => None,
        sender => Some(address(sender)?),
    };
    let to = to.iter().map(|to| address(to));
    Envelope::new(from, to.collect::<Result<_, _>>()?).map_err(|e| never(e.to_string()))
}

/// Whether the relay refuses the envelope's sender, as far as its words say (RFC 5248, Exchange's
/// `SendAsDenied`, Postfix's `reject_sender_login_mismatch`).
fn is_about_sender(error: &SmtpError) -> bool {
    const SAID: [&str; 7] = [
        "5.1.7",
        "5.1.8",
        "5.7.60",
        "5.2.252",
        "sendasdenied",
        "sender address",
        "not owned by",
    ];
    let said = words(error).to_lowercase();
    error.is_permanent() && SAID.iter().any(|words| said.contains(words))
}

/// Whether it is no use to try again.
fn is_permanent(error: &SmtpError) -> bool {
    error.is_permanent() && !is_about_us(error)
}

/// Whether the relay refuses us and not the mail: a password that was changed, a sign-in it asks for
/// (RFC 4954 §6). That is mended in the settings, and the mail must still be there then.
fn is_about_us(error: &SmtpError) -> bool {
    const SIGN_IN: [&str; 4] = ["530", "534", "535", "538"];
    error
        .status()
        .is_some_and(|code| SIGN_IN.contains(&code.to_string().as_str()))
}

/// Whether the server said so of this mail: it did answer, did not refuse us, and is not just closing (421).
fn is_about_mail(error: &SmtpError) -> bool {
    let code = error.status().map(|code| code.to_string());
    code.is_some_and(|code| code != "421") && !is_about_us(error)
}

/// The error and its causes on one line.
fn words(error: &SmtpError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text = format!("{text}: {inner_text}");
        }
        cause = inner.source();
    }
    text
}

impl std::fmt::Debug for Relay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Relay({})", self.name)
    }
}
