//! Making keys, letting one sign in the place of another, and forgetting them. A key signs only once
//! its record is there for others to see.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::people::EmailAddress;
use kept_store::signing_keys::{self, SigningKey};
use kept_store::{Tx, audit, queues};

use super::{Algorithm, Published, Record, look};
use crate::{Desk, Error};

/// A domain that queues write from, with its keys, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    pub name: String,
    pub keys: Vec<Key>,
}

/// A key as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub id: i64,
    pub algorithm: Algorithm,
    pub stage: Stage,
    pub record: Record,
}

/// How far a key has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Made, signs nothing yet.
    New,
    Signs {
        since: Timestamp,
    },
    /// Mail it signed may still be on its way, so its record stays for some days.
    Old {
        until: Timestamp,
    },
}

impl Key {
    pub(super) fn of(stored: &SigningKey) -> Option<Self> {
        let stage = match (stored.used_since, stored.used_until) {
            (_, Some(until)) => Stage::Old { until },
            (Some(since), None) => Stage::Signs { since },
            (None, None) => Stage::New,
        };
        let algorithm = Algorithm::from_text(&stored.algorithm)?;
        Some(Self {
            id: stored.id,
            algorithm,
            stage,
            record: Record::of(stored),
        })
    }
}

/// The domains queues write from, and those that still have keys.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn domains(desk: &Desk, viewer: &Viewer) -> Result<Vec<Domain>, Error> {
    allow(viewer, Act::Administer)?;
    desk.store()
        .read(|tx| {
            let keys = signing_keys::all(tx)?;
            let mut names = senders(tx)?;
            names.extend(keys.iter().map(|key| key.domain.clone()));
            names.sort_unstable();
            names.dedup();
            let of = |name: &str| {
                keys.iter()
                    .filter(|key| key.domain == name)
                    .filter_map(Key::of)
                    .collect()
            };
            Ok(names
                .into_iter()
                .map(|name| Domain {
                    keys: of(&name),
                    name,
                })
                .collect())
        })
        .await
}

/// The domain of each queue's first address: replies are sent from it.
fn senders(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    let queues = queues::all(tx)?;
    let first = queues.iter().filter_map(|queue| queue.addresses.first());
    Ok(first.map(domain_of).collect())
}

fn domain_of(address: &EmailAddress) -> String {
    address.domain().as_str().to_owned()
}

/// Keys of one domain; more are a mistake.
const MOST_KEYS: usize = 20;

/// Makes a key. It signs nothing until [`begin`].
///
/// # Errors
/// When the viewer may not, or no queue writes from this domain.
pub async fn make(
    desk: &Desk,
    viewer: &Viewer,
    domain: &str,
    algorithm: Algorithm,
) -> Result<i64, Error> {
    allow(viewer, Act::Administer)?;
    let made = tokio::task::spawn_blocking(move || algorithm.new_pair()).await;
    let pair = made.map_err(|_| Error::Outside("the key could not be made".into()))??;
    let private = STANDARD_NO_PAD.encode(&pair.private);
    let mut key = SigningKey {
        id: 0,
        domain: domain.to_ascii_lowercase(),
        selector: String::new(),
        algorithm: algorithm.as_str().to_owned(),
        public_key: algorithm.published(&pair.public),
        sealed_key: desk.secret().seal(&private, desk.random())?,
        created_at: desk.now(),
        used_since: None,
        used_until: None,
    };
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            if !senders(tx)?.contains(&key.domain) {
                let problem = format!("No queue writes from {}", key.domain);
                return Err(Error::invalid("domain", problem));
            }
            key.selector = selector(&signing_keys::all(tx)?, &key)?;
            let what = format!("Made the signing key {} of {}", key.selector, key.domain);
            audit::write(tx, Some(by), &what, now)?;
            Ok(signing_keys::insert(tx, &key)?)
        })
        .await
}

/// A name no key of the domain had before: `kept20261123`, then `kept20261123b`.
fn selector(all: &[SigningKey], key: &SigningKey) -> Result<String, Error> {
    let known: Vec<&SigningKey> = all.iter().filter(|it| it.domain == key.domain).collect();
    let full = || {
        Error::Conflict(format!(
            "{} has too many keys; remove old ones first",
            key.domain
        ))
    };
    if known.len() >= MOST_KEYS {
        return Err(full());
    }
    let day = key.created_at.strftime("kept%Y%m%d").to_string();
    let names =
        std::iter::once(day.clone()).chain(('b'..='z').map(|letter| format!("{day}{letter}")));
    let mut free = names.filter(|name| known.iter().all(|it| it.selector != *name));
    free.next().ok_or_else(full)
}

/// From now on this key signs, in the place of the one of its kind that did.
///
/// # Errors
/// When the viewer may not, it has signed before, or its record is not there for others to see.
pub async fn begin(desk: &Desk, viewer: &Viewer, id: i64) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let published = look(desk, viewer, id).await?;
    if published != Published::Yes {
        return Err(Error::Conflict(format!(
            "{published}. Mail signed with a key that others can't find looks forged."
        )));
    }
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let key = signing_keys::find(tx, id)?.ok_or_else(|| Error::not_found("key"))?;
            if key.used_since.is_some() {
                return Err(Error::Conflict(
                    "This key signs already, or has done so".into(),
                ));
            }
            signing_keys::begin(tx, &key, now)?;
            let what = format!("Mail of {} is signed with {}", key.domain, key.selector);
            Ok(audit::write(tx, Some(by), &what, now)?)
        })
        .await
}

/// Forgets a key. If it signs, mail goes out without its signature.
///
/// # Errors
/// When the viewer may not, or it is gone.
pub async fn remove(desk: &Desk, viewer: &Viewer, id: i64) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let key = signing_keys::find(tx, id)?.ok_or_else(|| Error::not_found("key"))?;
            signing_keys::remove(tx, id)?;
            let what = format!("Removed the signing key {} of {}", key.selector, key.domain);
            Ok(audit::write(tx, Some(by), &what, now)?)
        })
        .await
}
