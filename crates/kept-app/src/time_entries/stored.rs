//! Whether the stored entries are those the events say, and writing them down again.

use kept_domain::event::Recorded;
use kept_domain::ids::TicketId;
use kept_domain::time_entries as rules;
use kept_store::{Tx, time_entries as kept};

use crate::Error;

/// For the doctor.
pub(crate) fn differ(
    tx: &mut Tx<'_>,
    id: TicketId,
    history: &[Recorded],
) -> Result<Option<String>, Error> {
    let same = kept::all_of(tx, id)? == rules::entries(history);
    Ok((!same).then(|| format!("#{id} has other time entries than its events say; rebuild it")))
}

pub(crate) fn rebuild(tx: &mut Tx<'_>, id: TicketId, history: &[Recorded]) -> Result<(), Error> {
    if differ(tx, id, history)?.is_none() {
        return Ok(());
    }
    kept::forget(tx, id)?;
    for line in history {
        kept::follow(tx, id, line.at, &line.event)?;
    }
    Ok(())
}
