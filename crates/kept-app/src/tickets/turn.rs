//! A person says whose turn it really is.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::Actor;
use kept_domain::ids::TicketId;
use kept_domain::turn::{self, Turn};

use super::load;
use crate::consequences::record;
use crate::{Desk, Error};

/// # Errors
/// When the viewer may not, there is no such ticket, or the rule refuses: without a reason, where it changes nothing, on
/// what has ended.
pub async fn correct_turn(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    to: Turn,
    why: String,
) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            let event = turn::correct(&ticket, to, &why)?;
            record(tx, &mut ticket, now, by, &[event])
        })
        .await
}
