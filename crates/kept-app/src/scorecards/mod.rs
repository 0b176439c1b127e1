//! Scorecards: what both sides owed and where the time went, for whoever may see it, with the tickets behind each figure.

mod share;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::agreements::Scope;
use kept_domain::clocks::{Owed, Side, Whose};
use kept_domain::scorecards::{self as rules, Card, Counting, Of, Period, Tally, Times, Within};
use kept_store::scorecards::{self as stored, Asked, Behind, Held, Wanted};
use kept_store::{Tx, clients, people, queues};

use crate::{Desk, Error, agreements};

pub use share::{Shared, links, share, shared, withdraw};

/// One scorecard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scorecard {
    pub of: Of,
    /// Whose it is, in words.
    pub name: String,
    pub within: Within,
    pub card: Card,
    pub times: Times,
    /// Resolutions in time, and all that were decided, if each round of a reopened ticket counted for itself. `None` when
    /// nothing was reopened.
    pub each_round: Option<(i64, i64)>,
    /// Days are those of this zone.
    pub zone: TimeZone,
}

/// Lines of one list, and of one file.
pub const MOST_SHOWN: usize = 200;
pub const MOST_IN_A_FILE: usize = 20_000;

/// The scorecard of a period.
///
/// # Errors
/// When the viewer may not see it, the days are none, or there is nobody of whom it would be.
pub async fn scorecard(
    desk: &Desk,
    viewer: &Viewer,
    of: Of,
    period: Period,
) -> Result<Scorecard, Error> {
    may_see(viewer, of)?;
    let now = desk.now();
    desk.store().read(move |tx| read(tx, of, period, now)).await
}

/// Everybody at the desk sees the desk's, the clients' and the queues'. A colleague's is for those who manage.
fn may_see(viewer: &Viewer, of: Of) -> Result<(), Error> {
    allow(viewer, Act::Read)?;
    match of {
        Of::Agent(person) if person != viewer.person => {
            Ok(allow(viewer, Act::SeeColleaguesScorecards)?)
        }
        _ => Ok(()),
    }
}

fn read(tx: &mut Tx<'_>, of: Of, period: Period, now: Timestamp) -> Result<Scorecard, Error> {
    let zone = zone(tx, now)?;
    let within = within(period, now, &zone)?;
    let asked = asked(of, within, now);
    let tallies = stored::tallies(tx, &asked)?;
    Ok(Scorecard {
        of,
        name: name(tx, of)?,
        within,
        card: Card::of(&tallies, &stored::used(tx, &asked)?),
        times: stored::times(tx, &asked)?,
        each_round: each_round(&tallies),
        zone,
    })
}

fn within(period: Period, now: Timestamp, zone: &TimeZone) -> Result<Within, Error> {
    let within = period.within(now, zone);
    within.map_err(|bad| Error::invalid("period", bad.to_string()))
}

/// What is to come is not told: a period ends now at the latest.
fn asked(of: Of, within: Within, now: Timestamp) -> Asked {
    Asked {
        of,
        from: within.from,
        to: within.to.min(now).max(within.from),
    }
}

fn each_round(tallies: &[Tally]) -> Option<(i64, i64)> {
    let (side, owed) = (Side::Desk, Owed::Resolution);
    let is_again = |it: &Tally| (it.side, it.owed, it.counting) == (side, owed, Counting::Earlier);
    let again = tallies.iter().any(is_again);
    again.then(|| rules::each_round(tallies, side, owed))
}

/// Where the days of the desk begin: in the zone of the agreement for everybody.
fn zone(tx: &mut Tx<'_>, now: Timestamp) -> Result<TimeZone, Error> {
    let book = agreements::book(tx)?;
    let version = book.of(Scope::Everybody, now);
    Ok(version.map_or(TimeZone::UTC, |it| it.wording.desk.zone().clone()))
}

fn name(tx: &mut Tx<'_>, of: Of) -> Result<String, Error> {
    let found = match of {
        Of::Desk => Some("The whole desk".to_owned()),
        Of::Client(client) => clients::find(tx, client)?.map(|client| client.name),
        Of::Agent(person) => people::find(tx, person)?.map(|person| person.name),
        Of::Queue(queue) => queues::all(tx)?
            .into_iter()
            .find(|it| it.id == queue)
            .map(|queue| queue.name),
    };
    found.ok_or_else(|| Error::not_found("scorecard"))
}

/// The tickets behind some of its figures, the latest first, and whose they are.
///
/// # Errors
/// As for the scorecard.
pub async fn behind(
    desk: &Desk,
    viewer: &Viewer,
    (of, period): (Of, Period),
    wanted: Wanted,
    most: usize,
) -> Result<(String, Vec<Behind>), Error> {
    may_see(viewer, of)?;
    let now = desk.now();
    desk.store()
        .read(move |tx| {
            let zone = zone(tx, now)?;
            let asked = asked(of, within(period, now, &zone)?, now);
            Ok((name(tx, of)?, stored::behind(tx, &asked, &wanted, most)?))
        })
        .await
}

/// The tickets whose time went to one side, the longest first, and whose they are.
///
/// # Errors
/// As for the scorecard.
pub async fn held(
    desk: &Desk,
    viewer: &Viewer,
    (of, period): (Of, Period),
    whose: Whose,
    most: usize,
) -> Result<(String, Vec<Held>), Error> {
    may_see(viewer, of)?;
    let now = desk.now();
    desk.store()
        .read(move |tx| {
            let zone = zone(tx, now)?;
            let asked = asked(of, within(period, now, &zone)?, now);
            Ok((name(tx, of)?, stored::held(tx, &asked, whose, most)?))
        })
        .await
}
