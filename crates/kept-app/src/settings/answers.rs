//! How many automatic answers go out at most, and where mail that comes back comes back to.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::intake::budget::Limits;
use kept_store::{audit, settings};

use crate::intake::budget;
use crate::tickets::{PLAIN, RETURN_PATH};
use crate::{Desk, Error};

/// More than any desk needs; a limit above it is none.
const MOST: u32 = 1_000_000;

/// The limits in force.
///
/// # Errors
/// When the store can't answer.
pub async fn limits(desk: &Desk) -> Result<Limits, Error> {
    desk.store().read(budget::limits).await
}

/// # Errors
/// When the viewer may not, or a number is none or too large.
pub async fn change_limits(desk: &Desk, viewer: &Viewer, limits: Limits) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let fields = [
        ("address_day", limits.address_day),
        ("domain_hour", limits.domain_hour),
        ("desk_hour", limits.desk_hour),
    ];
    if let Some((field, _)) = fields.iter().find(|(_, number)| *number > MOST) {
        let problem = format!("Write a number from 0 to {MOST}");
        return Err(Error::invalid(field, problem));
    }
    let text = serde_json::to_string(&limits)
        .map_err(|e| Error::Outside(format!("this can't be written down: {e}")))?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            settings::set(tx, budget::KEY, &text)?;
            let what = format!(
                "At most {} automatic answers to one address a day, {} to one domain and {} in all an hour",
                limits.address_day, limits.domain_hour, limits.desk_hour
            );
            Ok(audit::write(tx, Some(by), &what, now)?)
        })
        .await
}

/// Whether bounces come back to an address that names their ticket.
///
/// # Errors
/// When the store can't answer.
pub async fn bounces_name_tickets(desk: &Desk) -> Result<bool, Error> {
    let stored = desk
        .store()
        .read(|tx| settings::get(tx, RETURN_PATH))
        .await?;
    Ok(stored.as_deref() != Some(PLAIN))
}

/// # Errors
/// When the viewer may not.
pub async fn let_bounces_name_tickets(
    desk: &Desk,
    viewer: &Viewer,
    named: bool,
) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let (value, what) = match named {
                true => (
                    "ticket",
                    "Bounces come back to an address that names their ticket",
                ),
                false => (PLAIN, "Bounces come back to the plain address of the queue"),
            };
            settings::set(tx, RETURN_PATH, value)?;
            Ok(audit::write(tx, Some(by), what, now)?)
        })
        .await
}
