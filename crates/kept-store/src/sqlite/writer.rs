//! The one writer: what waits is done in one transaction, a savepoint each, one sync for all.
//! Never lets a closure that failed or panicked touch the others of its group.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use tokio::sync::broadcast;

use crate::changes::{self, Change};
use crate::clock;
use crate::error::StoreError;
use crate::queue::{Queue, Taken};
use crate::sqlite::Session;
use crate::tx::{self, Last, Tx};
use crate::work::Work;

/// The most closures in one commit: enough to share a sync, few enough to answer the first soon.
const GROUP: usize = 64;
/// How often we look whether another process wrote to the file.
const WATCH: Duration = Duration::from_millis(500);

/// Serves writes until the queue is closed and empty.
pub(crate) fn serve(mut session: Session, queue: &Queue, changes: &broadcast::Sender<Change>) {
    let mut watcher = Watcher::new(&session);
    loop {
        match queue.take(GROUP, WATCH) {
            Taken::Work(mut waiting) => {
                while !waiting.is_empty() {
                    commit_together(&mut session, &mut waiting, changes);
                }
            }
            Taken::Nothing => {}
            Taken::Closed => break,
        }
        watcher.look(&session, changes);
    }
    if let Err(error) = session.tidy() {
        tracing::warn!(%error, "the SQLite log could not be emptied into its file; the next start does it");
    }
}

/// A closure that ran: what becomes of it if the commit succeeds.
struct Done {
    work: Box<dyn Work>,
    ended: Result<(), StoreError>,
}

/// What the closures of a group that are kept leave to be done together.
#[derive(Default)]
struct Together {
    topics: Vec<String>,
    last: Vec<Last>,
}

/// Runs what waits in one transaction and answers each. Leaves closures in line only when
/// SQLite gave the transaction up half-way.
fn commit_together(
    session: &mut Session,
    waiting: &mut VecDeque<Box<dyn Work>>,
    changes: &broadcast::Sender<Change>,
) {
    if let Err(error) = session.run("BEGIN IMMEDIATE") {
        for work in waiting.drain(..) {
            work.answer(Err(error.clone()));
        }
        return;
    }
    let mut done = Vec::new();
    let mut together = Together::default();
    while session.in_transaction()
        && let Some(work) = waiting.pop_front()
    {
        done.push(run_apart(session, work, &mut together));
    }
    match commit(session, &done, &together.last) {
        Ok(()) => changes::tell(changes, together.topics),
        Err(error) => lose(&mut done, &error),
    }
    for Done { work, ended } in done {
        work.answer(ended);
    }
}

/// Runs one closure inside its own savepoint.
fn run_apart(session: &mut Session, mut work: Box<dyn Work>, together: &mut Together) -> Done {
    if let Err(error) = session.run("SAVEPOINT one") {
        return Done {
            work,
            ended: Err(error),
        };
    }
    let mut tx = Tx::new(tx::Session::Sqlite(session));
    let keep = work.run(&mut tx);
    let left = tx.end();
    let ended = match left.spoiled {
        Some(error) => Err(error),
        None if keep => session.run("RELEASE one"),
        None => Ok(()),
    };
    if keep && ended.is_ok() {
        together.topics.extend(left.topics);
        together.last.extend(left.last);
    } else if session.in_transaction() {
        undo(session);
    }
    Done { work, ended }
}

fn undo(session: &Session) {
    let undone = session
        .run("ROLLBACK TO one")
        .and_then(|()| session.run("RELEASE one"));
    if let Err(error) = undone {
        // Without a clean savepoint nothing of the group may be kept.
        tracing::error!(%error, "SQLite could not undo a change, so its whole group is undone");
        roll_back(session);
    }
}

fn roll_back(session: &Session) {
    if session.in_transaction()
        && let Err(error) = session.run("ROLLBACK")
    {
        tracing::error!(%error, "SQLite could not roll back");
    }
}

/// Writes what comes last and commits, or says why the group is lost: SQLite ended the transaction itself, or
/// one of both failed.
fn commit(session: &mut Session, done: &[Done], last: &[Last]) -> Result<(), StoreError> {
    if !session.in_transaction() {
        let cause = done.iter().rev().find_map(|one| one.ended.clone().err());
        return Err(cause.unwrap_or_else(|| StoreError::Unavailable {
            what: "SQLite gave up the transaction".to_owned(),
        }));
    }
    last.iter()
        .try_for_each(|one| session.exec(one.sql, &one.params).map(drop))
        .and_then(|()| session.run("COMMIT"))
        .inspect_err(|_| roll_back(session))
}

fn lose(done: &mut [Done], error: &StoreError) {
    for one in done.iter_mut().filter(|one| one.ended.is_ok()) {
        one.ended = Err(error.clone());
    }
}

/// Looks for commits of other processes. It must ask on the writer's own connection, because
/// `data_version` counts every commit but those of the connection that asks.
struct Watcher {
    seen: Option<i64>,
    next: Instant,
}

impl Watcher {
    fn new(session: &Session) -> Watcher {
        Watcher {
            seen: session.data_version().ok(),
            next: clock::ticking() + WATCH,
        }
    }

    fn look(&mut self, session: &Session, changes: &broadcast::Sender<Change>) {
        if clock::ticking() < self.next {
            return;
        }
        self.next = clock::ticking() + WATCH;
        let now = session.data_version().ok();
        if now.is_some() && now != self.seen {
            self.seen = now;
            let _ = changes.send(Change::everything());
        }
    }
}
