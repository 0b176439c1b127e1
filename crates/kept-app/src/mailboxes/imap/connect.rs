//! Reaches a mail server and signs in there. Each step has an end, and says in words what failed.

use std::time::Duration;

use async_imap::error::Error as ImapError;
use async_imap::{Authenticator, Client};
use kept_domain::mailboxes::Trouble;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::answer::Answer;
use super::problem::{Problem, said};
use super::talk::Talk;
use crate::sender::Security;
use crate::tls;

/// A connection, private or not.
pub(super) trait Line: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> Line for T {}
pub(super) type Wire = Box<dyn Line>;

/// What opens the door.
pub(super) enum Key {
    Password(String),
    /// An access token for SASL XOAUTH2.
    Token(String),
}

/// Where to knock.
pub(super) struct Door<'a> {
    pub server: &'a str,
    pub port: u16,
    pub security: Security,
    pub user: &'a str,
}

const PATIENCE: Duration = Duration::from_secs(30);

/// Connects and signs in.
pub(super) async fn connect(door: &Door<'_>, key: Key) -> Result<Talk, Problem> {
    let client = timeout(PATIENCE, reach(door));
    let client = client.await.map_err(|_| Problem::slow())??;
    let session = timeout(PATIENCE, sign_in(client, door.user, key));
    let session = session.await.map_err(|_| Problem::slow())??;
    Talk::begin(session).await
}

async fn reach(door: &Door<'_>) -> Result<Client<Wire>, Problem> {
    let (server, port) = (door.server, door.port);
    if door.security == Security::None && !tls::is_here(server) {
        return Err(Problem::unreachable(
            "a connection without encryption is only allowed to this machine",
        ));
    }
    let host = server.trim_matches(['[', ']']);
    let plain = TcpStream::connect((host, port));
    let plain = plain.await.map_err(|e| {
        Problem::unreachable(format!("{server}, port {port}, does not answer: {e}"))
    })?;
    let _ = plain.set_nodelay(true);
    match door.security {
        Security::None => greeted(Box::new(plain)).await,
        Security::Tls => {
            let private = tls::with(host, plain).await.map_err(Problem::unreachable)?;
            greeted(Box::new(private)).await
        }
        Security::StartTls => start_tls(host, plain).await,
    }
}

/// Asks for TLS on a plain connection. What a stranger may have slipped in before it is not read.
async fn start_tls(host: &str, plain: TcpStream) -> Result<Client<Wire>, Problem> {
    let mut client = Client::new(plain);
    greeting(&mut client).await?;
    let asked = client.run_command_and_check_ok("STARTTLS", None).await;
    asked.map_err(|e| match e {
        ImapError::No(text) | ImapError::Bad(text) => Problem::unreachable(format!(
            "the server does not offer STARTTLS: {}",
            said(&text)
        )),
        other => Problem::of(&other),
    })?;
    let private = tls::with(host, client.into_inner()).await;
    let private: Wire = Box::new(private.map_err(Problem::unreachable)?);
    Ok(Client::new(private))
}

async fn greeted(wire: Wire) -> Result<Client<Wire>, Problem> {
    let mut client = Client::new(wire);
    greeting(&mut client).await?;
    Ok(client)
}

/// The server's first words (RFC 9051 §7.1): `* OK`, or `* BYE` when it has no time.
async fn greeting<T>(client: &mut Client<T>) -> Result<(), Problem>
where
    T: Line,
{
    let first = client.read_response().await;
    let first = first.map_err(|e| Problem::of(&ImapError::Io(e)))?;
    let first = first.ok_or_else(Problem::hung_up)?;
    match Answer::read(first.parsed()) {
        Answer::Fine(_) => Ok(()),
        Answer::GoodBye(said) => Err(Problem::unreachable(format!(
            "the server turns us away: {said}"
        ))),
        _ => Err(Problem::unreachable(
            "what answers there does not speak IMAP",
        )),
    }
}

async fn sign_in(
    client: Client<Wire>,
    user: &str,
    key: Key,
) -> Result<async_imap::Session<Wire>, Problem> {
    let signed = match key {
        // A quoted string holds ASCII only (RFC 9051 §9).
        Key::Password(password) if password.is_ascii() && user.is_ascii() => {
            client.login(user, password).await
        }
        Key::Password(password) => {
            let words = format!("\0{user}\0{password}");
            client.authenticate("PLAIN", Once(Some(words))).await
        }
        Key::Token(token) => {
            let words = crate::oauth2::xoauth2(user, &token);
            client.authenticate("XOAUTH2", Once(Some(words))).await
        }
    };
    signed.map_err(|(error, _)| refused(&error))
}

/// Says its words once. A second question is XOAUTH2's way to tell an error; an empty answer ends it.
struct Once(Option<String>);

impl Authenticator for Once {
    type Response = String;

    fn process(&mut self, _: &[u8]) -> String {
        self.0.take().unwrap_or_default()
    }
}

fn refused(error: &ImapError) -> Problem {
    match error {
        ImapError::No(text) if is_passing(text) => {
            Problem::unreachable(format!("the server can't sign us in now: {}", said(text)))
        }
        ImapError::No(text) | ImapError::Bad(text) => Problem::new(
            Trouble::SignIn,
            format!("the server refuses the sign-in: {}", said(text)),
        ),
        ImapError::Validate(_) => Problem::new(
            Trouble::SignIn,
            "the user or password has a line end in it; type it again",
        ),
        other => Problem::of(other),
    }
}

/// Response codes that say it is not about us (RFC 5530 §3).
fn is_passing(text: &str) -> bool {
    let text = text.to_uppercase();
    ["[UNAVAILABLE]", "[INUSE]", "[SERVERBUG]", "[LIMIT]"]
        .iter()
        .any(|code| text.contains(code))
}
