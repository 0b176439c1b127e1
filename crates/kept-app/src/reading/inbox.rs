//! The inbox: a page of tickets in one of its views, each with the turns it has been through.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::clocks::Stretch;
use kept_domain::hours::Calendar;
use kept_domain::ids::{ClientId, PersonId, TicketId};
use kept_domain::turn::Turn;
use kept_store::Tx;
use kept_store::lists::{self, Cursor, List, ListedTicket};
use kept_store::snoozes::{self, Snooze};
use kept_store::steps::{self, Progress};
use kept_store::tickets::Shelf;
use kept_store::{obligations, turns};

use crate::{Desk, Error, agreements};

/// The tabs of the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    All,
    Mine,
    Late,
    WaitingOnClient,
    ThirdParty,
    Parked,
    /// What the reader put off.
    Snoozed,
    /// What goes on of what the reader watches.
    Watching,
    Resolved,
    Closed,
    Spam,
}

impl View {
    pub const ALL: [View; 11] = [
        View::All,
        View::Mine,
        View::Late,
        View::WaitingOnClient,
        View::ThirdParty,
        View::Parked,
        View::Snoozed,
        View::Watching,
        View::Resolved,
        View::Closed,
        View::Spam,
    ];

    /// The view's name in URLs.
    pub fn as_str(self) -> &'static str {
        match self {
            View::All => "all",
            View::Mine => "mine",
            View::Late => "late",
            View::WaitingOnClient => "client",
            View::ThirdParty => "third-party",
            View::Parked => "parked",
            View::Snoozed => "snoozed",
            View::Watching => "watching",
            View::Resolved => "resolved",
            View::Closed => "closed",
            View::Spam => "spam",
        }
    }

    pub fn from_text(text: &str) -> Option<View> {
        View::ALL.into_iter().find(|view| view.as_str() == text)
    }

    /// `None` for what is no list of the store's own.
    fn list(self, me: PersonId, now: Timestamp) -> Option<List> {
        let open = |turn| List::Shelf {
            shelf: Shelf::Open,
            turn,
        };
        Some(match self {
            View::Snoozed => return None,
            View::Watching => List::Watched(me),
            View::All => open(None),
            View::Mine => List::Mine {
                agent: me,
                shelf: Shelf::Open,
            },
            View::Late => List::Late { now },
            View::WaitingOnClient => open(Some(Turn::Client)),
            View::ThirdParty => open(Some(Turn::ThirdParty)),
            View::Parked => List::Recent {
                shelf: Shelf::Parked,
            },
            View::Resolved => List::Recent {
                shelf: Shelf::Resolved,
            },
            View::Closed => List::Recent {
                shelf: Shelf::Closed,
            },
            View::Spam => List::Recent { shelf: Shelf::Spam },
        })
    }
}

/// A ticket in a list with what its strip is drawn from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub ticket: ListedTicket,
    /// Oldest first.
    pub turns: Vec<Stretch>,
    /// When something was missed on it.
    pub missed: Vec<Timestamp>,
    /// The desk's hours by its agreement, which the strip is drawn in. A version that was bound to this ticket alone is not
    /// looked for.
    pub hours: Arc<Calendar>,
    /// What the reader put off, or what is just back; only where they look at their own lists.
    pub snooze: Option<Snooze>,
    /// How far its checklist is, if it has one.
    pub progress: Option<Progress>,
}

const PAGE: usize = 50;
const MOST_SNOOZED: usize = 500;

/// One page of a view and, when there is more, where the next one begins.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn inbox(
    desk: &Desk,
    viewer: &Viewer,
    view: View,
    after: Option<Cursor>,
) -> Result<(Vec<Listed>, Option<Cursor>), Error> {
    allow(viewer, Act::Read)?;
    let me = viewer.person;
    match view.list(me, desk.now()) {
        Some(list) => {
            desk.store()
                .read(move |tx| page_of(tx, me, list, after))
                .await
        }
        None => desk.store().read(move |tx| snoozed(tx, me)).await,
    }
}

