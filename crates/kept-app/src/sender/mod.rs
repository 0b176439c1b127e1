//! Mail on its way out: queued in the transaction that caused it, sent by a job until it is delivered
//! or has visibly failed, always under the same Message-ID.

mod folder;
mod in_force;
mod leave_out;
mod pauses;
mod relay;

pub use in_force::RelaySettings;
pub(crate) use in_force::relay_in_force;
pub use relay::{Relay, Security};

use std::time::Duration;

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use kept_domain::event::{Actor, Event};
use kept_domain::ids::{MessageId, OutgoingId, TicketId};
use kept_mail::OutgoingMail;
use kept_store::Tx;
use kept_store::jobs::{self, Job, LeaseError, NewJob};
use kept_store::outgoing::{self, NewOutgoing, Outgoing, State};

use crate::consequences::{OUTBOX, record};
use crate::undelivered::{self, Loss};
use crate::{Desk, Error, signing};

pub(crate) const JOB: &str = "send-mail";
/// A mail whose sender was killed is taken over by the next one after this long.
pub(crate) const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// A slow relay keeps its lease by being renewed this often.
const RENEW_AFTER: Duration = Duration::from_secs(20);

/// Writes a mail to the outbox and the job that sends it.
pub(crate) fn queue(
    tx: &mut Tx<'_>,
    mail: &OutgoingMail,
    ticket: Option<TicketId>,
    message: Option<MessageId>,
    now: Timestamp,
) -> Result<OutgoingId, Error> {
    queue_for(tx, mail, ticket, message, now, now)
}

/// The same for a mail that is not to go out before `not_before`.
pub(crate) fn queue_for(
    tx: &mut Tx<'_>,
    mail: &OutgoingMail,
    ticket: Option<TicketId>,
    message: Option<MessageId>,
    now: Timestamp,
    not_before: Timestamp,
) -> Result<OutgoingId, Error> {
    let recipients: Vec<&str> = mail
        .to
        .iter()
        .chain(&mail.cc)
        .map(|mailbox| mailbox.address.as_str())
        .collect();
    let row = NewOutgoing {
        ticket,
        message,
        message_ref: &mail.message_id,
        recipients: &json(&recipients)?,
        subject: &mail.subject,
        automatic: mail.automatic.is_some(),
        mail: &json(mail)?,
    };
    let id = outgoing::insert(tx, &row, now)?;
    if mail.automatic.is_none() {
        let addresses: Vec<String> = recipients
            .iter()
            .map(|text| undelivered::folded(text))
            .collect();
        outgoing::address_to(tx, id, &addresses)?;
    }
    enqueue(tx, id, now, not_before)?;
    tx.announce(OUTBOX);
    Ok(id)
}

fn key(id: OutgoingId) -> String {
    format!("{JOB}:{id}")
}

/// Takes a mail that waits out of the line; false when a worker has it already.
pub(crate) fn call_off(tx: &mut Tx<'_>, id: OutgoingId) -> Result<bool, Error> {
    tx.announce(OUTBOX);
    Ok(jobs::cancel(tx, &key(id))?)
}

fn enqueue(
    tx: &mut Tx<'_>,
    id: OutgoingId,
    now: Timestamp,
    run_at: Timestamp,
) -> Result<(), Error> {
    let key = key(id);
    let job = NewJob {
        kind: JOB,
        body: &id.to_string(),
        run_at,
        created_at: now,
        unique_key: Some(&key),
    };
    jobs::enqueue(tx, &job)?;
    Ok(())
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value)
        .map_err(|e| Error::Outside(format!("a mail can't be written down: {e}")))
}

/// A failed mail is tried again from the beginning; one that waits for another try is tried now.
///
/// # Errors
/// When the viewer may not, or the mail has not failed.
pub async fn retry(
    desk: &Desk,
    viewer: &kept_domain::access::Viewer,
    id: OutgoingId,
) -> Result<(), Error> {
    kept_domain::access::allow(viewer, kept_domain::access::Act::SortMail)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            if !outgoing::requeue(tx, id)? && !waits_for_another_try(tx, id)? {
                return Err(Error::Conflict("this mail has not failed".into()));
            }
            // Who asks for another try means it, whatever came back from there before.
            let mail = outgoing::find(tx, id)?;
            for address in mail.iter().flat_map(undelivered::recipients) {
                kept_store::bounced::clear(tx, &address, Some(by), now)?;
            }
            tx.announce(OUTBOX);
            enqueue(tx, id, now, now)
        })
        .await?;
    desk.wake_worker();
    Ok(())
}

