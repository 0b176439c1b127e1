//! SQLite behind the door: one writing thread that commits in groups, reading threads beside it.
//! Never lets a reader write, and never answers a writer before the commit is on disk.

mod error;
mod reader;
mod session;
mod writer;

use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::broadcast;

use crate::changes::Change;
use crate::error::StoreError;
use crate::options::Options;
use crate::queue::Queue;
pub(crate) use session::Session;

/// Opens the file once per thread and starts the threads. Fails when the file can't be
/// opened or is not a database.
pub(crate) fn start(
    file: &Path,
    options: &Options,
    writes: &Arc<Queue>,
    reads: &Arc<Queue>,
    changes: &broadcast::Sender<Change>,
) -> Result<Vec<JoinHandle<()>>, StoreError> {
    let mut threads = Vec::new();
    let writing = Session::writing(file)?;
    let (queue, changes) = (Arc::clone(writes), changes.clone());
    threads.push(crate::spawn::thread("kept-sqlite-write", move || {
        writer::serve(writing, &queue, &changes);
    })?);
    for _ in 0..options.readers.max(1) {
        let mut reading = Session::reading(file)?;
        let queue = Arc::clone(reads);
        threads.push(crate::spawn::thread("kept-sqlite-read", move || {
            reader::serve(&mut reading, &queue);
        })?);
    }
    Ok(threads)
}