/// What somebody put off; nobody puts off more than fits on a few pages.
fn snoozed(tx: &mut Tx<'_>, me: PersonId) -> Result<(Vec<Listed>, Option<Cursor>), Error> {
    let ids = snoozes::asleep(tx, me, MOST_SNOOZED)?;
    let tickets = lists::by_ids(tx, &ids)?;
    let mut listed = with_turns(tx, tickets)?;
    crate::snoozes::mark(tx, me, &mut listed)?;
    Ok((listed, None))
}

/// A page of one's own: without what one put off, and with what is just back. What is late is never hidden.
fn page_of(
    tx: &mut Tx<'_>,
    me: PersonId,
    list: List,
    after: Option<Cursor>,
) -> Result<(Vec<Listed>, Option<Cursor>), Error> {
    let hidden = match list {
        List::Shelf { .. } | List::Mine { .. } | List::Due { .. } => Some(me),
        List::Late { .. }
        | List::Recent { .. }
        | List::Watched(_)
        | List::OfRequester(_)
        | List::OfClient(_)
        | List::OpenOf(_)
        | List::EndedOf(_) => None,
    };
    let (mut listed, next) = page(tx, list, hidden, after)?;
    crate::snoozes::mark(tx, me, &mut listed)?;
    Ok((listed, next))
}

/// What the viewer holds, by what is due next; the second tells whether there is more.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn due(desk: &Desk, viewer: &Viewer) -> Result<(Vec<Listed>, bool), Error> {
    allow(viewer, Act::Read)?;
    let list = List::Due {
        agent: viewer.person,
        shelf: Shelf::Open,
    };
    let me = viewer.person;
    let (listed, more) = desk
        .store()
        .read(move |tx| page_of(tx, me, list, None))
        .await?;
    Ok((listed, more.is_some()))
}

/// The tickets of a person or a client, newest first.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn listed_of(
    desk: &Desk,
    viewer: &Viewer,
    whose: Result<PersonId, ClientId>,
) -> Result<Vec<Listed>, Error> {
    allow(viewer, Act::Read)?;
    let list = whose.map_or_else(List::OfClient, List::OfRequester);
    let page = desk.store().read(move |tx| page(tx, list, None, None));
    Ok(page.await?.0)
}

fn page(
    tx: &mut Tx<'_>,
    list: List,
    asleep_for: Option<PersonId>,
    after: Option<Cursor>,
) -> Result<(Vec<Listed>, Option<Cursor>), Error> {
    let mut tickets = lists::page_without(tx, list, asleep_for, after, PAGE + 1)?;
    let more = tickets.len() > PAGE;
    tickets.truncate(PAGE);
    let next = tickets
        .last()
        .filter(|_| more)
        .map(|last| last.cursor(list));
    Ok((with_turns(tx, tickets)?, next))
}

pub(crate) fn with_turns(
    tx: &mut Tx<'_>,
    tickets: Vec<ListedTicket>,
) -> Result<Vec<Listed>, Error> {
    let ids: Vec<TicketId> = tickets.iter().map(|ticket| ticket.id).collect();
    let turns = turns::of_tickets(tx, &ids)?;
    let missed = obligations::missed_on(tx, &ids)?;
    let progress: HashMap<TicketId, Progress> = steps::progress(tx, &ids)?.into_iter().collect();
    let book = agreements::book(tx)?;
    let listed = |ticket: ListedTicket| Listed {
        turns: turns::strip_of(&turns, ticket.id),
        missed: missed
            .iter()
            .filter(|(of, _)| *of == ticket.id)
            .map(|(_, at)| *at)
            .collect(),
        hours: Arc::clone(
            &book
                .for_new(ticket.client_id, ticket.queue_id, ticket.opened_at)
                .wording
                .desk,
        ),
        snooze: None,
        progress: progress.get(&ticket.id).copied(),
        ticket,
    };
    Ok(tickets.into_iter().map(listed).collect())
}
