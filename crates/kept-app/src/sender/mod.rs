//! Mail on its way out: queued in the transaction that caused it, sent by a job until it is delivered
//! or has visibly failed, always under the same Message-ID: to everybody at once, or else to each.

mod attempt;
mod domains;
mod each;
mod finish;
mod folder;
mod in_force;
mod leave_out;
mod pauses;
mod relay;

pub use attempt::{Failure, bytes_of};
pub use in_force::RelaySettings;
pub(crate) use in_force::relay_in_force;
pub use relay::{Relay, Security};

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use kept_domain::ids::{MessageId, OutgoingId, TicketId};
use kept_mail::OutgoingMail;
use kept_store::jobs::{self, Job, LeaseError, NewJob};
use kept_store::outgoing::{self, NewOutgoing, Outgoing, State};
use kept_store::{Tx, deliveries};

use self::attempt::Ended;
use self::finish::finish;
use crate::consequences::OUTBOX;
use crate::{Desk, Error, undelivered};

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
        .everybody()
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
            let to: Vec<String> = mail.iter().flat_map(undelivered::recipients).collect();
            for address in &to {
                kept_store::bounced::clear(tx, address, Some(by), now)?;
            }
            deliveries::try_anew(tx, id, now)?;
            domains::take_mail(tx, &to)?;
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

/// Carries one job out: one try to send one mail.
pub(crate) async fn run(desk: &Desk, job: &Job) -> Result<(), LeaseError> {
    let id = OutgoingId(job.body.parse().unwrap_or(0));
    let mail = desk.store().read(move |tx| outgoing::find(tx, id)).await?;
    // A mail that is gone or sent needs no second copy.
    let Some(mail) = mail.filter(|mail| mail.state == State::Queued) else {
        return finish(desk, job, None).await;
    };
    let ended = attempt_under_lease(desk, job, &mail).await?;
    // What was sent must be written down, or it goes out again.
    finish(desk, job, Some((mail, ended))).await
}

/// Writes to the store, again and again for a while when it can't be written just now.
async fn insist(
    desk: &Desk,
    write: impl Fn(&mut Tx<'_>) -> Result<(), LeaseError> + Clone + Send + 'static,
) -> Result<(), LeaseError> {
    let mut tries = 1;
    loop {
        match desk.store().write(write.clone()).await {
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
    let attempt = attempt::attempt(desk, job, mail);
    tokio::pin!(attempt);
    loop {
        tokio::select! {
            ended = &mut attempt => return ended,
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
