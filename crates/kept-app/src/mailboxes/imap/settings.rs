//! How a mailbox is set up, as it is stored. What is secret in it is sealed.

use kept_domain::ids::{AccountId, QueueId};
use serde::{Deserialize, Serialize};

use crate::sender::Security;

/// Where a mailbox is, how to sign in, and what happens to fetched mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub server: String,
    pub port: u16,
    pub security: Security,
    pub user: String,
    pub sign_in: SignIn,
    pub folder: String,
    /// Where mail goes that is addressed to no queue; the first queue when there is none.
    pub queue: Option<QueueId>,
    pub afterwards: Afterwards,
    pub begin_with: BeginWith,
    /// The pause between two looks when the server does not tell by itself.
    pub poll_seconds: u32,
    #[serde(default)]
    pub canary: Option<Canary>,
}

/// How Kept proves who it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignIn {
    Password { sealed: String },
    Account(AccountId),
}

/// What happens there to a mail that is durable here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Afterwards {
    /// It stays and is marked as read.
    Keep,
    Move {
        folder: String,
    },
    Delete,
}

/// Which of the mails that are there already are taken in when fetching begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BeginWith {
    New,
    Unread,
    Everything,
}

impl BeginWith {
    pub const ALL: [BeginWith; 3] = [BeginWith::Unread, BeginWith::New, BeginWith::Everything];

    pub fn as_str(self) -> &'static str {
        match self {
            BeginWith::New => "new",
            BeginWith::Unread => "unread",
            BeginWith::Everything => "everything",
        }
    }

    pub fn from_text(text: &str) -> Option<BeginWith> {
        BeginWith::ALL
            .into_iter()
            .find(|known| known.as_str() == text)
    }
}

/// A mail to ourselves now and then, to see that mail really comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Canary {
    /// The mailbox's own address.
    pub address: String,
    pub every_hours: u32,
    pub within_minutes: u32,
}

impl Settings {
    /// Whether mails there have other numbers than in `before`: another server, account or folder.
    pub(crate) fn is_elsewhere(&self, before: &Settings) -> bool {
        let place = |it: &Settings| (it.server.to_lowercase(), it.user.clone(), it.folder.clone());
        place(self) != place(before)
    }
}
