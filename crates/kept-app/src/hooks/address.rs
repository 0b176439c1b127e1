//! An address that hears something, with the secret that signs it. Kept sealed: such an address often holds a token.

use serde::{Deserialize, Serialize};

use super::post;
use crate::{Desk, Error};

/// Where it leads and what signs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Address {
    pub url: String,
    /// Absent for one that was set before there were secrets; then nothing is signed.
    pub secret: Option<String>,
}

/// Who wrote an address, and so how far it may lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The public internet, and the private hosts an admin named.
    Public,
    /// Also where only this server can look: an admin wrote it.
    Anywhere,
}

impl Address {
    /// The address with a secret of its own: the one it had, or a new one.
    ///
    /// # Errors
    /// When it is not one that can be told anything; `hook` is the field.
    pub fn new(desk: &Desk, url: &str, before: Option<Address>) -> Result<Self, Error> {
        post::check(url).map_err(|problem| Error::invalid("hook", problem))?;
        let secret = match before.and_then(|it| it.secret) {
            Some(secret) => secret,
            None => desk.random().word()?,
        };
        Ok(Self {
            url: url.to_owned(),
            secret: Some(secret),
        })
    }

    pub fn sealed(&self, desk: &Desk) -> Result<String, Error> {
        let text = serde_json::to_string(self)
            .map_err(|e| Error::Outside(format!("an address can't be written down: {e}")))?;
        desk.secret().seal(&text, desk.random())
    }

    /// `None` when it was sealed with another key. Before there were secrets the address alone was sealed.
    pub fn opened(desk: &Desk, sealed: &str) -> Option<Self> {
        let text = desk.secret().open(sealed)?;
        let read = serde_json::from_str(&text).ok();
        Some(read.unwrap_or(Self {
            url: text,
            secret: None,
        }))
    }
}
