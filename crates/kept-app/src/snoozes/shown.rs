//! Snoozes as pages show them: on a ticket, in its row, and in the counts of the tabs.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::{PersonId, TicketId};
use kept_domain::turn::Turn;
use kept_store::Tx;
use kept_store::snoozes::{self, Snooze};

use crate::reading::{Listed, Tally};
use crate::{Desk, Error};

/// What the viewer said of this ticket, while it sleeps or is just back.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn of_ticket(
    desk: &Desk,
    viewer: &Viewer,
    ticket: TicketId,
) -> Result<Option<Snooze>, Error> {
    allow(viewer, Act::Read)?;
    let person = viewer.person;
    desk.store()
        .read(move |tx| Ok(snoozes::on_tickets(tx, person, &[ticket])?.pop()))
        .await
}

/// Writes beside listed tickets what the reader put off.
pub(crate) fn mark(tx: &mut Tx<'_>, reader: PersonId, listed: &mut [Listed]) -> Result<(), Error> {
    let ids: Vec<TicketId> = listed.iter().map(|it| it.ticket.id).collect();
    for snooze in snoozes::on_tickets(tx, reader, &ids)? {
        let mut those = listed.iter_mut();
        if let Some(it) = those.find(|it| it.ticket.id == snooze.ticket) {
            it.snooze = Some(snooze);
        }
    }
    Ok(())
}

/// What somebody put off is in none of their counts but its own.
pub(crate) fn take_off(tx: &mut Tx<'_>, person: PersonId, tally: &mut Tally) -> Result<(), Error> {
    for asleep in snoozes::counts(tx, person)? {
        let n = asleep.tickets;
        let mine = if asleep.is_mine { n } else { 0 };
        tally.snoozed += n;
        tally.open -= n;
        tally.mine -= mine;
        match asleep.turn {
            Turn::Desk => {
                tally.desk -= n;
                tally.now -= mine;
            }
            Turn::Client => tally.client -= n,
            Turn::ThirdParty => tally.third_party -= n,
            Turn::Nobody => {}
        }
    }
    Ok(())
}
