//! The clock of an offer: one job a ticket, due when the offer is.

use jiff::Timestamp;
use kept_domain::ids::TicketId;
use kept_domain::tickets::Ticket;
use kept_store::Tx;
use kept_store::jobs::{self, Job, LeaseError, NewJob};

use crate::{Desk, Error};

pub(crate) const JOB: &str = "delegation";

fn key(id: TicketId) -> String {
    format!("delegation:{id}")
}

/// Sees to it that a new offer is looked after. Jobs of offers that are over find nothing to do.
pub(crate) fn follow(
    tx: &mut Tx<'_>,
    before: &Ticket,
    after: &Ticket,
    now: Timestamp,
) -> Result<(), Error> {
    match after.delegation {
        Some(offer) if before.delegation != after.delegation => {
            enqueue(tx, after.id, offer.due, now)
        }
        _ => Ok(()),
    }
}

fn enqueue(tx: &mut Tx<'_>, id: TicketId, due: Timestamp, now: Timestamp) -> Result<(), Error> {
    let job = NewJob {
        kind: JOB,
        body: &id.to_string(),
        run_at: due,
        created_at: now,
        unique_key: Some(&key(id)),
    };
    jobs::enqueue(tx, &job)?;
    Ok(())
}

/// Whether somebody will look when the ticket's offer is due; for the doctor.
pub(crate) fn is_scheduled(tx: &mut Tx<'_>, id: TicketId) -> Result<bool, Error> {
    Ok(jobs::is_in_line(tx, &key(id))?)
}

/// Lets an offer time out, or comes again when it was made anew since.
pub(crate) async fn run(desk: &Desk, job: &Job) -> Result<(), LeaseError> {
    let (lease, now) = (job.lease.clone(), desk.now());
    let id = job.body.parse().ok().map(TicketId);
    desk.store()
        .write(move |tx| {
            if let Some(id) = id {
                look(tx, id, now)?;
            }
            jobs::finish(tx, &lease)
        })
        .await?;
    desk.wake_worker();
    Ok(())
}

fn look(tx: &mut Tx<'_>, id: TicketId, now: Timestamp) -> Result<(), Error> {
    super::time_out(tx, id, now)?;
    match crate::tickets::load(tx, id)?.delegation {
        Some(offer) => enqueue(tx, id, offer.due, now),
        None => Ok(()),
    }
}