fn waits_for_another_try(tx: &mut Tx<'_>, id: OutgoingId) -> Result<bool, Error> {
    let mail = outgoing::find(tx, id)?;
    Ok(mail.is_some_and(|mail| mail.state == State::Queued && mail.last_error.is_some()))
}

/// When these mails are tried next, as far as they wait.
pub(crate) fn next_tries(
    tx: &mut Tx<'_>,
    ids: &[OutgoingId],
) -> Result<Vec<(OutgoingId, Timestamp)>, Error> {
    let keys: Vec<String> = ids.iter().map(|id| key(*id)).collect();
    let asked: Vec<&str> = keys.iter().map(String::as_str).collect();
    let due = jobs::due_of(tx, &asked)?;
    let named = ids.iter().zip(&keys);
    let found = named.filter_map(|(id, key)| {
        let due = due.iter().find(|(known, _)| known == key);
        due.map(|(_, at)| (*id, *at))
    });
    Ok(found.collect())
}

/// How one try ended.
#[derive(Debug, Clone)]
enum Ended {
    Sent {
        via: String,
        /// Whom it was not sent to.
        skipped: Vec<Loss>,
    },
    /// It would have gone only where mail comes back from.
    ToNobody { skipped: Vec<Loss> },
    /// It may work later.
    NotYet { error: String },
    /// It never will.
    Never { error: String },
}

/// Carries one job out: one try to send one mail.
pub(crate) async fn run(desk: &Desk, job: &Job) -> Result<(), LeaseError> {
    let id = OutgoingId(job.body.parse().unwrap_or(0));
    let mail = desk.store().read(move |tx| outgoing::find(tx, id)).await?;
    // A mail that is gone or sent needs no second copy.
    let Some(mail) = mail.filter(|mail| mail.state == State::Queued) else {
        return finish(desk, job, id, None).await;
    };
    let ended = attempt_under_lease(desk, job, &mail).await?;
    let mut tries = 1;
    loop {
        // What was sent must be written down, or it goes out again.
        match finish(desk, job, id, Some((mail.clone(), ended.clone()))).await {
            Err(LeaseError::Store(error)) if error.is_temporary() && tries < WRITE_DOWN_TRIES => {
                tries += 1;
                tokio::time::sleep(WRITE_DOWN_PAUSE).await;
            }
            done => return done,
        }
    }
}

const WRITE_DOWN_TRIES: u32 = 10;
const WRITE_DOWN_PAUSE: Duration = Duration::from_secs(2);

/// Tries, and renews the lease as long as the try takes. A lease that is lost ends the try: somebody
/// else has the mail now.
async fn attempt_under_lease(desk: &Desk, job: &Job, mail: &Outgoing) -> Result<Ended, LeaseError> {
    let attempt = attempt(desk, mail);
    tokio::pin!(attempt);
    loop {
        tokio::select! {
            ended = &mut attempt => return Ok(ended),
            () = tokio::time::sleep(RENEW_AFTER) => {
                let (lease, now) = (job.lease.clone(), desk.now());
                let renewed = desk.store().write(move |tx| jobs::renew(tx, &lease, now, LEASE)).await;
                match renewed {
                    Err(lost @ LeaseError::Lost(_)) => return Err(lost),
                    // The relay may be taking the mail right now: go on, and try again soon.
                    Err(LeaseError::Store(error)) => tracing::warn!(%error, "a lease could not be renewed"),
                    Ok(()) => {}
                }
            }
        }
    }
}

async fn attempt(desk: &Desk, mail: &Outgoing) -> Ended {
    match try_to_send(desk, mail).await {
        Ok(ended) => ended,
        Err(Failure {
            error,
            permanent: true,
        }) => Ended::Never { error },
        Err(Failure {
            error,
            permanent: false,
        }) => Ended::NotYet { error },
    }
}

/// Why a try did not work.
#[derive(Debug, Clone)]
pub struct Failure {
    pub error: String,
    pub permanent: bool,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure {
            error: error.to_string(),
            permanent: false,
        }
    }
}

