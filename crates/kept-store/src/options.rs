//! How many threads a store uses and how much may wait in front of them.

use std::thread::available_parallelism;

/// Sizes of a store. The default suits one node on a small server.
#[derive(Debug, Clone)]
pub struct Options {
    /// Threads that read, each with its own connection.
    pub readers: usize,
    /// Connections that write, on PostgreSQL. SQLite always has one writer.
    pub workers: usize,
    /// Closures that may wait for a thread, for writes and for reads each.
    /// One more is answered [`crate::StoreError::Busy`].
    pub queue: usize,
    /// The name PostgreSQL shows for our connections.
    pub application_name: String,
    /// Whether [`crate::Store::changes`] also tells what other processes changed.
    /// A short command needs no watcher and saves its connection.
    pub watch: bool,
}

impl Default for Options {
    /// Readers and workers: the number of processors, between 2 and 8.
    fn default() -> Options {
        let processors = available_parallelism().map_or(2, usize::from).clamp(2, 8);
        Options {
            readers: processors,
            workers: processors,
            queue: 1024,
            application_name: "kept".to_owned(),
            watch: true,
        }
    }
}
