//! The record a key is published in, and a look at whether others can see it.

use kept_domain::access::{Act, Viewer, allow};
use kept_store::signing_keys::{self, SigningKey};
use mail_auth::{DnsError, Error as AuthError};

use crate::{Desk, Error};

/// What is to be published at the domain's name server, as a TXT record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// `kept20261123._domainkey.example.com`.
    pub name: String,
    /// `v=DKIM1; k=rsa; p=…`.
    pub value: String,
    pub selector: String,
}

impl Record {
    pub(super) fn of(key: &SigningKey) -> Self {
        Self {
            name: format!("{}._domainkey.{}", key.selector, key.domain),
            value: format!("v=DKIM1; k={}; p={}", key.algorithm, key.public_key),
            selector: key.selector.clone(),
        }
    }
}

/// Whether others can see a key's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Published {
    Yes,
    No {
        name: String,
    },
    Other {
        name: String,
    },
    /// Nobody answers who knows.
    NoAnswer {
        name: String,
        why: String,
    },
}

impl std::fmt::Display for Published {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Published::Yes => f.write_str("The record is there for everybody to see"),
            Published::No { name } => write!(
                f,
                "There is no TXT record at {name} yet; a new one may take an hour to be seen"
            ),
            Published::Other { name } => write!(
                f,
                "The record at {name} holds something else; compare it letter by letter"
            ),
            Published::NoAnswer { name, why } => {
                write!(f, "Nobody could be asked for {name}: {why}")
            }
        }
    }
}

/// Asks for a key's record as others would.
///
/// # Errors
/// When the viewer may not, or the key is gone.
pub async fn look(desk: &Desk, viewer: &Viewer, id: i64) -> Result<Published, Error> {
    allow(viewer, Act::Administer)?;
    let key = desk
        .store()
        .read(move |tx| Ok::<_, Error>(signing_keys::find(tx, id)?))
        .await?;
    let key = key.ok_or_else(|| Error::not_found("key"))?;
    let record = Record::of(&key);
    let name = record.name;
    Ok(match desk.names().text(desk, &name).await {
        Ok(text) if holds(&text, &key.public_key) => Published::Yes,
        Ok(text) if text.trim().is_empty() => Published::No { name },
        Ok(_) => Published::Other { name },
        Err(AuthError::Dns(DnsError::RecordNotFound(_))) => Published::No { name },
        Err(why) => Published::NoAnswer {
            name,
            why: why.to_string(),
        },
    })
}

/// Whether a record's text has this key. Blanks mean nothing there (RFC 6376 §3.2).
fn holds(text: &str, public_key: &str) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    plain
        .split(';')
        .any(|tag| tag.strip_prefix("p=") == Some(public_key))
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn a_record_may_have_blanks_and_other_tags() {
        assert!(holds("v=DKIM1; k=rsa; p=AB CD ; t=s", "ABCD"));
        assert!(!holds("v=DKIM1; p=ABCDE", "ABCD"));
        assert!(!holds("v=DKIM1; p=", "ABCD"));
    }
}
