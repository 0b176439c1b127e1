//! The relay outgoing mail leaves through. Without one, mail goes to the Outbox and to `.eml` files.

use kept_domain::access::{Act, Viewer, allow};
use kept_store::{audit, settings};

use crate::sender::relay_in_force;
pub use crate::sender::{RelaySettings, Security};
use crate::{Desk, Error};

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

/// What the settings page shows.
///
/// # Errors
/// When the store can't answer.
pub async fn shown(desk: &Desk) -> Result<Option<RelaySettings>, Error> {
    RelaySettings::stored(desk).await
}

/// Whether there is a relay, so that mail reaches people at all.
///
/// # Errors
/// When the store can't answer.
pub async fn is_set(desk: &Desk) -> Result<bool, Error> {
    Ok(desk.config().relay.is_some() || shown(desk).await?.is_some())
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
        settings.relay(desk)?;
    }
    let text = settings
        .as_ref()
        .and_then(|s| serde_json::to_string(s).ok());
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            match &text {
                Some(text) => settings::set(tx, RelaySettings::KEY, text)?,
                None => settings::remove(tx, RelaySettings::KEY)?,
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
    let relay = relay_in_force(desk).await?;
    let relay = relay
        .ok_or_else(|| Error::Conflict("There is no relay yet; mail goes to the Outbox".into()))?;
    relay.test().await?;
    Ok(format!("{} answers and takes our sign-in", relay.name()))
}
