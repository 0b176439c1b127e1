//! Which relay is in force: the configuration's, else the settings page's, else none.

use kept_store::settings;
use serde::{Deserialize, Serialize};

use super::relay::{Relay, Security};
use crate::{Desk, Error};

/// A relay as the settings page stores and shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelaySettings {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub user: String,
    /// Sealed with the key of the data folder; empty when there is none.
    pub(crate) sealed_password: String,
}

impl RelaySettings {
    pub(crate) const KEY: &str = "mail.relay";

    pub(crate) async fn stored(desk: &Desk) -> Result<Option<Self>, Error> {
        let text = desk.store().read(|tx| settings::get(tx, Self::KEY)).await?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// # Errors
    /// When the stored password can't be opened with this folder's key, or the host can't be used.
    pub(crate) fn relay(&self, desk: &Desk) -> Result<Relay, Error> {
        let password = match self.sealed_password.as_str() {
            "" => String::new(),
            sealed => desk.secret().open(sealed).ok_or_else(|| {
                Error::Outside("The relay's password was sealed with another key than this data folder's secret.key. Type it again in Settings, Mail.".into())
            })?,
        };
        Relay::new(&self.host, self.port, self.security, &self.user, &password)
    }
}

/// # Errors
/// When the store can't answer, or the relay that is set can't be used.
pub(crate) async fn relay_in_force(desk: &Desk) -> Result<Option<Relay>, Error> {
    if let Some(url) = &desk.config().relay {
        return Relay::from_url(url).map(Some);
    }
    let stored = RelaySettings::stored(desk).await?;
    stored.map(|settings| settings.relay(desk)).transpose()
}
