//! A worker: one closure, one transaction, one answer.
//! Never runs a closure a second time, and never says "kept" before the server did.

use std::time::Duration;

use crate::error::StoreError;
use crate::postgres::Session;
use crate::postgres::connect::Link;
use crate::queue::{Queue, Taken};
use crate::tx::{self, Tx};
use crate::work::Work;

/// A worker has nothing else to do; it only wakes to wait again.
const PATIENCE: Duration = Duration::from_secs(60);

/// Serves the queue until it is closed and empty.
pub(crate) fn serve(link: &mut Link, queue: &Queue) {
    loop {
        match queue.take(1, PATIENCE) {
            Taken::Work(waiting) => {
                for work in waiting {
                    transact(link, work);
                }
            }
            Taken::Nothing => {}
            Taken::Closed => break,
        }
    }
    link.wake_listeners();
}

fn transact(link: &mut Link, mut work: Box<dyn Work>) {
    let session = match link.begin() {
        Ok(session) => session,
        Err(error) => return work.answer(Err(error)),
    };
    let mut tx = Tx::new(tx::Session::Postgres(session));
    let keep = work.run(&mut tx);
    let left = tx.end();
    let kept = match left.spoiled {
        None if keep => session.commit(),
        spoiled => undo(session, spoiled),
    };
    let told = match kept {
        Ok(()) if keep => session.notify(&left.topics),
        _ => Ok(()),
    };
    let is_usable = !matches!(
        kept,
        Err(StoreError::Unavailable { .. } | StoreError::Unsure { .. })
    );
    work.answer(kept);
    if let Err(error) = &told {
        tracing::warn!(%error, "other nodes could not be told of a change; their pages show it when next loaded");
    }
    if !is_usable || told.is_err() {
        link.forget();
    }
}

/// Rolls back. What spoiled the transaction is the better news than a failing rollback.
fn undo(session: &mut Session, spoiled: Option<StoreError>) -> Result<(), StoreError> {
    let undone = session.roll_back();
    match (spoiled, undone) {
        (_, Err(error @ StoreError::Unavailable { .. })) => Err(error),
        (Some(error), _) => Err(error),
        (None, undone) => undone,
    }
}
