//! What people are told by mail about offers: that something is offered to them, and that something came back.

use jiff::Timestamp;
use kept_domain::ids::PersonId;
use kept_domain::tickets::Ticket;
use kept_store::{Tx, people};

use crate::notice::{self, Notice};
use crate::{Desk, Error};

pub(super) fn offered(
    tx: &mut Tx<'_>,
    desk: &Desk,
    ticket: &Ticket,
    to: PersonId,
    by: PersonId,
    now: Timestamp,
) -> Result<(), Error> {
    let who = name(tx, by)?;
    let until = ticket.delegation.map(|offer| words(offer.due));
    let says = format!(
        "{who} asks you to take this ticket. Accept or decline it until {}; after that it stays where it is.",
        until.unwrap_or_default()
    );
    send(tx, desk, ticket, to, "Offered to you", &says, now)
}

pub(super) fn declined(
    tx: &mut Tx<'_>,
    desk: &Desk,
    ticket: &Ticket,
    by: PersonId,
    why: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let says = format!("{} did not take it: {}", name(tx, by)?, why.trim());
    send(
        tx,
        desk,
        ticket,
        ticket.responsible,
        "Stays with you",
        &says,
        now,
    )
}

pub(super) fn timed_out(
    tx: &mut Tx<'_>,
    desk: &Desk,
    ticket: &Ticket,
    asked: PersonId,
    now: Timestamp,
) -> Result<(), Error> {
    let says = format!(
        "{} did not answer in time; you are responsible as before.",
        name(tx, asked)?
    );
    send(
        tx,
        desk,
        ticket,
        ticket.responsible,
        "Stays with you",
        &says,
        now,
    )?;
    let says = format!(
        "You did not answer in time, so it stays with {}.",
        name(tx, ticket.responsible)?
    );
    send(
        tx,
        desk,
        ticket,
        asked,
        "No longer offered to you",
        &says,
        now,
    )
}

pub(super) fn gone(
    tx: &mut Tx<'_>,
    desk: &Desk,
    ticket: &Ticket,
    asked: PersonId,
    now: Timestamp,
) -> Result<(), Error> {
    let says = format!(
        "{} no longer works here; offer it to somebody else.",
        name(tx, asked)?
    );
    send(
        tx,
        desk,
        ticket,
        ticket.responsible,
        "Stays with you",
        &says,
        now,
    )
}

fn send(
    tx: &mut Tx<'_>,
    desk: &Desk,
    ticket: &Ticket,
    to: PersonId,
    subject: &str,
    says: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let notice = Notice {
        subject: &format!("{subject}: #{} {}", ticket.id, ticket.subject),
        text: &format!(
            "#{} {}\n\n{says}\n\n{}/tickets/{}\n",
            ticket.id,
            ticket.subject,
            desk.config().public_url,
            ticket.id
        ),
        queue: ticket.queue,
    };
    notice::send(tx, desk, to, &notice, now)
}

fn words(at: Timestamp) -> String {
    at.strftime("%a %d %b %H:%M UTC").to_string()
}

fn name(tx: &mut Tx<'_>, person: PersonId) -> Result<String, Error> {
    let found = people::names(tx, &[person])?.pop();
    Ok(found.map_or_else(|| "Somebody".to_owned(), |(_, name)| name))
}
