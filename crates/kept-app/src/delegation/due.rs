//! How long an offer stands unless somebody says otherwise: a setting, in duty time.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::queues::{self as rules, DELEGATION_MINUTES, Queue};
use kept_store::{Tx, audit, settings};

use crate::{Desk, Error};

const KEY: &str = "delegation.minutes";

/// A week of full days.
pub const MOST_MINUTES: i64 = 7 * 24 * 60;

pub(crate) fn answer_by(
    tx: &mut Tx<'_>,
    queue: &Queue,
    now: Timestamp,
) -> Result<Timestamp, Error> {
    Ok(rules::answer_by(queue, now, read(tx)?))
}

fn read(tx: &mut Tx<'_>) -> Result<i64, Error> {
    let minutes = settings::get(tx, KEY)?.and_then(|text| text.parse().ok());
    Ok(minutes.unwrap_or(DELEGATION_MINUTES))
}

/// The minutes as they stand now.
///
/// # Errors
/// When the store can't answer.
pub async fn current(desk: &Desk) -> Result<i64, Error> {
    desk.store().read(read).await
}

/// # Errors
/// When the viewer may not, or the time is none or too long.
pub async fn change(desk: &Desk, viewer: &Viewer, minutes: Option<i64>) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let problem = || {
        let most = MOST_MINUTES / 60;
        Error::invalid("hours", format!("Write a number of hours from 1 to {most}"))
    };
    let minutes = minutes
        .filter(|minutes| (1..=MOST_MINUTES).contains(minutes))
        .ok_or_else(problem)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            settings::set(tx, KEY, &minutes.to_string())?;
            let what = format!("An offered ticket goes back after {minutes} min of duty time");
            Ok(audit::write(tx, Some(by), &what, now)?)
        })
        .await
}
