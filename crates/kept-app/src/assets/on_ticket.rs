//! Which things a ticket is about.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::{Actor, Event, Recorded};
use kept_domain::ids::{AssetId, ClientId, PersonId, TicketId};
use kept_domain::tickets::Ticket;
use kept_store::Tx;
use kept_store::assets::{self as stored, Listed, Standing};

use super::load;
use crate::consequences::record;
use crate::tickets::load as load_ticket;
use crate::{Desk, Error};

/// Things of one ticket, and things of one owner or client that are offered.
const MOST: usize = 50;
const MOST_OFFERED: usize = 30;

/// The things a ticket is about, by name.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn of_ticket(desk: &Desk, viewer: &Viewer, id: TicketId) -> Result<Vec<Listed>, Error> {
    allow(viewer, Act::Read)?;
    Ok(desk
        .store()
        .read(move |tx| stored::of_ticket(tx, id))
        .await?)
}

/// What the ticket may well be about: things of who asked, then others of their client, all in use.
///
/// # Errors
/// When the viewer may not, or there is no such ticket.
pub async fn offered(desk: &Desk, viewer: &Viewer, id: TicketId) -> Result<Vec<Listed>, Error> {
    allow(viewer, Act::Read)?;
    desk.store()
        .read(move |tx| {
            let ticket = load_ticket(tx, id)?;
            let mut found = Vec::new();
            if ticket.requester.is_some() {
                found = in_use(tx, None, ticket.requester)?;
            }
            if ticket.client.is_some() {
                for other in in_use(tx, ticket.client, None)? {
                    if !found.iter().any(|known| known.asset.id == other.asset.id) {
                        found.push(other);
                    }
                }
            }
            let linked = stored::ids_of_ticket(tx, id)?;
            found.retain(|it| !linked.contains(&it.asset.id));
            Ok(found)
        })
        .await
}

fn in_use(
    tx: &mut Tx<'_>,
    client: Option<ClientId>,
    owner: Option<PersonId>,
) -> Result<Vec<Listed>, Error> {
    let asked = stored::Asked {
        text: String::new(),
        client,
        owner,
        standing: Standing::InUse,
    };
    Ok(stored::list(tx, &asked, None, MOST_OFFERED)?)
}

/// Says that the ticket is about a thing, named by `#12`, its identifier or its whole name.
///
/// # Errors
/// When the viewer may not, or no single thing has this name.
pub async fn link(desk: &Desk, viewer: &Viewer, id: TicketId, named: String) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load_ticket(tx, id)?;
            let asset = meant(tx, &ticket, &named)?;
            let known = stored::ids_of_ticket(tx, id)?;
            if known.contains(&asset) {
                return Ok(());
            }
            if known.len() >= MOST {
                let problem = format!("One ticket can be about {MOST} assets at most");
                return Err(Error::invalid("asset", problem));
            }
            let name = load(tx, asset)?.is.name;
            let linked = Event::AssetLinked { asset, name };
            record(tx, &mut ticket, now, by, &[linked])
        })
        .await
}

/// Says that it is not about this thing.
///
/// # Errors
/// When the viewer may not, or there is no such ticket or asset.
pub async fn unlink(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    asset: AssetId,
) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load_ticket(tx, id)?;
            if !stored::ids_of_ticket(tx, id)?.contains(&asset) {
                return Ok(());
            }
            let name = load(tx, asset)?.is.name;
            let unlinked = Event::AssetUnlinked { asset, name };
            record(tx, &mut ticket, now, by, &[unlinked])
        })
        .await
}

/// The client's own things come first.
fn meant(tx: &mut Tx<'_>, ticket: &Ticket, named: &str) -> Result<AssetId, Error> {
    let named = named.trim();
    let number = named.strip_prefix('#').map(|rest| {
        let digits = rest.split(|c: char| !c.is_ascii_digit()).next();
        digits.unwrap_or_default().parse().map(AssetId)
    });
    if let Some(Ok(id)) = number {
        return load(tx, id).map(|asset| asset.id);
    }
    let mut found = match ticket.client {
        Some(client) => stored::named(tx, Some(client), named)?,
        None => vec![],
    };
    if found.is_empty() {
        found = stored::named(tx, None, named)?;
    }
    match found.as_slice() {
        [one] => Ok(*one),
        [] => {
            let problem =
                format!("No asset in use is called “{named}”; write its name or identifier");
            Err(Error::invalid("asset", problem))
        }
        _ => {
            let problem = format!("Several assets are called “{named}”; write the identifier");
            Err(Error::invalid("asset", problem))
        }
    }
}

/// Whether the stored things of a ticket are those its events say; for the doctor.
pub(crate) fn differ(
    tx: &mut Tx<'_>,
    id: TicketId,
    history: &[Recorded],
) -> Result<Option<String>, Error> {
    let mut told: Vec<AssetId> = Vec::new();
    for line in history {
        match &line.event {
            Event::AssetLinked { asset, .. } if !told.contains(asset) => told.push(*asset),
            Event::AssetUnlinked { asset, .. } => told.retain(|known| known != asset),
            _ => {}
        }
    }
    told.sort_unstable();
    let same = stored::ids_of_ticket(tx, id)? == told;
    Ok((!same).then(|| format!("#{id} is about other assets than its events say; rebuild it")))
}
