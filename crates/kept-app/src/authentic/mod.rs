//! Whether a mail is from whom it says: asked of the names of the internet where Kept itself receives
//! it, else what a trusted server in front of us found. Never a reason to refuse or lose a mail.

mod ask;
mod names;
mod peer;

pub use ask::{PATIENCE, check};
pub(crate) use names::Names;
pub use peer::Peer;

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::intake::authentic::Authentic;
use kept_mail::{IncomingMail, authentication};
use kept_store::{Tx, audit, settings};
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::{Desk, Error};

/// Whose word about senders counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Checking {
    /// Kept receives mail from the internet directly, and checks it itself.
    pub directly: bool,
    /// Names of servers in front of Kept whose `Authentication-Results` count.
    pub servers: Vec<String>,
}

const KEY: &str = "mail.checking";
const MOST_SERVERS: usize = 50;

impl Checking {
    /// What the settings page says.
    ///
    /// # Errors
    /// When the store can't answer.
    pub fn stored(tx: &mut Tx<'_>) -> Result<Self, Error> {
        let text = settings::get(tx, KEY)?;
        let stored = text.and_then(|text| serde_json::from_str(&text).ok());
        Ok(stored.unwrap_or_default())
    }

    fn under(mut self, config: &Config) -> Self {
        self.directly = config.check_senders.unwrap_or(self.directly);
        self.servers = config.trusted_servers.clone().unwrap_or(self.servers);
        self
    }
}

/// What is in force: the configuration's word, else the settings page's.
///
/// # Errors
/// When the store can't answer.
pub async fn in_force(desk: &Desk) -> Result<Checking, Error> {
    let stored = desk.store().read(Checking::stored).await?;
    Ok(stored.under(desk.config()))
}

/// Writes down whose word counts.
///
/// # Errors
/// When the viewer may not, or a name can't be one.
pub async fn change(desk: &Desk, viewer: &Viewer, checking: Checking) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    if let Some(bad) = checking.servers.iter().find(|name| !is_name(name)) {
        let problem = format!("“{bad}” is not the name of a server; write it like mx.example.com");
        return Err(Error::invalid("servers", problem));
    }
    if checking.servers.len() > MOST_SERVERS {
        let problem = format!("{MOST_SERVERS} servers at most");
        return Err(Error::invalid("servers", problem));
    }
    let text = serde_json::to_string(&checking)
        .map_err(|e| Error::Outside(format!("this can't be written down: {e}")))?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            settings::set(tx, KEY, &text)?;
            Ok(audit::write(
                tx,
                Some(by),
                "Changed whose word about senders counts",
                now,
            )?)
        })
        .await
}

/// Names as people list them: one a line, or with commas between.
pub fn names(text: &str) -> Vec<String> {
    let names = text.split(|c: char| c.is_whitespace() || c == ',' || c == ';');
    names
        .filter(|name| !name.is_empty())
        .map(str::to_ascii_lowercase)
        .collect()
}

fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    !name.is_empty() && name.len() <= 253 && name.chars().all(plain)
}

/// What trusted servers say of a mail. Only a mail that carries such a header costs a question to the
/// store.
pub(crate) async fn told(desk: &Desk, mail: &IncomingMail) -> Result<Option<Authentic>, Error> {
    if mail.header("Authentication-Results").is_none() {
        return Ok(None);
    }
    let servers = in_force(desk).await?.servers;
    Ok(authentication::of(mail, &servers))
}
