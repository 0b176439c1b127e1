//! Letting open tickets follow another version, a batch a transaction, so that thousands of them hold nobody up. A job
//! that is broken off goes on where it was: each ticket says in its own history what holds for it.

use jiff::{SignedDuration, Timestamp};
use kept_domain::event::{Actor, Event};
use kept_domain::ids::{AgreementVersionId, PersonId, TicketId};
use kept_store::jobs::{self, Job, LeaseError, NewJob};
use kept_store::{StoreError, Tx, agreements, tickets};
use serde::{Deserialize, Serialize};

use super::book;
use crate::consequences::record;
use crate::{Desk, Error};

pub(crate) const JOB: &str = "agreement-binding";
/// Tickets of one transaction.
const BATCH: usize = 100;
/// How often a batch is tried before a person has to look.
const MOST_TRIES: i64 = 10;
const TRY_AGAIN: SignedDuration = SignedDuration::from_secs(30);

/// What is left to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Binding {
    version: AgreementVersionId,
    from_start: bool,
    by: PersonId,
    /// All tickets up to this one are done.
    after: TicketId,
    /// Tickets opened later follow the version by themselves.
    opened_before_ms: i64,
}

pub(super) fn queue(
    tx: &mut Tx<'_>,
    version: AgreementVersionId,
    from_start: bool,
    by: PersonId,
    now: Timestamp,
) -> Result<(), Error> {
    let binding = Binding {
        version,
        from_start,
        by,
        after: TicketId(0),
        opened_before_ms: now.as_millisecond(),
    };
    enqueue(tx, &binding, now)
}

fn enqueue(tx: &mut Tx<'_>, binding: &Binding, now: Timestamp) -> Result<(), Error> {
    let body = serde_json::to_string(binding)
        .map_err(|e| Error::Outside(format!("a job can't be written down: {e}")))?;
    let job = NewJob {
        kind: JOB,
        body: &body,
        run_at: now,
        created_at: now,
        unique_key: None,
    };
    jobs::enqueue(tx, &job)?;
    Ok(())
}

/// One batch, and in the same transaction the job for the next.
pub(crate) async fn run(desk: &Desk, job: &Job) -> Result<(), LeaseError> {
    let (lease, now) = (job.lease.clone(), desk.now());
    let Ok(binding) = serde_json::from_str::<Binding>(&job.body) else {
        let bury = move |tx: &mut Tx<'_>| jobs::bury(tx, &lease, now, "this is no binding");
        return desk.store().write(bury).await;
    };
    let done = desk
        .store()
        .write(move |tx| {
            if let Some(rest) = batch(tx, &binding, now)? {
                enqueue(tx, &rest, now)?;
            }
            jobs::finish(tx, &lease).map_err(Failed::Lease)
        })
        .await;
    match done {
        Ok(()) => {
            desk.wake_worker();
            Ok(())
        }
        Err(Failed::Lease(lost)) => Err(lost),
        Err(Failed::Why(error)) => again(desk, job, &error).await,
    }
}

/// Why a batch was given up.
enum Failed {
    Lease(LeaseError),
    Why(Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Failed::Why(error)
    }
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Failed::Why(error.into())
    }
}

async fn again(desk: &Desk, job: &Job, error: &Error) -> Result<(), LeaseError> {
    tracing::warn!(job = job.id.0, %error, "open tickets could not follow an agreement; trying again");
    let (lease, now, tries, why) = (
        job.lease.clone(),
        desk.now(),
        job.attempts,
        error.to_string(),
    );
    desk.store()
        .write(move |tx| match tries < MOST_TRIES {
            true => jobs::retry(tx, &lease, now + TRY_AGAIN, &why),
            false => jobs::bury(tx, &lease, now, &why),
        })
        .await
}

/// The next tickets; `None` when there are no more.
fn batch(tx: &mut Tx<'_>, binding: &Binding, now: Timestamp) -> Result<Option<Binding>, Error> {
    let book = book(tx)?;
    // It was replaced before its turn came: nothing follows it any more.
    let Some(version) = book.version(binding.version) else {
        return Ok(None);
    };
    let ids = agreements::open_tickets(tx, version.scope, binding.after, BATCH)?;
    for id in &ids {
        let Some(mut ticket) = tickets::find_to_change(tx, *id)? else {
            continue;
        };
        let held = book.for_new(ticket.client, ticket.queue, now);
        let earlier = ticket.opened_at.as_millisecond() < binding.opened_before_ms;
        if ticket.is_open() && earlier && held.id == version.id {
            let changed = Event::AgreementChanged {
                version: version.id,
                from_start: binding.from_start,
            };
            record(tx, &mut ticket, now, Actor::Person(binding.by), &[changed])?;
        }
    }
    let last = ids.last().filter(|_| ids.len() == BATCH);
    Ok(last.map(|last| Binding {
        after: *last,
        ..binding.clone()
    }))
}
