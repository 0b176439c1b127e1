//! How many tickets stand where, as tabs and the sidebar show it.

use jiff::Timestamp;
use kept_domain::ids::PersonId;
use kept_domain::turn::Turn;
use kept_store::outgoing::State;
use kept_store::tickets::Shelf;
use kept_store::{Tx, counts, lists, outgoing, unsorted, watchers};
use serde::Serialize;

use crate::{Desk, Error};

/// All the counts one page needs, read at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    pub open: i64,
    pub mine: i64,
    /// Open tickets by whose turn it is.
    pub desk: i64,
    pub client: i64,
    pub third_party: i64,
    /// Something on them is overdue; no more than [`MOST_LATE`] are counted.
    pub late: i64,
    /// Mine, and my desk's turn.
    pub now: i64,
    /// What I put off, which is in none of the counts above but what is late.
    pub snoozed: i64,
    /// What goes on of what I watch.
    pub watching: i64,
    pub parked: i64,
    pub resolved: i64,
    pub closed: i64,
    pub spam: i64,
    pub unsorted: i64,
    pub failed: i64,
    pub queued: i64,
}

/// # Errors
/// When the store can't answer.
pub async fn tally(desk: &Desk, me: PersonId) -> Result<Tally, Error> {
    let now = desk.now();
    desk.store().read(move |tx| read(tx, me, now)).await
}

/// A desk with more late tickets than this has other worries than their number.
const MOST_LATE: usize = 1_000;

/// The same for nobody in particular; what is anybody's own is zero.
///
/// # Errors
/// When the store can't answer.
pub async fn totals(desk: &Desk) -> Result<Tally, Error> {
    tally(desk, PersonId(0)).await
}

pub(super) fn read(tx: &mut Tx<'_>, me: PersonId, now: Timestamp) -> Result<Tally, Error> {
    let mut tally = Tally {
        unsorted: unsorted::count_waiting(tx)?,
        failed: outgoing::count(tx, State::Failed)?,
        queued: outgoing::count(tx, State::Queued)?,
        late: lists::count_late(tx, now, MOST_LATE)?,
        watching: watchers::count_open(tx, me)?,
        ..Tally::default()
    };
    for count in counts::all(tx)? {
        let n = count.tickets;
        let mine = count.responsible == me;
        match count.shelf {
            Shelf::Open => {
                tally.open += n;
                tally.mine += if mine { n } else { 0 };
                match count.turn {
                    Turn::Desk => {
                        tally.desk += n;
                        tally.now += if mine { n } else { 0 };
                    }
                    Turn::Client => tally.client += n,
                    Turn::ThirdParty => tally.third_party += n,
                    Turn::Nobody => {}
                }
            }
            Shelf::Parked => tally.parked += n,
            Shelf::Resolved => tally.resolved += n,
            Shelf::Closed => tally.closed += n,
            Shelf::Spam => tally.spam += n,
            Shelf::Merged => {}
        }
    }
    crate::snoozes::take_off(tx, me, &mut tally)?;
    Ok(tally)
}
