//! Dashboards: making, changing and looking at them. Who may see and change one says the domain; what a card shows is
//! counted for whoever looks.

mod cards;
mod letter;
mod load;
mod mailing;
mod paper;
mod rows;

pub use cards::{Drawn, Figures, Month, Week};
pub use load::{Load, load};
pub(crate) use mailing::{JOB, mail_due, run};
pub use mailing::{
    Letter, Mailed, NewMailing, Paper, begin_mailing, end_mailing, letter, mailing, mailings,
    paper, stop,
};
pub use rows::{Figure, RowLine, Rows};

use jiff::tz::TimeZone;
use kept_domain::access::{Act, Denied, Viewer, allow};
use kept_domain::dashboards::{BadDashboard, Dashboard, MOST, Shows, Wish, overview};
use kept_domain::ids::PersonId;
use kept_domain::people::Role;
use kept_store::{Tx, dashboards};

use crate::reports::Asking;
use crate::{Desk, Error};

/// The dashboard everybody has, which is nobody's to change.
pub const OVERVIEW: i64 = 0;

/// What one page shows.
#[derive(Debug, Clone)]
pub struct Shown {
    pub dashboard: Dashboard,
    pub may_change: bool,
    pub cards: Vec<Drawn>,
}

/// A change of the cards of a dashboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Add {
        title: String,
        shows: Shows,
    },
    /// One place forward or back.
    Shift {
        card: u32,
        forward: bool,
    },
    Remove {
        card: u32,
        removed: bool,
    },
}

/// What the viewer sees: the overview first, then their own, then everybody's.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn all(desk: &Desk, viewer: &Viewer) -> Result<Vec<Dashboard>, Error> {
    allow(viewer, Act::Read)?;
    let me = viewer.person;
    let stored = desk.store().read(move |tx| dashboards::seen_by(tx, me));
    let mut all = vec![everybodys()];
    all.extend(stored.await?);
    Ok(all)
}

fn everybodys() -> Dashboard {
    Dashboard {
        id: OVERVIEW,
        owner: PersonId(0),
        wish: overview(),
    }
}

/// One with its figures, as this viewer may see them.
///
/// # Errors
/// When the viewer may not, or there is none for them.
pub async fn show(desk: &Desk, viewer: &Viewer, id: i64, zone: TimeZone) -> Result<Shown, Error> {
    allow(viewer, Act::Read)?;
    let asking = Asking {
        me: viewer.person,
        now: desk.now(),
        zone,
    };
    let viewer = viewer.clone();
    desk.store()
        .read(move |tx| {
            let dashboard = seen(tx, &viewer, id)?;
            Ok(Shown {
                may_change: may_change(&dashboard, &viewer),
                cards: cards::drawn(tx, &viewer, &dashboard.wish, &asking)?,
                dashboard,
            })
        })
        .await
}

/// One without its figures.
///
/// # Errors
/// When the viewer may not, or there is none for them.
pub async fn find(desk: &Desk, viewer: &Viewer, id: i64) -> Result<Dashboard, Error> {
    allow(viewer, Act::Read)?;
    let viewer = viewer.clone();
    desk.store().read(move |tx| seen(tx, &viewer, id)).await
}

/// Makes one with the cards of another one the viewer sees, or without any.
///
/// # Errors
/// When the viewer may not, has too many, or the name can't be taken.
pub async fn create(
    desk: &Desk,
    viewer: &Viewer,
    (name, shared): (String, bool),
    like: Option<i64>,
) -> Result<i64, Error> {
    allow(viewer, Act::WorkTickets)?;
    let viewer = viewer.clone();
    desk.store()
        .write(move |tx| {
            let most = i64::try_from(MOST).unwrap_or(i64::MAX);
            if dashboards::count_of(tx, viewer.person)? >= most {
                let problem = format!("You have {MOST} dashboards; delete one first");
                return Err(Error::invalid("name", problem));
            }
            let cards = match like {
                Some(id) => seen(tx, &viewer, id)?.wish.shown().cloned().collect(),
                None => vec![],
            };
            let wish = Wish {
                name: String::new(),
                shared,
                cards,
            };
            let wish = wish.named(&name)?;
            Ok(dashboards::insert(tx, viewer.person, &wish)?)
        })
        .await
}

