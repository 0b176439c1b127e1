//! A reading thread: each closure sees one unchanging picture of the data.

use std::time::Duration;

use crate::error::StoreError;
use crate::queue::{Queue, Taken};
use crate::sqlite::Session;
use crate::tx::{self, Tx};
use crate::work::Work;

/// A reader has nothing else to do; it only wakes to wait again.
const PATIENCE: Duration = Duration::from_secs(60);

/// Serves reads until the queue is closed and empty.
pub(crate) fn serve(session: &mut Session, queue: &Queue) {
    loop {
        match queue.take(1, PATIENCE) {
            Taken::Work(waiting) => {
                for work in waiting {
                    read(session, work);
                }
            }
            Taken::Nothing => {}
            Taken::Closed => break,
        }
    }
}

fn read(session: &mut Session, mut work: Box<dyn Work>) {
    if let Err(error) = session.run("BEGIN") {
        return work.answer(Err(error));
    }
    let mut tx = Tx::new(tx::Session::Sqlite(session));
    work.run(&mut tx);
    let spoiled = tx.end().spoiled;
    let ended = end(session);
    work.answer(spoiled.map_or(ended, Err));
}

/// A read leaves nothing behind; `ROLLBACK` says so.
fn end(session: &Session) -> Result<(), StoreError> {
    if session.in_transaction() {
        return session.run("ROLLBACK");
    }
    Ok(())
}
