//! Absences: times people are not here. The rota passes them over, and nothing is offered to them.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::PersonId;
use kept_domain::queues::Away;
use kept_store::absences::{self, Absence, StandIn};
use kept_store::{Tx, audit};

use super::{must_dispatch, name, reason};
use crate::tickets::must_be_agent;
use crate::{Desk, Error};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAbsence {
    pub person: PersonId,
    pub from: Timestamp,
    pub until: Timestamp,
    pub reason: String,
    /// Who takes over what needs somebody until then.
    pub stand_in: Option<StandIn>,
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
    let (by, viewer, now) = (viewer.person, viewer.clone(), desk.now());
    let done = desk
        .store()
        .write(move |tx| {
            must_be_agent(tx, new.person)?;
            reason(&new.reason)?;
            if let Some(stand_in) = new.stand_in {
                may_stand_in(tx, &viewer, &new, stand_in)?;
            }
            let away = Away {
                from: new.from,
                until: new.until,
            };
            insert(tx, (new.person, by), away, &new.reason, new.stand_in)?;
            let what = format!("{} is away until {}", name(tx, new.person)?, new.until);
            Ok::<_, Error>(audit::write(tx, Some(by), &what, now)?)
        })
        .await;
    desk.wake_worker();
    done
}

/// Only dispatchers make somebody responsible without asking.
fn may_stand_in(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    new: &NewAbsence,
    stand_in: StandIn,
) -> Result<(), Error> {
    must_be_agent(tx, stand_in.person)?;
    if stand_in.outright {
        must_dispatch(viewer)?;
    }
    match stand_in.person == new.person {
        true => Err(Error::invalid(
            "stand_in",
            "Choose somebody else to stand in",
        )),
        false => Ok(()),
    }
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    who: (PersonId, PersonId),
    away: Away,
    reason: &str,
    stand_in: Option<StandIn>,
) -> Result<(), Error> {
    must_be_a_time(away)?;
    absences::insert(tx, who, away, reason.trim(), stand_in)?;
    Ok(())
}

fn must_be_a_time(away: Away) -> Result<(), Error> {
    let Away { from, until } = away;
    let length = until.duration_since(from);
    if until <= from || length.as_hours() > MOST_DAYS * 24 {
        let problem = "Choose a last day that is not over, within a year";
        return Err(Error::invalid("until", problem));
    }
    Ok(())
}

/// They are here after all. What went over comes back, when that was chosen.
///
/// # Errors
/// When the viewer may not, or there is no such absence.
pub async fn remove_absence(desk: &Desk, viewer: &Viewer, id: i64) -> Result<(), Error> {
    change(desk, viewer, id, |tx, known, gone, now| {
        if gone {
            return Err(Error::not_found("absence"));
        }
        absences::remove(tx, known.id, now)?;
        Ok(format!("{} is not away after all", name(tx, known.person)?))
    })
    .await
}

/// They are away all the same. What came back goes over once more.
///
/// # Errors
/// When the viewer may not, or there is no such absence.
pub async fn restore_absence(desk: &Desk, viewer: &Viewer, id: i64) -> Result<(), Error> {
    change(desk, viewer, id, |tx, known, _, _| {
        absences::restore(tx, known.id)?;
        let until = known.away.until;
        Ok(format!(
            "{} is away until {until} after all",
            name(tx, known.person)?
        ))
    })
    .await
}

/// It ends sooner or later than was said: until before `until`.
///
/// # Errors
/// When the viewer may not, there is no such absence, or it would end before it begins.
pub async fn end_absence_on(
    desk: &Desk,
    viewer: &Viewer,
    id: i64,
    until: Timestamp,
) -> Result<(), Error> {
    change(desk, viewer, id, move |tx, known, gone, now| {
        if gone || known.away.until <= now {
            return Err(Error::not_found("absence"));
        }
        let from = known.away.from;
        must_be_a_time(Away { from, until })?;
        absences::set_until(tx, known.id, until)?;
        Ok(format!("{} is away until {until}", name(tx, known.person)?))
    })
    .await
}

/// Does something with an absence of one's own, or of anybody for those who dispatch, and writes down what.
async fn change(
    desk: &Desk,
    viewer: &Viewer,
    id: i64,
    act: impl FnOnce(&mut Tx<'_>, Absence, bool, Timestamp) -> Result<String, Error> + Send + 'static,
) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (viewer, now) = (viewer.clone(), desk.now());
    let done = desk.store().write(move |tx| {
        let known = absences::find(tx, id)?;
        let (known, gone) = known.ok_or_else(|| Error::not_found("absence"))?;
        if known.person != viewer.person {
            must_dispatch(&viewer)?;
        }
        let what = act(tx, known, gone, now)?;
        Ok::<_, Error>(audit::write(tx, Some(viewer.person), &what, now)?)
    });
    done.await?;
    desk.wake_worker();
    Ok(())
}
