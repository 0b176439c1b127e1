//! How long after closing a ticket a word from the client still opens it again.

use jiff::SignedDuration;
use kept_domain::access::{Act, Viewer, allow};
use kept_store::{Tx, audit, settings};

use crate::{Desk, Error};

const KEY: &str = "tickets.reopen_days";

/// Two weeks: long enough for a holiday, short enough that an old matter is not a new one.
pub const REOPEN_DAYS: i64 = 14;
/// Ten years; whoever wants it never to end writes this.
pub const MOST_DAYS: i64 = 3_650;

const HOURS_A_DAY: i64 = 24;

pub(crate) fn grace(tx: &mut Tx<'_>) -> Result<SignedDuration, Error> {
    let days = settings::get(tx, KEY)?.and_then(|text| text.parse().ok());
    let days: i64 = days.unwrap_or(REOPEN_DAYS);
    Ok(SignedDuration::from_hours(days * HOURS_A_DAY))
}

/// The days as they stand now.
///
/// # Errors
/// When the store can't answer.
pub async fn current(desk: &Desk) -> Result<i64, Error> {
    let grace = desk.store().read(grace).await?;
    Ok(grace.as_hours() / HOURS_A_DAY)
}

/// # Errors
/// When the viewer may not, or the days are less than none or too many.
pub async fn change(desk: &Desk, viewer: &Viewer, days: Option<i64>) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let problem = || {
        Error::invalid(
            "days",
            format!("Write a number of days from 0 to {MOST_DAYS}"),
        )
    };
    let days = days
        .filter(|days| (0..=MOST_DAYS).contains(days))
        .ok_or_else(problem)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            settings::set(tx, KEY, &days.to_string())?;
            let what = format!("Closed tickets open again for {days} days");
            Ok(audit::write(tx, Some(by), &what, now)?)
        })
        .await
}
