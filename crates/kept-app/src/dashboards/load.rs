//! What each agent has to do: counted from the same searches the figures lead to.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::PersonId;
use kept_domain::queues::Away;
use kept_domain::reports::{By, Key, Report, Shape, Table};
use kept_store::{Tx, absences, offers, people, promises};

use crate::reports::{Asking, counted};
use crate::{Desk, Error};

/// One agent, and what waits for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    pub person: PersonId,
    pub name: String,
    /// Open tickets whose turn it is: the desk's, the client's, a third party's.
    pub ours: i64,
    pub theirs: i64,
    pub third: i64,
    pub late: i64,
    pub due_today: i64,
    /// Promises to keep until the end of today.
    pub promises: i64,
    /// Offers that wait for their answer.
    pub offers: i64,
    /// When they are not here now.
    pub away: Option<Away>,
}

/// Lines counted at most: agents times turns.
const MOST: usize = 4_000;

/// The load of everybody who works here, by name.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn load(
    desk: &Desk,
    viewer: &Viewer,
    zone: jiff::tz::TimeZone,
) -> Result<Vec<Load>, Error> {
    allow(viewer, Act::Read)?;
    let asking = Asking {
        me: viewer.person,
        now: desk.now(),
        zone,
    };
    desk.store().read(move |tx| of_all(tx, &asking)).await
}

pub(super) fn of_all(tx: &mut Tx<'_>, asking: &Asking) -> Result<Vec<Load>, Error> {
    let turns = by_agent(tx, "is:open", Some(By::Turn), asking)?;
    let late = by_agent(tx, "is:late", None, asking)?;
    let today = by_agent(tx, "is:open due:today", None, asking)?;
    let promised = promises::due_by_agent(tx, tomorrow(asking))?;
    let offered = offers::by_agent(tx)?;
    let away = absences::since(tx, asking.now)?;
    let here = people::agents(tx)?.into_iter().filter(|it| !it.has_left);
    let of = |all: &[(PersonId, i64)], person| {
        let found = all.iter().find(|(whose, _)| *whose == person);
        found.map_or(0, |(_, many)| *many)
    };
    let loads = here.map(|agent| {
        let name = Key::Word(agent.name.clone());
        let turn = |rank| turns.at(&name, Some(&Key::Number(rank)));
        let absent = away
            .iter()
            .find(|it| it.person == agent.id && it.away.covers(asking.now));
        Load {
            ours: turn(0),
            theirs: turn(1),
            third: turn(2),
            late: late.at(&name, None),
            due_today: today.at(&name, None),
            promises: of(&promised, agent.id),
            offers: of(&offered, agent.id),
            away: absent.map(|it| it.away),
            person: agent.id,
            name: agent.name,
        }
    });
    Ok(loads.collect())
}

fn by_agent(
    tx: &mut Tx<'_>,
    search: &str,
    also: Option<By>,
    asking: &Asking,
) -> Result<Table, Error> {
    let report = Report {
        search: search.to_owned(),
        by: std::iter::once(By::Agent).chain(also).collect(),
        shape: Shape::Table,
    };
    Ok(counted(tx, report, asking, MOST)?.1)
}

fn tomorrow(asking: &Asking) -> jiff::Timestamp {
    let now = asking.now.to_zoned(asking.zone.clone());
    let next = now.tomorrow().and_then(|day| day.start_of_day());
    next.map_or(jiff::Timestamp::MAX, |day| day.timestamp())
}