/// Gives it another name, and shows it to everybody or to nobody else.
///
/// # Errors
/// When the viewer may not change it, there is none, or the name can't be taken.
pub async fn rename(
    desk: &Desk,
    viewer: &Viewer,
    id: i64,
    (name, shared): (String, bool),
) -> Result<(), Error> {
    changed(desk, viewer, id, move |wish| {
        let mut wish = wish.named(&name)?;
        wish.shared = shared;
        Ok((wish, ()))
    })
    .await
}

/// Adds, moves or removes a card; says which one it was.
///
/// # Errors
/// When the viewer may not change it, there is no such dashboard or card, or it is full.
pub async fn change(desk: &Desk, viewer: &Viewer, id: i64, change: Change) -> Result<u32, Error> {
    changed(desk, viewer, id, move |mut wish| {
        let card = match change {
            Change::Add { title, shows } => {
                if let Shows::Report(report) = &shows {
                    report.clone().checked()?;
                }
                wish.add(&title, shows)?
            }
            Change::Shift { card, forward } => {
                wish.shift(card, forward)?;
                card
            }
            Change::Remove { card, removed } => {
                wish.set_removed(card, removed)?;
                card
            }
        };
        Ok((wish, card))
    })
    .await
}

async fn changed<T: Send + 'static>(
    desk: &Desk,
    viewer: &Viewer,
    id: i64,
    decide: impl FnOnce(Wish) -> Result<(Wish, T), Error> + Send + 'static,
) -> Result<T, Error> {
    allow(viewer, Act::WorkTickets)?;
    let viewer = viewer.clone();
    desk.store()
        .write(move |tx| {
            let dashboard = to_change(tx, &viewer, id, false)?;
            let (wish, answer) = decide(dashboard.wish)?;
            dashboards::update(tx, id, &wish)?;
            Ok(answer)
        })
        .await
}

/// Takes one away, or brings it back. It is mailed to nobody while it is away.
///
/// # Errors
/// When the viewer may not change it, or there is none.
pub async fn remove(desk: &Desk, viewer: &Viewer, id: i64, gone: bool) -> Result<String, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (viewer, now) = (viewer.clone(), desk.now());
    desk.store()
        .write(move |tx| {
            let dashboard = to_change(tx, &viewer, id, !gone)?;
            dashboards::set_removed(tx, id, gone.then_some(now))?;
            Ok(dashboard.wish.name)
        })
        .await
}

/// What is somebody else's own is not there at all.
fn seen(tx: &mut Tx<'_>, viewer: &Viewer, id: i64) -> Result<Dashboard, Error> {
    if id == OVERVIEW {
        return Ok(everybodys());
    }
    let found = dashboards::find(tx, id)?.filter(|(it, gone)| !gone && it.is_seen_by(viewer));
    let (found, _) = found.ok_or_else(|| Error::not_found("dashboard"))?;
    Ok(found)
}

fn may_change(dashboard: &Dashboard, viewer: &Viewer) -> bool {
    dashboard.id != OVERVIEW && dashboard.is_changed_by(viewer)
}

fn to_change(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: i64,
    also_gone: bool,
) -> Result<Dashboard, Error> {
    dashboards::lock(tx, id)?;
    let found = dashboards::find(tx, id)?;
    let found = found.filter(|(it, gone)| it.is_seen_by(viewer) && (also_gone || !gone));
    let (found, _) = found.ok_or_else(|| Error::not_found("dashboard"))?;
    match may_change(&found, viewer) {
        true => Ok(found),
        false => Err(Denied {
            needs: Role::Dispatcher,
        }
        .into()),
    }
}

impl From<BadDashboard> for Error {
    fn from(bad: BadDashboard) -> Self {
        match bad {
            BadDashboard::Name => Error::invalid("name", bad.to_string()),
            BadDashboard::Title => Error::invalid("title", bad.to_string()),
            BadDashboard::Full => Error::Conflict(bad.to_string()),
            BadDashboard::NoCard => Error::not_found("card"),
        }
    }
}
