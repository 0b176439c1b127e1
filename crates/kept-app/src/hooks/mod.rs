//! Web-hooks: what other programs are told, whether by a rule, by an alarm or for an agent. Each delivery is written down
//! with what caused it and told by a durable job with patience, signed, and only where it may lead.

mod address;
mod answer;
mod get;
mod post;
mod private_hosts;
mod reach;
mod tell;

use jiff::Timestamp;
use kept_store::hooks::{self, NewDelivery};
use kept_store::jobs::{self, NewJob};
use kept_store::{StoreError, Tx};

pub(crate) use address::{Address, Reach};
pub use answer::Ended;
pub(crate) use get::get;
pub(crate) use post::{check, host};
pub(crate) use private_hosts::listed as private_hosts_of;
pub use private_hosts::{change_private_hosts, private_hosts};
pub(crate) use tell::{run, try_out};

pub(crate) const JOB: &str = "web-hook";

/// Writes down what is told, and the job that tells it at `run_at` or soon after.
pub(crate) fn queue(
    tx: &mut Tx<'_>,
    new: &NewDelivery<'_>,
    run_at: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    let id = hooks::insert(tx, new, now)?;
    let job = NewJob {
        kind: JOB,
        body: &id.to_string(),
        run_at,
        created_at: now,
        unique_key: None,
    };
    jobs::enqueue(tx, &job)?;
    Ok(())
}
