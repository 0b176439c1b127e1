//! Handing over everything an agent holds, for a holiday or at the end of a shift: offered to others, who each answer, or
//! theirs at once when a dispatcher says that the agent is not here.

mod absence;
mod job;
mod stand_in;

pub use absence::{NewAbsence, add_absence, end_absence_on, remove_absence, restore_absence};
pub(crate) use job::{JOB, run, stuck};
pub(crate) use stand_in::{JOB as RETURN_JOB, due as absences_due, run as run_return};

use jiff::Timestamp;
use kept_domain::access::{Act, Denied, Viewer, allow};
use kept_domain::ids::{PersonId, TicketId};
use kept_domain::people::Role;
use kept_domain::queues::Away;
use kept_store::absences::{self, Absence};
use kept_store::handovers::{self, Handover, Target};
use kept_store::{Tx, audit, people};

use crate::delegation::must_be_here;
use crate::parts;
use crate::tickets::{must_be_agent, must_be_queue};
use crate::{Desk, Error};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHandover {
    pub from: PersonId,
    pub to: Target,
    pub reason: String,
    /// The others hold it at once; only dispatchers say so.
    pub outright: bool,
    /// Until when `from` is away, when that is why.
    pub away_until: Option<Timestamp>,
}

/// Characters of a reason.
pub const LONGEST_REASON: usize = 200;

/// Begins it; the work goes on a part at a time, and after a restart.
///
/// # Errors
/// When the viewer may not hand this over, somebody does not work here or is away, or there is no reason.
pub async fn begin(desk: &Desk, viewer: &Viewer, new: NewHandover) -> Result<i64, Error> {
    allow(viewer, Act::WorkTickets)?;
    if new.outright || new.from != viewer.person {
        must_dispatch(viewer)?;
    }
    let (by, now) = (viewer.person, desk.now());
    let id = desk
        .store()
        .write(move |tx| {
            check(tx, &new, now)?;
            if let Some(until) = new.away_until {
                let away = Away { from: now, until };
                absence::insert(tx, (new.from, by), away, &new.reason, None)?;
            }
            let begun = Handover {
                id: 0,
                from: new.from,
                to: new.to,
                reason: new.reason.trim().to_owned(),
                outright: new.outright,
                by,
                began: now,
                ended: None,
                after: TicketId(0),
                total: handovers::count_held(tx, new.from)?,
                moved: 0,
                stayed: 0,
                absence: None,
            };
            let id = handovers::insert(tx, &begun)?;
            parts::enqueue(tx, JOB, id, now)?;
            let name = name(tx, new.from)?;
            let what = format!("Began to hand over what {name} holds: {}", begun.reason);
            audit::write(tx, Some(by), &what, now)?;
            Ok::<_, Error>(id)
        })
        .await?;
    desk.wake_worker();
    Ok(id)
}

pub(super) fn must_dispatch(viewer: &Viewer) -> Result<(), Error> {
    let needs = Role::Dispatcher;
    match viewer.role >= needs {
        true => Ok(()),
        false => Err(Denied { needs }.into()),
    }
}

fn check(tx: &mut Tx<'_>, new: &NewHandover, now: Timestamp) -> Result<(), Error> {
    must_be_agent(tx, new.from)?;
    reason(&new.reason)?;
    match new.to {
        Target::Agent(to) if to == new.from => {
            Err(Error::invalid("to", "Choose somebody else to take it"))
        }
        Target::Agent(to) => must_be_here(tx, to, now),
        Target::Queue(queue) => must_be_queue(tx, queue),
    }
}

pub(super) fn reason(text: &str) -> Result<(), Error> {
    match text.trim().chars().count() {
        0 => Err(Error::invalid("reason", "Write why, such as: on holiday")),
        1..=LONGEST_REASON => Ok(()),
        _ => Err(Error::invalid(
            "reason",
            format!("Write at most {LONGEST_REASON} letters"),
        )),
    }
}

pub(super) fn name(tx: &mut Tx<'_>, person: PersonId) -> Result<String, Error> {
    let found = people::names(tx, &[person])?.pop();
    Ok(found.map_or_else(|| "somebody".to_owned(), |(_, name)| name))
}

/// What the page shows: the latest hand-overs, and who is away or will be.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn shown(desk: &Desk, viewer: &Viewer) -> Result<(Vec<Handover>, Vec<Absence>), Error> {
    const LATEST: usize = 20;
    allow(viewer, Act::Read)?;
    let now = desk.now();
    desk.store()
        .read(move |tx| Ok((handovers::latest(tx, LATEST)?, absences::since(tx, now)?)))
        .await
}
