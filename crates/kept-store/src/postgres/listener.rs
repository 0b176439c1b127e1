//! The thread that hears what every node, this one too, committed.
//! Never trusts that it heard everything: after a break it says that anything may have changed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use postgres::Client;
use postgres::fallible_iterator::FallibleIterator;
use tokio::sync::broadcast;

use crate::changes::{Change, tell};
use crate::error::StoreError;
use crate::postgres::connect::Server;
use crate::postgres::session::CHANNEL;

/// How long it listens before looking whether it should stop.
const ROUND: Duration = Duration::from_millis(200);
/// How long it waits before it tries to connect again.
const PAUSE: Duration = Duration::from_secs(1);

/// Starts the thread and returns once it listens, or with the reason why it can't.
pub(crate) fn start(
    server: Arc<Server>,
    changes: broadcast::Sender<Change>,
    stop: Arc<AtomicBool>,
) -> Result<JoinHandle<()>, StoreError> {
    let (ready, started) = channel();
    let thread = crate::spawn::thread("kept-pg-listen", move || {
        if let Some(client) = first(&server, &ready) {
            listen_on(&server, client, &changes, &stop);
        }
    })?;
    match started.recv() {
        Ok(Ok(())) => Ok(thread),
        Ok(Err(error)) => Err(error),
        Err(_) => Err(StoreError::closed()),
    }
}

fn first(server: &Server, ready: &Sender<Result<(), StoreError>>) -> Option<Client> {
    let client = connect(server);
    let report = client.as_ref().map(|_| ()).map_err(Clone::clone);
    let _ = ready.send(report);
    client.ok()
}

fn connect(server: &Server) -> Result<Client, StoreError> {
    let mut client = server.connect()?;
    client.batch_execute(&format!("LISTEN {CHANNEL}"))?;
    Ok(client)
}

fn listen_on(
    server: &Server,
    mut client: Client,
    changes: &broadcast::Sender<Change>,
    stop: &AtomicBool,
) {
    while !stop.load(Ordering::Relaxed) {
        if let Err(error) = hear(&mut client, changes) {
            tracing::warn!(%error, "live updates from PostgreSQL broke off; connecting again");
            match reconnect(server, stop) {
                Some(again) => client = again,
                None => return,
            }
            let _ = changes.send(Change::everything());
        }
    }
}

/// Listens for one round. Fails when the connection is gone.
fn hear(client: &mut Client, changes: &broadcast::Sender<Change>) -> Result<(), StoreError> {
    pass_on(client, changes)?;
    if client.is_closed() {
        return Err(StoreError::Unavailable {
            what: "the server closed the connection".to_owned(),
        });
    }
    Ok(())
}

fn pass_on(client: &mut Client, changes: &broadcast::Sender<Change>) -> Result<(), StoreError> {
    let mut notifications = client.notifications();
    let mut arriving = notifications.timeout_iter(ROUND);
    while let Some(notification) = arriving.next()? {
        match notification.payload() {
            // Some node is closing, perhaps this one: see whether to go on.
            "" => return Ok(()),
            topic => tell(changes, vec![topic.to_owned()]),
        }
    }
    Ok(())
}

fn reconnect(server: &Server, stop: &AtomicBool) -> Option<Client> {
    while !stop.load(Ordering::Relaxed) {
        if let Ok(client) = connect(server) {
            return Some(client);
        }
        thread::park_timeout(PAUSE);
    }
    None
}
