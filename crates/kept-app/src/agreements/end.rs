//! Ending an agreement, and taking back what has not begun yet.

use jiff::Timestamp;
use jiff::civil::Date;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::agreements::{Scope, Version};
use kept_domain::ids::{AgreementId, AgreementVersionId};
use kept_store::agreements::{self, Agreement};
use kept_store::{Tx, audit};

use super::remember_change;
use crate::{Desk, Error};

/// From the beginning of `on`, or at once, it holds for no new ticket; open ones keep it.
///
/// # Errors
/// When the viewer may not, it does not exist, is over already or is everybody's, or the day is past.
pub async fn end(
    desk: &Desk,
    viewer: &Viewer,
    id: AgreementId,
    on: Option<Date>,
) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let (known, versions) = find(tx, id)?;
            if known.scope == Scope::Everybody {
                return Err(Error::Conflict(
                    "Some agreement must hold for everybody; write another version instead".into(),
                ));
            }
            if known.until.is_some_and(|until| until <= now) {
                return Err(Error::Conflict("This agreement is over already".into()));
            }
            let until = day_of(&versions, on, now)?;
            if versions.iter().any(|it| it.from >= until) {
                return Err(Error::Conflict(
                    "A version begins later than that; take it back first".into(),
                ));
            }
            agreements::set_until(tx, id, Some(until))?;
            remember_change(tx)?;
            let what = format!("Ended the agreement “{}”", known.name);
            Ok(audit::write(tx, Some(by), &what, now)?)
        })
        .await
}

/// Takes back an end that is still to come.
///
/// # Errors
/// When the viewer may not, it does not exist, or no end is to come.
pub async fn go_on(desk: &Desk, viewer: &Viewer, id: AgreementId) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let (known, _) = find(tx, id)?;
            if known.until.is_none_or(|until| until <= now) {
                return Err(Error::Conflict(
                    "Nothing ends that could go on; write a new version instead".into(),
                ));
            }
            agreements::set_until(tx, id, None)?;
            remember_change(tx)?;
            let what = format!("Let the agreement “{}” go on", known.name);
            Ok(audit::write(tx, Some(by), &what, now)?)
        })
        .await
}

/// Takes out a version that has not come into force yet. Tells whether the agreement is still there.
///
/// # Errors
/// When the viewer may not, there is none, or it holds already.
pub async fn take_back(
    desk: &Desk,
    viewer: &Viewer,
    version: AgreementVersionId,
) -> Result<bool, Error> {
    allow(viewer, Act::Administer)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let versions = agreements::versions(tx)?;
            let found = versions.iter().find(|it| it.id == version);
            let found = found.ok_or_else(|| Error::not_found("version"))?;
            if found.from <= now {
                return Err(Error::Conflict(
                    "This version holds already; write another one instead".into(),
                ));
            }
            agreements::remove_version(tx, version)?;
            remember_change(tx)?;
            let (number, name) = (found.number, &found.name);
            let what = format!("Took back version {number} of the agreement “{name}”");
            audit::write(tx, Some(by), &what, now)?;
            Ok(agreements::find(tx, found.agreement)?.is_some())
        })
        .await
}

fn find(tx: &mut Tx<'_>, id: AgreementId) -> Result<(Agreement, Vec<Version>), Error> {
    let known = agreements::find(tx, id)?.ok_or_else(|| Error::not_found("agreement"))?;
    let mut versions = agreements::versions(tx)?;
    versions.retain(|it| it.agreement == id);
    Ok((known, versions))
}

/// Midnight of that day by the desk's clock in the newest version.
fn day_of(versions: &[Version], on: Option<Date>, now: Timestamp) -> Result<Timestamp, Error> {
    let zone = versions.last().map(|it| it.wording.desk.zone().clone());
    let zone = zone.unwrap_or(jiff::tz::TimeZone::UTC);
    let today = now.to_zoned(zone.clone()).date();
    match on {
        None => Ok(now),
        Some(on) if on == today => Ok(now),
        Some(on) if on < today => Err(Error::invalid(
            "until",
            "Choose today or a later day: what is over keeps what held then",
        )),
        Some(on) => on
            .to_zoned(zone)
            .map(|it| it.timestamp())
            .map_err(|_| Error::invalid("until", "Choose an earlier day")),
    }
}
