//! Addresses that take no mail: who is on the list, and how one comes off it.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::people::EmailAddress;
use kept_store::Tx;
use kept_store::bounced::{self, Bounced};

use super::folded;
use crate::{Desk, Error};

/// Which of these nothing is sent to, as they are written.
pub(crate) fn suppressed<'a>(
    tx: &mut Tx<'_>,
    addresses: impl Iterator<Item = &'a str>,
) -> Result<Vec<Bounced>, Error> {
    let all: Vec<String> = addresses.map(folded).collect();
    Ok(bounced::suppressed(tx, &all)?)
}

/// What stands against these addresses: that nothing is sent there, or that mail came back since anybody
/// said it goes there.
pub(crate) fn marks(tx: &mut Tx<'_>, addresses: &[EmailAddress]) -> Result<Vec<Bounced>, Error> {
    let mut marks = Vec::new();
    for address in addresses {
        let known = bounced::find(tx, &folded(address.as_str()))?;
        let stands = |mark: &Bounced| {
            mark.suppressed_since.is_some() || mark.cleared_at.is_none_or(|at| at < mark.last)
        };
        marks.extend(known.filter(stands));
    }
    Ok(marks)
}

/// Mail came from there, so mail goes there.
pub(crate) fn heard_from(
    tx: &mut Tx<'_>,
    address: &EmailAddress,
    now: Timestamp,
) -> Result<(), Error> {
    bounced::clear(tx, address.as_str(), None, now)?;
    Ok(())
}

/// Somebody says that mail may be sent there again.
///
/// # Errors
/// When the viewer may not, or nothing kept mail from being sent there.
pub async fn clear(desk: &Desk, viewer: &Viewer, address: &str) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (address, by, now) = (folded(address), viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            if bounced::clear(tx, &address, Some(by), now)? {
                return Ok(());
            }
            Err(Error::Conflict(format!(
                "mail is sent to {address} already"
            )))
        })
        .await
}
