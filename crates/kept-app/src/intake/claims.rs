//! Two mails of one thread that are taken at the same instant: neither sees the other's ids, until one
//! has committed. Whoever comes second looks again, and then joins.

use kept_domain::ids::TicketId;
use kept_store::{Database, StoreError, Tx, threads, tickets};

use super::arrival::Arrival;
use crate::Error;

/// Which of the mail's ids led where before it was written. SQLite has one writer; there nothing can
/// come between.
pub(super) fn before(tx: &mut Tx<'_>, arrival: &Arrival) -> Result<Vec<(usize, TicketId)>, Error> {
    if tx.database() == Database::Sqlite {
        return Ok(vec![]);
    }
    Ok(threads::tickets_of(tx, &ids(arrival))?)
}

/// # Errors
/// When another writer claimed an id of this mail meanwhile; everything is decided anew then.
pub(super) fn check(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    ticket: TicketId,
    before: &[(usize, TicketId)],
) -> Result<(), Error> {
    if tx.database() == Database::Sqlite {
        return Ok(());
    }
    let here = tickets::told_at(tx, ticket)?;
    for claim in threads::tickets_of(tx, &ids(arrival))? {
        if !before.contains(&claim) && tickets::told_at(tx, claim.1)? != here {
            return Err(StoreError::Conflict.into());
        }
    }
    Ok(())
}

fn ids(arrival: &Arrival) -> Vec<&str> {
    let own = arrival.mail.message_id.as_deref();
    own.into_iter().chain(arrival.mail.ancestors()).collect()
}
