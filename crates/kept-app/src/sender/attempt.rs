//! One try to send one mail: to all its recipients at once, unless that did not work or some must wait.

use bytes::Bytes;
use jiff::Timestamp;
use kept_mail::OutgoingMail;
use kept_store::deliveries;
use kept_store::jobs::{Job, LeaseError};
use kept_store::outgoing::Outgoing;

use super::leave_out::everybody;
use super::{Relay, domains, each, folder, leave_out, relay_in_force};
use crate::undelivered::Loss;
use crate::{Desk, Error, signing};

/// How one try ended.
#[derive(Debug, Clone)]
pub(super) enum Ended {
    Sent {
        via: String,
        to: Vec<String>,
        /// Whom it was not sent to.
        skipped: Vec<Loss>,
    },
    /// It would have gone only where mail comes back from.
    ToNobody { skipped: Vec<Loss> },
    /// Not tried: everybody it goes to is where nothing is tried until then.
    Held { until: Timestamp, error: String },
    /// It may work later. `said_of` is the one recipient that a server said so of.
    NotYet {
        error: String,
        said_of: Option<String>,
    },
    /// It never will.
    Never { error: String },
    /// It went to each recipient by itself; how, is written down.
    Each,
}

/// Why a try did not work.
#[derive(Debug, Clone)]
pub struct Failure {
    pub error: String,
    pub permanent: bool,
    /// A server said so about this very mail.
    pub(super) answered: bool,
}

impl Failure {
    pub(super) fn never(error: impl Into<String>) -> Self {
        Failure {
            permanent: true,
            ..Self::for_now(error)
        }
    }

    pub(super) fn for_now(error: impl Into<String>) -> Self {
        Failure {
            error: error.into(),
            permanent: false,
            answered: false,
        }
    }

    fn ended(self, said_of: Option<String>) -> Ended {
        let error = self.error;
        match self.permanent {
            true => Ended::Never { error },
            false => Ended::NotYet { error, said_of },
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::for_now(error.to_string())
    }
}

/// A mail ready to be handed over.
pub(super) struct Ready {
    mail: OutgoingMail,
    bytes: Vec<u8>,
    relay: Option<Relay>,
}

impl Ready {
    async fn make(desk: &Desk, row: &Outgoing) -> Result<Self, Failure> {
        let mail: OutgoingMail = serde_json::from_str(&row.mail)
            .map_err(|e| Failure::never(format!("this mail can't be read back: {e}")))?;
        // Whoever gets it sees in its headers whom it was meant for.
        let bytes = bytes_of(desk, &mail).await?;
        let bytes = signing::sign(desk, &mail.from.address, bytes).await?;
        let relay = relay_in_force(desk).await?;
        Ok(Self { mail, bytes, relay })
    }

    /// Hands it over in one transaction and says by whom it was taken.
    pub(super) async fn send(
        &self,
        desk: &Desk,
        row: &Outgoing,
        to: &[String],
    ) -> Result<String, Failure> {
        match &self.relay {
            Some(relay) => relay.send(&self.mail, to, &self.bytes).await,
            None => folder::write(desk, row.id, &self.bytes).await,
        }
    }

    /// Everybody it is for, as it names them.
    pub(super) fn everybody(&self) -> Vec<String> {
        everybody(&self.mail).map(str::to_owned).collect()
    }
}

pub(super) async fn attempt(desk: &Desk, job: &Job, row: &Outgoing) -> Result<Ended, LeaseError> {
    let id = row.id;
    let known = desk
        .store()
        .read(move |tx| deliveries::of_outgoing(tx, id))
        .await?;
    let ready = Ready::make(desk, row).await;
    if known.is_empty() {
        match at_once(desk, row, &ready).await {
            Ok(Some(ended)) => return Ok(ended),
            Ok(None) => {}
            Err(failure) => return Ok(failure.ended(None)),
        }
    }
    each::send(desk, job, row, &ready).await?;
    Ok(Ended::Each)
}

/// Sends it to everybody in one transaction; `None` when it must be told apart how it stands with each.
async fn at_once(
    desk: &Desk,
    row: &Outgoing,
    ready: &Result<Ready, Failure>,
) -> Result<Option<Ended>, Failure> {
    let ready = ready.as_ref().map_err(Clone::clone)?;
    let left = leave_out::leave_out(desk, &ready.mail).await?;
    let (to, skipped) = (left.to, left.skipped);
    if to.is_empty() {
        return Ok(Some(Ended::ToNobody { skipped }));
    }
    let held = domains::held(desk, row, &to).await?;
    if let Some(first) = held.iter().map(|pause| pause.until).min() {
        let all = to.iter().all(|to| domains::of(&held, to).is_some());
        let ended = || Ended::Held {
            until: first,
            error: domains::words(&held),
        };
        return Ok(all.then(ended));
    }
    match ready.send(desk, row, &to).await {
        Ok(via) => Ok(Some(Ended::Sent { via, to, skipped })),
        // Nobody got it, and it is not said who could have.
        Err(failure) if failure.answered && to.len() > 1 => Ok(None),
        Err(failure) => {
            let said_of = to.first().filter(|_| failure.answered).cloned();
            Ok(Some(failure.ended(said_of)))
        }
    }
}

/// The mail as it goes over the wire.
///
/// # Errors
/// When an attachment is gone or an address can't be used.
pub async fn bytes_of(desk: &Desk, mail: &OutgoingMail) -> Result<Vec<u8>, Failure> {
    let mut files: Vec<(String, Bytes)> = Vec::new();
    for attachment in &mail.attachments {
        let sha256 = &attachment.sha256;
        let content = desk
            .blobs()
            .get(desk.store(), sha256)
            .await
            .map_err(Error::from)?;
        files.extend(content.map(|content| (sha256.clone(), content)));
    }
    let mut content_of = |sha256: &str| {
        files
            .iter()
            .find(|(known, _)| known == sha256)
            .map(|(_, content)| content.to_vec())
    };
    kept_mail::compose(mail, &mut content_of).map_err(|e| Failure::never(e.to_string()))
}
