//! What a computer shows by itself while one of its tabs is open: nothing old, nothing read, nothing told before.

use jiff::SignedDuration;
use kept_domain::access::{Act, Viewer, allow};
use kept_store::notifications;

use super::mine::{Told, with_tickets};
use crate::{Desk, Error};

/// What is older stands on the page only: nobody wants last night's at once in the morning.
const FRESH: SignedDuration = SignedDuration::from_mins(10);
/// Shown at once; who gets more looks at the page anyway.
const MOST: usize = 5;

/// What to show, and the number to ask after next time.
#[derive(Debug, Clone)]
pub struct PopUps {
    pub last: i64,
    pub told: Vec<Told>,
}

/// What the viewer was told after number `after`; without one nothing, only where to begin.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn pop_ups(desk: &Desk, viewer: &Viewer, after: Option<i64>) -> Result<PopUps, Error> {
    allow(viewer, Act::Read)?;
    let person = viewer.person;
    let since = desk.now() - FRESH;
    desk.store()
        .read(move |tx| {
            let last = notifications::newest(tx, person)?;
            let rows = match after {
                Some(after) => notifications::to_pop_up(tx, person, (after, since), MOST)?,
                None => vec![],
            };
            let told = with_tickets(tx, rows)?;
            Ok(PopUps { last, told })
        })
        .await
}
