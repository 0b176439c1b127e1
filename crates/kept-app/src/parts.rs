//! Long work in parts: so much with one transaction, then again in the next job, until none is left. Others who write never
//! wait for all of it, and a restart goes on where it was. What it works at is a row with a number.

use jiff::Timestamp;
use kept_store::Tx;
use kept_store::jobs::{self, Job, LeaseError, NewJob};

use crate::{Desk, Error};

/// Tickets or lines of one transaction: others who write wait no longer than for these.
pub(crate) const AT_ONCE: usize = 50;

/// The name of one such work among the jobs, of which there is one at a time.
pub(crate) fn key(kind: &str, id: i64) -> String {
    format!("{kind}:{id}")
}

/// Puts the first part, or the next, in line.
pub(crate) fn enqueue(
    tx: &mut Tx<'_>,
    kind: &'static str,
    id: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let job = NewJob {
        kind,
        body: &id.to_string(),
        run_at: now,
        created_at: now,
        unique_key: Some(&key(kind, id)),
    };
    jobs::enqueue(tx, &job)?;
    Ok(())
}

/// Does one part and comes again where it says that there is more.
pub(crate) async fn run(
    desk: &Desk,
    job: &Job,
    kind: &'static str,
    part: impl FnOnce(&mut Tx<'_>, i64, Timestamp) -> Result<bool, Error> + Send + 'static,
) -> Result<(), LeaseError> {
    let (lease, now) = (job.lease.clone(), desk.now());
    let id: Option<i64> = job.body.parse().ok();
    desk.store()
        .write(move |tx| {
            if let Some(id) = id
                && part(tx, id, now)?
            {
                enqueue(tx, kind, id, now)?;
            }
            jobs::finish(tx, &lease)
        })
        .await?;
    desk.wake_worker();
    Ok(())
}

/// Whether somebody goes on with it.
pub(crate) fn goes_on(tx: &mut Tx<'_>, kind: &str, id: i64) -> Result<bool, Error> {
    Ok(jobs::is_in_line(tx, &key(kind, id))?)
}
