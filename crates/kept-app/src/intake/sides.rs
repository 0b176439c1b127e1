//! Looks up who stands on which side: whether a mail that only points to a mail we never had is from the same
//! people as the ticket that points there too.

use kept_domain::ids::{ClientId, TicketId};
use kept_domain::intake::{Side, same_side};
use kept_domain::people::EmailAddress;
use kept_domain::tickets::Ticket;
use kept_store::people::Who;
use kept_store::{Tx, clients, merges, participants, tickets};

use super::author::Author;
use crate::Error;

/// Whoever wrote the mail.
pub(super) enum Writer {
    /// They work here, and answer anybody.
    Ours,
    Outside(Side),
}

/// A stranger belongs to the client they will belong to once they are met.
pub(super) fn of_writer(
    tx: &mut Tx<'_>,
    claimed: Option<&Author>,
    author: Option<&Who>,
) -> Result<Writer, Error> {
    if author.is_some_and(|who| who.role.is_some()) {
        return Ok(Writer::Ours);
    }
    let client = match (author, claimed) {
        (Some(who), _) => who.client,
        (None, Some(author)) => clients::of_domain(tx, &author.address.domain())?,
        (None, None) => None,
    };
    Ok(Writer::Outside(Side {
        client,
        people: author.iter().map(|who| who.id).collect(),
        addresses: claimed.iter().map(|it| it.address.clone()).collect(),
    }))
}

pub(super) fn is_one(tx: &mut Tx<'_>, ticket: TicketId, writer: &Writer) -> Result<bool, Error> {
    match writer {
        Writer::Ours => Ok(true),
        Writer::Outside(side) => Ok(same_side(side, &of_ticket(tx, ticket)?)),
    }
}

fn of_ticket(tx: &mut Tx<'_>, id: TicketId) -> Result<Side, Error> {
    let ticket = tickets::find(tx, id)?;
    let taking = participants::of_tickets(tx, &[id])?;
    let people = taking.iter().map(|it| it.person);
    let requester = ticket.as_ref().and_then(|ticket| ticket.requester);
    let addresses = participants::addresses(tx, id)?;
    Ok(Side {
        client: client_of(tx, ticket.as_ref())?,
        people: people.chain(requester).collect(),
        addresses: addresses
            .iter()
            .filter_map(|text| EmailAddress::parse(text).ok())
            .collect(),
    })
}

/// Whose ticket it is: the client that stays.
fn client_of(tx: &mut Tx<'_>, ticket: Option<&Ticket>) -> Result<Option<ClientId>, Error> {
    let client = ticket.and_then(|ticket| ticket.client);
    Ok(client.map(|client| merges::which(tx, client)).transpose()?)
}

/// Colleagues of whoever asked are one party, as far as we know their client.
pub(super) fn same_company(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    side: Option<ClientId>,
) -> Result<bool, Error> {
    let ticket = tickets::find(tx, ticket)?;
    let theirs = client_of(tx, ticket.as_ref())?;
    Ok(theirs.is_some() && theirs == side)
}
