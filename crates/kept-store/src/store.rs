//! The door: closures go in, run in a transaction on the store's own threads, and their answers
//! come out. Never blocks an async thread, and never says a write is done before it is on disk.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;

use tokio::sync::{broadcast, oneshot};

use crate::changes::{BACKLOG, Change};
use crate::error::StoreError;
use crate::location::Location;
use crate::migrations::{self, Migrated, SchemaState};
use crate::options::Options;
use crate::queue::Queue;
use crate::tx::{Database, Tx};
use crate::work::{Closure, Work};
use crate::{postgres, sqlite};

/// An open database. Clones share its threads; the last one to go lets them finish and end.
#[derive(Clone)]
pub struct Store {
    shared: Arc<Shared>,
}

struct Shared {
    location: Location,
    writes: Arc<Queue>,
    reads: Arc<Queue>,
    changes: broadcast::Sender<Change>,
    stop: Arc<AtomicBool>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Store {
    /// Opens a database without changing its schema; a SQLite file that is not there is made.
    /// Blocks while it connects.
    ///
    /// Fails with [`StoreError::Unavailable`] when the database can't be reached,
    /// [`StoreError::Corrupt`] when the file is no database, and [`StoreError::Newer`] when a
    /// newer Kept wrote it.
    pub fn open(location: &Location, options: &Options) -> Result<Store, StoreError> {
        let store = Store {
            shared: Arc::new(Shared::new(location, options)),
        };
        let threads = store.shared.start(options)?;
        *store.shared.threads() = threads;
        match store.schema()? {
            SchemaState::Newer { at, want } => Err(StoreError::Newer { at, want }),
            _ => Ok(store),
        }
    }

    /// Brings the schema up to date, all or nothing. Several nodes may do it at once: one works,
    /// the others wait and find it done. Blocks.
    pub fn migrate(&self) -> Result<Migrated, StoreError> {
        self.write_blocking(|tx| migrations::apply(tx, migrations::ALL))
    }

    /// How the database's schema compares to the one this Kept knows. Blocks.
    pub fn schema(&self) -> Result<SchemaState, StoreError> {
        self.read_blocking(|tx| migrations::state(tx, migrations::ALL))
    }

    /// Runs a closure in a transaction and keeps its changes if it answers `Ok`.
    ///
    /// Everything the closure did is undone when it answers an error, panics, or ran a
    /// statement that failed. The answer comes once the change is on disk. A caller that stops
    /// waiting does not stop the closure. On SQLite one thread runs all writes: work out what
    /// takes time beforehand. The closure must not call the store again.
    ///
    /// Fails with [`StoreError::Busy`] at once when too much is waiting.
    pub async fn write<T, E>(
        &self,
        closure: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        run(&self.shared.writes, closure).await
    }

    /// Runs a closure that only reads. It sees one unchanging picture of the data; a statement
    /// that writes fails with [`StoreError::ReadOnly`] on both databases.
    pub async fn read<T, E>(
        &self,
        closure: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        run(&self.shared.reads, closure).await
    }

    /// [`Store::write`] for threads that may block. Waits for room instead of answering `Busy`.
    pub fn write_blocking<T, E>(
        &self,
        closure: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        run_blocking(&self.shared.writes, closure)
    }

    /// [`Store::read`] for threads that may block. Waits for room instead of answering `Busy`.
    pub fn read_blocking<T, E>(
        &self,
        closure: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        run_blocking(&self.shared.reads, closure)
    }

    /// Which database this is.
    pub fn database(&self) -> Database {
        self.shared.location.database()
    }

    /// Where it is.
    pub fn location(&self) -> &Location {
        &self.shared.location
    }

    /// What committed writes announce from now on, on this and every other node. A watcher that
    /// falls far behind gets `Lagged` and should ask for everything again.
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.shared.changes.subscribe()
    }

    /// Lets nothing new in, finishes what waits, and ends the threads.
    pub async fn close(&self) {
        let shared = Arc::clone(&self.shared);
        if tokio::task::spawn_blocking(move || shared.close())
            .await
            .is_err()
        {
            tracing::error!("closing the database broke off");
        }
    }

    /// [`Store::close`] for threads that may block.
    pub fn close_blocking(&self) {
        self.shared.close();
    }
}

impl Shared {
    fn new(location: &Location, options: &Options) -> Shared {
        Shared {
            location: location.clone(),
            writes: Arc::new(Queue::new(options.queue)),
            reads: Arc::new(Queue::new(options.queue)),
            changes: broadcast::channel(BACKLOG).0,
            stop: Arc::new(AtomicBool::new(false)),
            threads: Mutex::new(Vec::new()),
        }
    }

    fn start(&self, options: &Options) -> Result<Vec<JoinHandle<()>>, StoreError> {
        let (writes, reads, changes) = (&self.writes, &self.reads, &self.changes);
        match &self.location {
            Location::Sqlite(file) => sqlite::start(file, options, writes, reads, changes),
            Location::Postgres(url) => {
                postgres::start(url, options, writes, reads, changes, &self.stop)
            }
        }
    }

    fn close(&self) {
        self.let_nothing_in();
        let threads = std::mem::take(&mut *self.threads());
        for thread in threads {
            if thread.join().is_err() {
                tracing::error!("a thread of the database panicked");
            }
        }
    }

    fn let_nothing_in(&self) {
        self.stop.store(true, Ordering::Relaxed);
        self.writes.close();
        self.reads.close();
    }

    fn threads(&self) -> std::sync::MutexGuard<'_, Vec<JoinHandle<()>>> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Shared {
    /// The threads finish what waits and end by themselves; nobody waits for them here.
    fn drop(&mut self) {
        self.let_nothing_in();
    }
}

async fn run<T, E>(
    queue: &Queue,
    closure: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    queue.offer(packed(closure, move |result| {
        // A caller that went away does not want the answer.
        let _ = reply.send(result);
    }))?;
    answer
        .await
        .unwrap_or_else(|_| Err(StoreError::closed().into()))
}

fn run_blocking<T, E>(
    queue: &Queue,
    closure: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let (reply, answer) = mpsc::sync_channel(1);
    queue.offer_waiting(packed(closure, move |result| {
        let _ = reply.send(result);
    }))?;
    answer
        .recv()
        .unwrap_or_else(|_| Err(StoreError::closed().into()))
}

fn packed<T, E>(
    closure: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    reply: impl FnOnce(Result<T, E>) + Send + 'static,
) -> Box<dyn Work>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    Closure::boxed(closure, reply)
}
