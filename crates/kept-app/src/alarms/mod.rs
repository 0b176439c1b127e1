//! Tells the admins by another road that mail does not come: by mail to their own addresses, never
//! into our queues, and by a web-hook when one is set. Written with what caused it, sent by jobs.

pub mod hook;
mod words;

use jiff::Timestamp;
use kept_domain::people::{EmailAddress, Role};
use kept_mail::Mailbox as Address;
use kept_store::{StoreError, Tx, people, queues};

pub(crate) use words::{over, too_large, trouble};

use crate::notifications::letter::{self, Letter};
use crate::{Desk, Error};

/// Something the admins should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notice {
    /// A word for programs: `sign-in`, `over`, `too-large`.
    pub kind: &'static str,
    pub subject: String,
    pub text: String,
}

/// Tells it in a transaction of its own.
pub(crate) async fn tell(desk: &Desk, notice: Notice) -> Result<(), Error> {
    let (at_desk, now) = (desk.clone(), desk.now());
    desk.store()
        .write(move |tx| queue(tx, &at_desk, &notice, now))
        .await?;
    desk.wake_worker();
    Ok(())
}

/// Tells it with what caused it.
pub(crate) fn queue(
    tx: &mut Tx<'_>,
    desk: &Desk,
    notice: &Notice,
    now: Timestamp,
) -> Result<(), Error> {
    hook::queue(tx, notice, now)?;
    if our_address(tx)?.is_none() {
        return Ok(());
    }
    let admins = admins(tx)?;
    if admins.is_empty() {
        tracing::error!(subject = %notice.subject, "no admin has an address outside our own queues to be told at");
    }
    let letter = Letter {
        subject: &notice.subject,
        text: &format!(
            "{}\n\nSettings, Mailboxes: {}/settings/mailboxes\n",
            notice.text,
            desk.config().public_url
        ),
        queue: None,
    };
    for admin in admins {
        letter::send_to(tx, desk, admin, &letter, now)?;
    }
    Ok(())
}

/// What mail from Kept itself comes from: the first queue's first address.
pub(crate) fn our_address(tx: &mut Tx<'_>) -> Result<Option<Address>, StoreError> {
    let queues = queues::all(tx)?;
    let first = queues.first().and_then(|queue| queue.addresses.first());
    Ok(first.map(|address| Address {
        name: Some("Kept".to_owned()),
        address: address.to_string(),
    }))
}

/// Admins who work here, at addresses whose mail does not come back to us.
fn admins(tx: &mut Tx<'_>) -> Result<Vec<Address>, Error> {
    let mut found = Vec::new();
    for agent in people::agents(tx)? {
        if agent.role != Some(Role::Admin) || agent.has_left {
            continue;
        }
        let Ok(address) = EmailAddress::parse(&agent.address) else {
            continue;
        };
        if !letter::is_ours(tx, &address)? {
            found.push(Address {
                name: Some(agent.name),
                address: agent.address,
            });
        }
    }
    Ok(found)
}
