//! Addresses whose mail is a web form's: its Reply-To is the client.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::people::EmailAddress;
use kept_store::{Tx, audit, settings};

use crate::{Desk, Error};

const KEY: &str = "intake.web-forms";
/// Addresses kept; a desk has a handful.
const MOST: usize = 200;

/// Whether an admin said that mail from this address is a web form's.
pub(crate) fn is_form(tx: &mut Tx<'_>, address: &EmailAddress) -> Result<bool, Error> {
    let known = settings::get(tx, KEY)?.unwrap_or_default();
    Ok(known.lines().any(|line| line == address.as_str()))
}

/// The addresses, in the order they were written.
///
/// # Errors
/// When the viewer may not.
pub async fn current(desk: &Desk, viewer: &Viewer) -> Result<Vec<String>, Error> {
    allow(viewer, Act::Administer)?;
    let known = desk
        .store()
        .read(|tx| Ok::<_, Error>(settings::get(tx, KEY)?))
        .await?;
    Ok(known
        .unwrap_or_default()
        .lines()
        .map(str::to_owned)
        .collect())
}

/// # Errors
/// When the viewer may not, or there are too many.
pub async fn change(
    desk: &Desk,
    viewer: &Viewer,
    addresses: Vec<EmailAddress>,
) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    if addresses.len() > MOST {
        let problem = format!("At most {MOST} addresses can be web forms");
        return Err(Error::invalid("forms", problem));
    }
    let lines: Vec<&str> = addresses.iter().map(EmailAddress::as_str).collect();
    let lines = lines.join("\n");
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            settings::set(tx, KEY, &lines)?;
            let what = "Changed which addresses are web forms";
            Ok(audit::write(tx, Some(by), what, now)?)
        })
        .await
}
