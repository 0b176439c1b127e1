//! The client confirms what was resolved: by the link below the reply that says so, without signing in.

use jiff::Timestamp;
use kept_domain::event::Actor;
use kept_domain::ids::TicketId;
use kept_domain::tickets::{self as rules, Status, Ticket};
use kept_store::{Tx, people, tickets};

use super::load;
use crate::clocks::Look;
use crate::consequences::record;
use crate::private_links::{self, Purpose};
use crate::random::Random;
use crate::settings::texts::{self, Text, Told};
use crate::{Desk, Error};

/// What asking for a confirmation needs of the desk within a transaction.
pub(super) struct Asking {
    random: Random,
    public_url: String,
}

impl Asking {
    pub fn of(desk: &Desk) -> Self {
        Self {
            random: desk.random().clone(),
            public_url: desk.config().public_url.clone(),
        }
    }
}

/// What stands below a reply that resolved `ticket`, as Markdown. The link in it is not kept anywhere else.
pub(super) fn asked(
    tx: &mut Tx<'_>,
    asking: &Asking,
    ticket: &Ticket,
    now: Timestamp,
) -> Result<String, Error> {
    let about = ticket.id.0;
    let token = private_links::create(tx, &asking.random, Purpose::Confirmation, about, None, now)?;
    let told = Told {
        number: about,
        subject: ticket.subject.clone(),
        closed_on: taken_as_done_on(tx, ticket, now)?.unwrap_or_default(),
        link: format!("{}/done/{token}", asking.public_url),
        ..Told::default()
    };
    Ok(texts::filled(tx, Text::Resolved, &told)?.trim().to_owned())
}

/// The day on which silence counts as a yes, in the client's own zone.
fn taken_as_done_on(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    now: Timestamp,
) -> Result<Option<String>, Error> {
    let look = Look::at(tx, ticket, now.max(ticket.touched_at))?;
    let zone = look.wording.client.zone();
    Ok(look.confirmation_due().map(|at| {
        let day = at.to_zoned(zone.clone()).strftime("%A, %-d %B");
        day.to_string()
    }))
}

/// What whoever has the link sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    pub number: i64,
    pub subject: String,
    pub responsible: String,
    pub ended: Ended,
}

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The client has not said yet whether it is done.
    Resolved,
    Closed,
    /// It is worked on again.
    Not,
}

/// # Errors
/// As [`private_links::enter`].
pub async fn resolution_by_link(desk: &Desk, token: &str, from: &str) -> Result<Resolution, Error> {
    let link = private_links::enter(desk, Purpose::Confirmation, token, from).await?;
    desk.store()
        .read(move |tx| {
            let ticket = in_sight(tx, TicketId(link.about))?;
            let responsible = people::names(tx, &[ticket.responsible])?.pop();
            Ok(Resolution {
                number: ticket.id.0,
                subject: ticket.subject.clone(),
                responsible: responsible.map_or_else(String::new, |(_, name)| name),
                ended: match ticket.status {
                    Status::Resolved => Ended::Resolved,
                    Status::Closed => Ended::Closed,
                    _ => Ended::Not,
                },
            })
        })
        .await
}

/// Where the ticket is told now: it may have been merged since the mail went out.
fn in_sight(tx: &mut Tx<'_>, id: TicketId) -> Result<Ticket, Error> {
    let told = tickets::told_at(tx, id)?;
    let found = tickets::find(tx, told)?.filter(|ticket| ticket.spam_since.is_none());
    found.ok_or_else(|| Error::not_found("page"))
}

/// The client says that it is done. Saying so again changes nothing.
///
/// # Errors
/// As [`private_links::enter`], and when the ticket is worked on again.
pub async fn confirm_by_link(desk: &Desk, token: &str, from: &str) -> Result<(), Error> {
    let link = private_links::enter(desk, Purpose::Confirmation, token, from).await?;
    let now = desk.now();
    desk.store()
        .write(move |tx| {
            let id = in_sight(tx, TicketId(link.about))?.id;
            let mut ticket = load(tx, id)?;
            if ticket.status == Status::Closed {
                return Ok(());
            }
            let events = rules::confirm(&ticket)?;
            let by = ticket.requester.map_or(Actor::Kept, Actor::Person);
            record(tx, &mut ticket, now, by, &events)
        })
        .await
}
