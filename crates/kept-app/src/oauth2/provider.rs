//! Where providers have people sign in, and what Kept asks them for.

use serde::{Deserialize, Serialize};

/// Who signs us in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provider {
    Microsoft,
    Google,
    /// Any other; its addresses are given.
    Other,
}

impl Provider {
    pub const ALL: [Provider; 3] = [Provider::Microsoft, Provider::Google, Provider::Other];

    pub fn as_str(self) -> &'static str {
        match self {
            Provider::Microsoft => "microsoft",
            Provider::Google => "google",
            Provider::Other => "other",
        }
    }

    pub fn from_text(text: &str) -> Option<Provider> {
        Provider::ALL
            .into_iter()
            .find(|known| known.as_str() == text)
    }

    pub fn name(self) -> &'static str {
        match self {
            Provider::Microsoft => "Microsoft 365",
            Provider::Google => "Google",
            Provider::Other => "the provider",
        }
    }
}

/// An account as it is set up. An address that is given replaces the provider's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSettings {
    pub provider: Provider,
    /// Microsoft's name for an organisation: its domain or id.
    pub tenant: String,
    pub client_id: String,
    /// Sealed; empty for a client without a secret.
    pub(crate) sealed_secret: String,
    pub authorize_url: String,
    pub token_url: String,
    pub device_url: String,
    pub scope: String,
}

impl AccountSettings {
    pub fn authorize_url(&self) -> String {
        let known = match self.provider {
            Provider::Microsoft => self.microsoft("authorize"),
            Provider::Google => "https://accounts.google.com/o/oauth2/v2/auth".to_owned(),
            Provider::Other => String::new(),
        };
        or(&self.authorize_url, known)
    }

    pub fn token_url(&self) -> String {
        let known = match self.provider {
            Provider::Microsoft => self.microsoft("token"),
            Provider::Google => "https://oauth2.googleapis.com/token".to_owned(),
            Provider::Other => String::new(),
        };
        or(&self.token_url, known)
    }

    /// Empty when signing in by a code on another device is not offered. Google gives no mail that way.
    pub fn device_url(&self) -> String {
        let known = match self.provider {
            Provider::Microsoft => self.microsoft("devicecode"),
            Provider::Google | Provider::Other => String::new(),
        };
        or(&self.device_url, known)
    }

    /// What we ask to be allowed: to read and to send mail, and to go on doing so.
    pub fn scope(&self) -> String {
        let known = match self.provider {
            Provider::Microsoft => {
                "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access"
            }
            Provider::Google => "https://mail.google.com/",
            Provider::Other => "",
        };
        or(&self.scope, known.to_owned())
    }

    fn microsoft(&self, what: &str) -> String {
        let tenant = or(&self.tenant, "organizations".to_owned());
        let tenant = super::encoded(&tenant);
        format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/{what}")
    }
}

fn or(given: &str, known: String) -> String {
    match given.trim() {
        "" => known,
        given => given.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn providers_are_known_and_can_be_replaced() {
        let mut account = AccountSettings {
            provider: Provider::Microsoft,
            tenant: "fox.example".into(),
            client_id: "1".into(),
            sealed_secret: String::new(),
            authorize_url: String::new(),
            token_url: String::new(),
            device_url: String::new(),
            scope: String::new(),
        };
        assert_eq!(
            account.token_url(),
            "https://login.microsoftonline.com/fox.example/oauth2/v2.0/token"
        );
        account.tenant = "a/../b".into();
        assert!(account.device_url().contains("/a%2F..%2Fb/"));
        account.token_url = "http://127.0.0.1:9/token".into();
        assert_eq!(account.token_url(), "http://127.0.0.1:9/token");
        account.provider = Provider::Google;
        assert_eq!(account.device_url(), "");
    }
}
