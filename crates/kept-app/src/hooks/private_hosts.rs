//! Hosts that web-hooks may call although they are not on the public internet, as an admin named them.

use kept_domain::access::{Act, Viewer, allow};
use kept_store::{Tx, audit, settings};

use super::reach;
use crate::{Desk, Error};

const KEY: &str = "rules.private-hosts";

pub(crate) fn listed(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    let text = settings::get(tx, KEY)?.unwrap_or_default();
    Ok(text.split_whitespace().map(str::to_owned).collect())
}

/// The hosts.
///
/// # Errors
/// When the viewer may not look.
pub async fn private_hosts(desk: &Desk, viewer: &Viewer) -> Result<Vec<String>, Error> {
    allow(viewer, Act::SeeRules)?;
    desk.store().read(listed).await
}

/// # Errors
/// When the viewer may not, or a host can't be one.
pub async fn change_private_hosts(
    desk: &Desk,
    viewer: &Viewer,
    given: Vec<String>,
) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    if let Some(bad) = given.iter().find(|host| !reach::is_host(host)) {
        let problem = format!("“{bad}” is not a host; write it like chat.internal or 10.0.0.7");
        return Err(Error::invalid("hosts", problem));
    }
    let (by, now) = (viewer.person, desk.now());
    let text = given.join("\n").to_lowercase();
    desk.store()
        .write(move |tx| {
            settings::set(tx, KEY, &text)?;
            let what = "Changed which private hosts web-hooks may call";
            Ok(audit::write(tx, Some(by), what, now)?)
        })
        .await
}