async fn try_to_send(desk: &Desk, row: &Outgoing) -> Result<Ended, Failure> {
    let mail: OutgoingMail = serde_json::from_str(&row.mail).map_err(|e| Failure {
        error: format!("this mail can't be read back: {e}"),
        permanent: true,
    })?;
    // Whoever gets it sees in its headers whom it was meant for.
    let bytes = bytes_of(desk, &mail).await?;
    let bytes = signing::sign(desk, &mail.from.address, bytes).await?;
    let left = leave_out::leave_out(desk, mail).await?;
    let skipped = left.skipped;
    let Some(mail) = left.mail else {
        return Ok(Ended::ToNobody { skipped });
    };
    let via = match relay_in_force(desk).await? {
        Some(relay) => relay.send(&mail, &bytes).await?,
        None => folder::write(desk, row.id, &bytes).await?,
    };
    Ok(Ended::Sent { via, skipped })
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
    kept_mail::compose(mail, &mut content_of).map_err(|e| Failure {
        error: e.to_string(),
        permanent: true,
    })
}

/// Writes down how the try ended. Only whoever still holds the lease may.
async fn finish(
    desk: &Desk,
    job: &Job,
    id: OutgoingId,
    ended: Option<(Outgoing, Ended)>,
) -> Result<(), LeaseError> {
    let (job, now) = (job.clone(), desk.now());
    desk.store()
        .write(move |tx| {
            tx.announce(OUTBOX);
            let Some((mail, ended)) = ended else {
                return jobs::finish(tx, &job.lease);
            };
            if let Some(ticket) = mail.ticket {
                tx.announce(format!("ticket:{ticket}"));
            }
            match ended {
                Ended::Sent { via, skipped } => {
                    outgoing::mark_sent(tx, id, now, &via)?;
                    undelivered::tell(tx, &mail, &skipped, None, now).map_err(in_store)?;
                    jobs::finish(tx, &job.lease)
                }
                Ended::ToNobody { skipped } => {
                    outgoing::mark_failed(tx, id, &to_nobody(&skipped))?;
                    undelivered::tell(tx, &mail, &skipped, None, now).map_err(in_store)?;
                    jobs::finish(tx, &job.lease)
                }
                Ended::NotYet { error } => match pauses::before_next(mail.attempts) {
                    Some(pause) => {
                        outgoing::mark_tried(tx, id, &error)?;
                        jobs::retry(tx, &job.lease, now + pause, &error)
                    }
                    None => give_up(tx, &mail, &job, now, &error, false),
                },
                Ended::Never { error } => give_up(tx, &mail, &job, now, &error, true),
            }
        })
        .await
}

/// Why a mail that goes to nobody was not sent.
fn to_nobody(skipped: &[Loss]) -> String {
    let each = skipped.iter();
    let each: Vec<String> = each
        .map(|loss| format!("mail to {} comes back, {}", loss.address, loss.reason))
        .collect();
    format!("Not sent: {}", each.join("; "))
}

/// `refused` when the relay said that it never will take it.
fn give_up(
    tx: &mut Tx<'_>,
    mail: &Outgoing,
    job: &Job,
    now: Timestamp,
    error: &str,
    refused: bool,
) -> Result<(), LeaseError> {
    metrics::counter!("kept_mails_failed_total").increment(1);
    outgoing::mark_failed(tx, mail.id, error)?;
    if refused && let [only] = undelivered::recipients(mail).as_slice() {
        let loss = undelivered::of_refusal(only, error);
        undelivered::note(tx, mail, &[loss], None, now).map_err(in_store)?;
    }
    if let Some(ticket) = mail.ticket {
        tell_ticket(tx, ticket, mail, now, error).map_err(in_store)?;
    }
    jobs::finish(tx, &job.lease)
}

fn in_store(error: Error) -> LeaseError {
    match error {
        Error::Store(store) => LeaseError::Store(store),
        other => LeaseError::Store(kept_store::StoreError::Sql(other.to_string())),
    }
}

fn tell_ticket(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    mail: &Outgoing,
    now: Timestamp,
    error: &str,
) -> Result<(), Error> {
    let at = kept_store::tickets::told_at(tx, ticket)?;
    let mut ticket = crate::tickets::load(tx, at)?;
    let to = undelivered::recipients(mail);
    let failed = Event::DeliveryFailed {
        outgoing: mail.id,
        to: to.join(", "),
        error: error.to_owned(),
        unheard: undelivered::is_lost(tx, &ticket, mail)?,
    };
    let events = kept_domain::tickets::not_heard(&ticket, failed);
    record(tx, &mut ticket, now, Actor::Kept, &events)
}
