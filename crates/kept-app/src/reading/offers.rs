//! Tickets somebody is asked to take, and those of theirs they ask others to take.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::{Actor, Event};
use kept_domain::ids::TicketId;
use kept_store::offers::{self, Offer};
use kept_store::{Tx, events, lists, people};

use super::inbox::{Listed, with_turns};
use crate::{Desk, Error};

/// One offer that stands, with its ticket.
#[derive(Debug, Clone)]
pub struct Offered {
    pub listed: Listed,
    /// Who asks.
    pub by: String,
    pub note: Option<String>,
    pub due: Timestamp,
}

/// Those made to the reader, and those of what the reader holds; the soonest due first.
#[derive(Debug, Clone, Default)]
pub struct Offers {
    pub to_me: Vec<Offered>,
    pub by_me: Vec<Offered>,
}

/// Shown on one page.
const MOST: usize = 50;

/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn offers(desk: &Desk, viewer: &Viewer) -> Result<Offers, Error> {
    allow(viewer, Act::Read)?;
    let me = viewer.person;
    desk.store()
        .read(move |tx| {
            let (to_me, by_me) = (offers::to(tx, me, MOST)?, offers::from(tx, me, MOST)?);
            Ok(Offers {
                to_me: with_tickets(tx, to_me)?,
                by_me: with_tickets(tx, by_me)?,
            })
        })
        .await
}

fn with_tickets(tx: &mut Tx<'_>, offers: Vec<Offer>) -> Result<Vec<Offered>, Error> {
    let ids: Vec<TicketId> = offers.iter().map(|offer| offer.ticket).collect();
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let tickets = lists::by_ids(tx, &ids)?;
    let listed = with_turns(tx, tickets)?;
    let mut all = Vec::new();
    for listed in listed {
        let offer = offers.iter().find(|offer| offer.ticket == listed.ticket.id);
        let Some(offer) = offer else { continue };
        let (by, note) = made(tx, offer.ticket)?;
        all.push(Offered {
            listed,
            by,
            note,
            due: offer.due,
        });
    }
    Ok(all)
}

/// Who asked last on a ticket, and with which words.
fn made(tx: &mut Tx<'_>, id: TicketId) -> Result<(String, Option<String>), Error> {
    let history = events::of_ticket(tx, id)?;
    let last = history.iter().rev().find_map(|line| match &line.event {
        Event::Delegated { note, from, .. } => Some((line.by, *from, note.clone())),
        _ => None,
    });
    let Some((by, from, note)) = last else {
        return Ok((String::new(), None));
    };
    let by = match by {
        Actor::Person(person) => person,
        Actor::Rule(_) | Actor::Kept => from,
    };
    let name = people::names(tx, &[by])?.pop();
    Ok((name.map_or_else(String::new, |(_, name)| name), note))
}
