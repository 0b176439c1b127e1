//! What the frame around every page shows, read at once.

use jiff::tz::TimeZone;
use kept_domain::ids::PersonId;

use super::counts::{self, Tally};
use crate::notifications::MOST_COUNTED;
use crate::views::{self, Counted};
use crate::{Desk, Error};

/// The counts of the sidebar and the bell, and the zone this desk lives in.
#[derive(Debug, Clone)]
pub struct Frame {
    pub tally: Tally,
    /// What they were told and have not read, counted to one more than [`MOST_COUNTED`].
    pub unread: usize,
    /// IANA name of the first queue's zone.
    pub zone: Option<String>,
    pub views: Vec<Counted>,
}

/// The zone of the desk's first queue; where nobody has chosen one, that of the machine.
pub fn zone_of(of_queue: Option<&str>) -> TimeZone {
    let chosen = of_queue.filter(|name| *name != "UTC");
    let chosen = chosen.and_then(|name| TimeZone::get(name).ok());
    chosen.unwrap_or_else(TimeZone::system)
}

/// IANA name of the zone this desk lives in.
///
/// # Errors
/// When the store can't answer.
pub async fn zone(desk: &Desk) -> Result<Option<String>, Error> {
    let all = desk.store().read(kept_store::queues::all);
    Ok(all.await?.into_iter().next().map(|queue| queue.zone))
}

/// # Errors
/// When the store can't answer.
pub async fn frame(desk: &Desk, me: PersonId) -> Result<Frame, Error> {
    let now = desk.now();
    desk.store()
        .read(move |tx| {
            let first = kept_store::queues::all(tx)?.into_iter().next();
            let zone = first.map(|queue| queue.zone);
            let here = zone_of(zone.as_deref());
            Ok(Frame {
                tally: counts::read(tx, me, now)?,
                unread: kept_store::notifications::unseen(tx, me, MOST_COUNTED + 1)?,
                views: views::counted(tx, me, (now, &here))?,
                zone,
            })
        })
        .await
}
