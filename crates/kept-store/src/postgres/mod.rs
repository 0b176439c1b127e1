//! PostgreSQL behind the door: worker threads with a connection each, and one that listens.
//! Never runs a closure twice: what broke half-way is reported, not repeated.

mod connect;
pub(crate) mod error;
mod listener;
mod session;
mod sql;
mod value;
mod worker;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread::JoinHandle;

use tokio::sync::broadcast;

use crate::changes::Change;
use crate::error::StoreError;
use crate::options::Options;
use crate::queue::Queue;
use connect::{Link, Server};
pub(crate) use session::Session;

/// Starts the workers, which connect when they are first needed, and the listener, which is
/// connected when this returns. Fails when the address can't be used or the server can't be reached.
pub(crate) fn start(
    url: &str,
    options: &Options,
    writes: &Arc<Queue>,
    reads: &Arc<Queue>,
    changes: &broadcast::Sender<Change>,
    stop: &Arc<AtomicBool>,
) -> Result<Vec<JoinHandle<()>>, StoreError> {
    let server = Arc::new(Server::new(url, &options.application_name)?);
    let mut threads = Vec::new();
    if options.watch {
        threads.push(listener::start(
            Arc::clone(&server),
            changes.clone(),
            Arc::clone(stop),
        )?);
    }
    let readers =
        (0..options.readers.max(1)).map(|_| (Link::reading(&server), reads, "kept-pg-read"));
    let writers =
        (0..options.workers.max(1)).map(|_| (Link::writing(&server), writes, "kept-pg-write"));
    for (mut link, queue, name) in readers.chain(writers) {
        let queue = Arc::clone(queue);
        threads.push(crate::spawn::thread(name, move || {
            worker::serve(&mut link, &queue);
        })?);
    }
    Ok(threads)
}
