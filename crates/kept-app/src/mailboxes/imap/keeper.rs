//! Looks after all mailboxes: one task each, under a lease, so that of several nodes one fetches. A
//! mailbox that fails is tried again, ever less often; changed settings count at once.

use std::collections::HashMap;
use std::time::Duration;

use jiff::SignedDuration;
use kept_domain::ids::MailboxId;
use kept_store::mailboxes::{self, Mailbox};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::problem::Problem;
use super::{MAILBOXES, health, visit};
use crate::{Desk, Error};

/// How long until others may take over from a node that died.
const LEASE: SignedDuration = SignedDuration::from_secs(30);
const RENEW_AFTER: Duration = Duration::from_secs(10);
/// How long a visit may still take once it is asked to stop.
const LAST_MAIL: Duration = Duration::from_secs(10);
/// How often to ask whether a lease is free, and whether another process changed the settings.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// A mailbox somebody looks after, set up as it was then.
struct Attended {
    mailbox: Mailbox,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// Fetches from all mailboxes until `stop` says so; mails under way come to their end.
pub async fn run(desk: Desk, mut stop: watch::Receiver<bool>) {
    let node = desk.random().word().unwrap_or_else(|_| "node".into());
    let mut changes = desk.store().changes();
    let mut attended: HashMap<MailboxId, Attended> = HashMap::new();
    while !*stop.borrow() {
        match wanted(&desk).await {
            Ok(wanted) => arrange(&desk, &node, &mut attended, wanted),
            Err(error) => tracing::warn!(%error, "the mailboxes could not be read; trying again"),
        }
        tokio::select! {
            () = until_changed(&mut changes) => {}
            () = tokio::time::sleep(LOOK_AGAIN) => {}
            _ = stop.changed() => {}
        }
    }
    for one in attended.values() {
        one.stop.send_replace(true);
    }
    for one in attended.into_values() {
        // A task that panicked was told by the panic itself.
        let _ = one.task.await;
    }
}

async fn wanted(desk: &Desk) -> Result<Vec<Mailbox>, Error> {
    let all = desk.store().read(mailboxes::all).await?;
    Ok(all.into_iter().filter(|mailbox| mailbox.is_on).collect())
}

async fn until_changed(changes: &mut tokio::sync::broadcast::Receiver<kept_store::Change>) {
    loop {
        match changes.recv().await {
            Ok(change) if change.topic != MAILBOXES => {}
            // Nobody tells any more; the timer looks instead.
            Err(RecvError::Closed) => std::future::pending().await,
            Ok(_) | Err(RecvError::Lagged(_)) => return,
        }
    }
}

/// Begins what is missing, and stops what is gone, changed or broken.
fn arrange(
    desk: &Desk,
    node: &str,
    attended: &mut HashMap<MailboxId, Attended>,
    wanted: Vec<Mailbox>,
) {
    attended.retain(|id, one| {
        let same = wanted.iter().any(|mailbox| {
            mailbox.id == *id
                && mailbox.name == one.mailbox.name
                && mailbox.settings == one.mailbox.settings
        });
        if !same {
            one.stop.send_replace(true);
        }
        !one.task.is_finished()
    });
    for mailbox in wanted {
        if attended.contains_key(&mailbox.id) {
            continue;
        }
        let (stop, stopping) = watch::channel(false);
        let task = attend(desk.clone(), node.to_owned(), mailbox.id, stopping);
        let one = Attended {
            task: tokio::spawn(task),
            stop,
            mailbox,
        };
        attended.insert(one.mailbox.id, one);
    }
}

/// How holding a lease ended.
enum Ended {
    Stopped,
    /// Another node has it, or the mailbox was switched off.
    Lost,
    Failed(Problem),
}

async fn attend(desk: Desk, node: String, id: MailboxId, mut stop: watch::Receiver<bool>) {
    let mut failures = 0_u32;
    while !*stop.borrow() {
        let pause = match lease(&desk, &node, id).await {
            Ok(true) => {
                let mut went_well = false;
                let ended = under_lease(&desk, &node, id, &mut stop, &mut went_well).await;
                failures = if went_well {
                    1
                } else {
                    failures.saturating_add(1)
                };
                let pause = write_down(&desk, id, ended, failures).await;
                release(&desk, &node, id).await;
                pause
            }
            Ok(false) => LOOK_AGAIN,
            Err(error) => {
                tracing::warn!(mailbox = id.0, %error, "no lease on a mailbox; trying again");
                LOOK_AGAIN
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stop.wait_for(|stop| *stop) => {}
        }
    }
}

async fn under_lease(
    desk: &Desk,
    node: &str,
    id: MailboxId,
    stop: &mut watch::Receiver<bool>,
    went_well: &mut bool,
) -> Ended {
    let mailbox = match desk.store().read(move |tx| mailboxes::find(tx, id)).await {
        Ok(Some(mailbox)) => mailbox,
        Ok(None) => return Ended::Lost,
        Err(error) => return Ended::Failed(error.into()),
    };
    let mut stopping = stop.clone();
    let out_of_patience = async {
        let _ = stopping.wait_for(|stop| *stop).await;
        tokio::time::sleep(LAST_MAIL).await;
    };
    let visit = visit::stay(desk, &mailbox, stop, went_well);
    tokio::pin!(visit, out_of_patience);
    loop {
        tokio::select! {
            // Whatever is cut short is fetched again: it was not marked there.
            () = &mut out_of_patience => return Ended::Stopped,
            ended = &mut visit => return ended.map_or_else(Ended::Failed, |()| Ended::Stopped),
            () = tokio::time::sleep(RENEW_AFTER) => match lease(desk, node, id).await {
                Ok(true) => {}
                Ok(false) => return Ended::Lost,
                // Fetching may go on: whoever takes over meanwhile knows each mail by its content.
                Err(error) => tracing::warn!(mailbox = id.0, %error, "a lease could not be renewed"),
            },
        }
    }
}

/// Writes a failure down and says how long to wait.
async fn write_down(desk: &Desk, id: MailboxId, ended: Ended, failures: u32) -> Duration {
    let problem = match ended {
        Ended::Stopped => return Duration::ZERO,
        Ended::Lost => return LOOK_AGAIN,
        Ended::Failed(problem) => problem,
    };
    let die = desk.random().bytes::<1>().map_or(0, |[die]| die);
    let pause = problem.kind.pause(failures, die);
    if let Err(error) = health::failed(desk, id, &problem, Some(pause)).await {
        tracing::warn!(mailbox = id.0, %error, "a mailbox's trouble could not be written down");
    }
    pause.unsigned_abs()
}

async fn lease(desk: &Desk, node: &str, id: MailboxId) -> Result<bool, Error> {
    let (node, now) = (node.to_owned(), desk.now());
    let leased = desk
        .store()
        .write(move |tx| mailboxes::lease(tx, id, &node, now, now + LEASE));
    Ok(leased.await?)
}

async fn release(desk: &Desk, node: &str, id: MailboxId) {
    let node = node.to_owned();
    let released = desk
        .store()
        .write(move |tx| mailboxes::release(tx, id, &node));
    if let Err(error) = released.await {
        let error: kept_store::StoreError = error;
        tracing::warn!(mailbox = id.0, %error, "a lease was not given back; it runs out by itself");
    }
}
