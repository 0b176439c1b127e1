//! Who will read a reply that is being addressed, and who of them is a stranger to its ticket. Nothing is stored.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::TicketId;
use kept_domain::intake::Side;
use kept_domain::people::EmailAddress;
use kept_domain::tickets::{Reader, Ticket, is_outside};
use kept_mail::address::shown;
use kept_store::{Tx, clients, people, queues, tickets};

use super::Addressees;
use crate::{Desk, Error};

/// Addressees that are looked up; of more it is said that nobody looked.
const MOST: usize = 100;

/// Who will read a reply.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Readers {
    /// By name, else by address, in the order of the mail.
    pub open: Vec<String>,
    /// How many more get a copy the others don't know of.
    pub hidden: usize,
    /// Those who belong neither to the desk nor to whose ticket it is.
    pub outside: Vec<Outsider>,
    /// How many more there are than were looked up.
    pub unknown: usize,
    pub whose: Party,
}

/// Somebody outside: their address, which a name can't disguise, and the client they are of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outsider {
    pub address: String,
    pub client: Option<String>,
}

/// Whose ticket it is, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Party {
    Client(String),
    Requester(String),
    #[default]
    Nobody,
}

/// Who reads what goes `to` them; what is no address yet is still being typed and left out.
///
/// # Errors
/// When the viewer may not, or there is no such ticket.
pub async fn readers(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    to: Addressees,
) -> Result<Readers, Error> {
    allow(viewer, Act::Read)?;
    desk.store()
        .read(move |tx| {
            let ticket = tickets::find(tx, id)?;
            let ticket = ticket.ok_or_else(|| Error::not_found(format!("ticket #{id}")))?;
            read(tx, &ticket, &to)
        })
        .await
}

fn read(tx: &mut Tx<'_>, ticket: &Ticket, to: &Addressees) -> Result<Readers, Error> {
    let (side, whose) = whose(tx, ticket)?;
    let mut readers = Readers {
        whose,
        ..Readers::default()
    };
    let seen = each(to);
    for (address, name) in &seen {
        match name {
            Some(name) => readers.open.push(name.clone()),
            None => readers.hidden += 1,
        }
        if readers.open.len() + readers.hidden > MOST {
            readers.unknown += 1;
        } else if readers.whose != Party::Nobody {
            readers.outside.extend(outsider(tx, address, &side)?);
        }
    }
    Ok(readers)
}

/// Each address once, with the name of those whom everybody sees.
fn each(to: &Addressees) -> Vec<(EmailAddress, Option<String>)> {
    let open = to.to.iter().chain(&to.cc).map(|one| (one, true));
    let hidden = to.bcc.iter().map(|one| (one, false));
    let mut known = std::collections::HashSet::new();
    open.chain(hidden)
        .filter_map(|(one, is_open)| {
            let address = EmailAddress::parse(&one.address).ok()?;
            let is_new = known.insert(address.clone());
            is_new.then(|| (address, is_open.then(|| shown(one).to_owned())))
        })
        .collect()
}

fn whose(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<(Side, Party), Error> {
    let requester = match ticket.requester {
        Some(person) => people::find(tx, person)?,
        None => None,
    };
    let client = match ticket.client {
        Some(client) => clients::find(tx, client)?,
        None => None,
    };
    let addresses = requester.as_ref().map(|it| it.addresses.clone());
    let side = Side {
        client: client.as_ref().map(|it| it.id),
        people: requester.iter().map(|it| it.id).collect(),
        addresses: addresses.unwrap_or_default(),
    };
    let whose = match (client, requester) {
        (Some(client), _) => Party::Client(client.name),
        (None, Some(person)) if !person.name.is_empty() => Party::Requester(person.name),
        (None, Some(person)) => match person.addresses.first() {
            Some(address) => Party::Requester(address.to_string()),
            None => Party::Nobody,
        },
        (None, None) => Party::Nobody,
    };
    Ok((side, whose))
}

fn outsider(
    tx: &mut Tx<'_>,
    address: &EmailAddress,
    ticket: &Side,
) -> Result<Option<Outsider>, Error> {
    let who = people::who_has(tx, address)?;
    let works_here = match &who {
        Some(who) => people::works_here(tx, who.id)?,
        None => false,
    };
    let client = match who.as_ref().and_then(|it| it.client) {
        Some(client) => Some(client),
        None => clients::of_domain(tx, &address.domain())?,
    };
    let own = [address.clone(), address.without_detail()];
    let reader = Reader {
        side: Side {
            client,
            people: who.iter().map(|it| it.id).collect(),
            addresses: vec![address.clone()],
        },
        works_here: works_here || !queues::of_addresses(tx, &own)?.is_empty(),
    };
    if !is_outside(&reader, ticket) {
        return Ok(None);
    }
    let client = match client {
        Some(client) => clients::find(tx, client)?.map(|it| it.name),
        None => None,
    };
    Ok(Some(Outsider {
        address: address.to_string(),
        client,
    }))
}
