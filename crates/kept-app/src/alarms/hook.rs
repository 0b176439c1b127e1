//! The web-hook for alarms: an address an admin has set. It may lead anywhere, for admins name the private hosts anyway.
//! What it can't be told is given up in the end; the mail is the road that lasts.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_store::hooks::{Delivery, Hook, NewDelivery};
use kept_store::{StoreError, Tx, audit, settings};
use serde_json::json;

use super::Notice;
use crate::hooks::{self, Address};
use crate::{Desk, Error, http};

/// Sealed, with the secret that signs what is told.
const KEY: &str = "alarms.hook";

/// The web-hook as an admin sees it.
#[derive(Debug, Clone)]
pub struct Shown {
    pub url: String,
    pub secret: Option<String>,
    /// The last thing it was told.
    pub last: Option<Delivery>,
}

/// Sets the address, or with an empty text removes it.
///
/// # Errors
/// When the viewer may not, or it is not an address that can be posted to.
pub async fn change(desk: &Desk, viewer: &Viewer, url: &str) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let url = url.trim();
    let sealed = match url {
        "" => None,
        url => {
            // Alarms name mailboxes, so they travel by private roads only.
            http::check(url).map_err(|problem| Error::invalid("hook", problem))?;
            let before = address(desk).await?;
            Some(Address::new(desk, url, before)?.sealed(desk)?)
        }
    };
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            match &sealed {
                Some(sealed) => settings::set(tx, KEY, sealed)?,
                None => settings::remove(tx, KEY)?,
            }
            let what = "Changed the web-hook for alarms";
            Ok(audit::write(tx, Some(by), what, now)?)
        })
        .await
}

/// The address as it is set.
///
/// # Errors
/// When the viewer may not look, or the store can't answer.
pub async fn shown(desk: &Desk, viewer: &Viewer) -> Result<Option<Shown>, Error> {
    allow(viewer, Act::Administer)?;
    let Some(address) = address(desk).await? else {
        return Ok(None);
    };
    let told = desk
        .store()
        .read(|tx| kept_store::hooks::of(tx, Hook::Alarms, 1));
    Ok(Some(Shown {
        url: address.url,
        secret: address.secret,
        last: told.await?.pop(),
    }))
}

async fn address(desk: &Desk) -> Result<Option<Address>, Error> {
    let sealed = desk.store().read(sealed).await?;
    Ok(sealed.and_then(|sealed| Address::opened(desk, &sealed)))
}

/// Where alarms go now.
pub(crate) fn sealed(tx: &mut Tx<'_>) -> Result<Option<String>, StoreError> {
    settings::get(tx, KEY)
}

pub(super) fn queue(tx: &mut Tx<'_>, notice: &Notice, now: Timestamp) -> Result<(), Error> {
    if sealed(tx)?.is_none() {
        return Ok(());
    }
    let told = json!({
        "kind": notice.kind,
        "subject": notice.subject,
        "text": notice.text,
        "at": now.to_string(),
    });
    let new = NewDelivery {
        hook: Hook::Alarms,
        ticket: None,
        notification: None,
        url: None,
        body: &told.to_string(),
    };
    Ok(hooks::queue(tx, &new, now, now)?)
}
