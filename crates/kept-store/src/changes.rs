//! What a committed write tells those who watch.
//! Never carries data: a watcher asks again, with its own rights.

use std::collections::HashSet;

use tokio::sync::broadcast;

use crate::tx::EVERYTHING;

/// Something changed. `topic` is what the write announced, or `*` when it can't be known what:
/// another process wrote to the SQLite file, or the connection that listens was lost for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub topic: String,
}

impl Change {
    pub(crate) fn everything() -> Change {
        Change {
            topic: EVERYTHING.to_owned(),
        }
    }
}

/// How many changes a slow watcher may fall behind before it is told that it missed some.
pub(crate) const BACKLOG: usize = 1024;

/// Tells each topic once. That nobody listens is fine.
pub(crate) fn tell(changes: &broadcast::Sender<Change>, topics: Vec<String>) {
    let mut told = HashSet::new();
    for topic in topics {
        if told.insert(topic.clone()) {
            let _ = changes.send(Change { topic });
        }
    }
}
