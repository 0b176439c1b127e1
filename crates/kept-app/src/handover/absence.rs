//! Absences: times people are not here. The rota passes them over, and nothing is offered to them.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::PersonId;
use kept_domain::queues::Away;
use kept_store::{Tx, absences, audit};

use super::{must_dispatch, name, reason};
use crate::tickets::must_be_agent;
use crate::{Desk, Error};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAbsence {
    pub person: PersonId,
    pub from: Timestamp,
    pub until: Timestamp,
    pub reason: String,
}

/// Longer is no absence but a departure.
const MOST_DAYS: i64 = 400;

/// Everybody says it of themselves, dispatchers of anybody.
///
/// # Errors
/// When the viewer may not, the person does not work here, or the times are the wrong way round.
pub async fn add_absence(desk: &Desk, viewer: &Viewer, new: NewAbsence) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    if new.person != viewer.person {
        must_dispatch(viewer)?;
    }
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            must_be_agent(tx, new.person)?;
            reason(&new.reason)?;
            insert(tx, new.person, new.from, new.until, &new.reason)?;
            let what = format!("{} is away until {}", name(tx, new.person)?, new.until);
            Ok(audit::write(tx, Some(by), &what, now)?)
        })
        .await
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    person: PersonId,
    from: Timestamp,
    until: Timestamp,
    reason: &str,
) -> Result<(), Error> {
    let length = until.duration_since(from);
    if until <= from || length.as_hours() > MOST_DAYS * 24 {
        let problem = "Choose a last day that is not over, within a year";
        return Err(Error::invalid("until", problem));
    }
    absences::insert(tx, person, Away { from, until }, reason.trim())?;
    Ok(())
}

/// # Errors
/// When the viewer may not, or there is no such absence.
pub async fn remove_absence(desk: &Desk, viewer: &Viewer, id: i64) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (viewer, now) = (viewer.clone(), desk.now());
    desk.store()
        .write(move |tx| {
            let known = absences::find(tx, id)?;
            let known = known.ok_or_else(|| Error::not_found("absence"))?;
            if known.person != viewer.person {
                must_dispatch(&viewer)?;
            }
            absences::remove(tx, id)?;
            let what = format!("{} is not away after all", name(tx, known.person)?);
            Ok(audit::write(tx, Some(viewer.person), &what, now)?)
        })
        .await
}
