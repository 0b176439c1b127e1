//! The relay outgoing mail leaves through. Without one, mail goes to the Outbox and to `.eml` files.

use kept_domain::access::{Act, Viewer, allow};
use kept_store::{audit, settings};
use serde::{Deserialize, Serialize};

use crate::sender::Relay;
use crate::{Desk, Error};

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

/// A relay as the settings page shows and takes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelaySettings {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub user: String,
    /// Sealed with the key of the data folder; empty when there is none.
    sealed_password: String,
}

/// A relay as somebody typed it.
#[derive(Debug, Clone)]
pub struct GivenRelay {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub user: String,
    /// `None` keeps the password that is stored.
    pub password: Option<String>,
}

const KEY: &str = "mail.relay";

/// What the settings page shows.
///
/// # Errors
/// When the store can't answer.
pub async fn shown(desk: &Desk) -> Result<Option<RelaySettings>, Error> {
    let text = desk
        .store()
        .read(|tx| Ok::<_, Error>(settings::get(tx, KEY)?))
        .await?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// The relay in force: the configuration's, else the settings page's, else none.
///
/// # Errors
/// When the store can't answer, or the stored password can't be opened with this folder's key.
pub(crate) async fn effective(desk: &Desk) -> Result<Option<Relay>, Error> {
    if let Some(url) = &desk.config().relay {
        return Relay::from_url(url).map(Some);
    }
    match shown(desk).await? {
        Some(settings) => relay(desk, &settings).map(Some),
        None => Ok(None),
    }
}

fn relay(desk: &Desk, settings: &RelaySettings) -> Result<Relay, Error> {
    let password = match settings.sealed_password.as_str() {
        "" => String::new(),
        sealed => desk.secret().open(sealed).ok_or_else(|| {
            Error::Outside("The relay's password was sealed with another key than this data folder's secret.key. Type it again in Settings, Mail.".into())
        })?,
    };
    Relay::new(
        &settings.host,
        settings.port,
        settings.security,
        &settings.user,
        &password,
    )
}

/// Sets the relay, or with `None` goes back to the Outbox only.
///
/// # Errors
/// When the viewer may not or a value can't be taken.
pub async fn change(desk: &Desk, viewer: &Viewer, given: Option<GivenRelay>) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let settings = match given {
        Some(given) => Some(seal(desk, given).await?),
        None => None,
    };
    if let Some(settings) = &settings {
        relay(desk, settings)?;
    }
    let text = settings
        .as_ref()
        .and_then(|s| serde_json::to_string(s).ok());
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            match &text {
                Some(text) => settings::set(tx, KEY, text)?,
                None => settings::remove(tx, KEY)?,
            }
            let what = if text.is_some() {
                "Changed the mail relay"
            } else {
                "Removed the mail relay"
            };
            Ok(audit::write(tx, Some(by), what, now)?)
        })
        .await
}

async fn seal(desk: &Desk, given: GivenRelay) -> Result<RelaySettings, Error> {
    if given.host.trim().is_empty() {
        return Err(Error::invalid(
            "host",
            "Write the relay's name, like smtp.example.com",
        ));
    }
    let sealed_password = match given.password {
        Some(password) if password.is_empty() => String::new(),
        Some(password) => desk.secret().seal(&password, desk.random())?,
        None => shown(desk)
            .await?
            .map_or_else(String::new, |known| known.sealed_password),
    };
    Ok(RelaySettings {
        host: given.host.trim().to_owned(),
        port: given.port,
        security: given.security,
        user: given.user.trim().to_owned(),
        sealed_password,
    })
}

/// Connects to the relay in force and signs in there, without sending anything.
///
/// # Errors
/// When the viewer may not, there is no relay, or it does not answer as it should.
pub async fn test(desk: &Desk, viewer: &Viewer) -> Result<String, Error> {
    allow(viewer, Act::Administer)?;
    let relay = effective(desk).await?;
    let relay = relay
        .ok_or_else(|| Error::Conflict("There is no relay yet; mail goes to the Outbox".into()))?;
    relay.test().await?;
    Ok(format!("{} answers and takes our sign-in", relay.name()))
}
