//! Bringing somebody into a ticket's conversation by hand, and taking them out.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::cards::CardOf;
use kept_domain::event::Actor;
use kept_domain::ids::{PersonId, TicketId};
use kept_domain::people::EmailAddress;
use kept_domain::tickets::{self as rules, Partaking, Refused};
use kept_store::{Tx, merges, participants};

use super::{load, told_here};
use crate::consequences::record;
use crate::{Desk, Error};

/// Lets whoever has this address, known or new, hear and answer.
///
/// # Errors
/// When the viewer may not, the ticket is set aside, they take part already or work here.
pub async fn add_participant(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    address: EmailAddress,
    name: String,
) -> Result<PersonId, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            if !kept_store::queues::of_addresses(tx, &[address.clone(), address.without_detail()])?
                .is_empty()
            {
                return Err(Error::invalid(
                    "address",
                    "This is one of our own addresses",
                ));
            }
            let who = crate::people::meet(tx, &address, &name, now)?;
            if who.role.is_some() {
                let problem = format!("{} works here and can read the ticket anyway", who.name);
                return Err(Error::invalid("address", problem));
            }
            let standing = participants::standing(tx, id, who.id)?;
            let events = rules::add_participant(&ticket, who.id, address.as_str(), standing)?;
            record(tx, &mut ticket, now, by, &events)?;
            Ok(who.id)
        })
        .await
}

/// Takes somebody out, of the tickets told here too. Mail that names them again does not bring them back.
///
/// # Errors
/// When the viewer may not, the ticket is set aside, or they take no part.
pub async fn remove_participant(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    person: PersonId,
) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            let mut refused = Err(Refused::TakesNoPart(id).into());
            for here in told_here(tx, id)? {
                let mut events = Vec::new();
                // The rule judges the ticket that is shown; those told on it are out of sight.
                for own in taking(tx, here, person)? {
                    events.extend(rules::remove_participant(
                        &ticket,
                        own,
                        Partaking::TakesPart,
                    )?);
                }
                if events.is_empty() {
                    continue;
                }
                if here == id {
                    record(tx, &mut ticket, now, by, &events)?;
                } else {
                    let mut told_here = load(tx, here)?;
                    record(tx, &mut told_here, now, by, &events)?;
                }
                refused = Ok(());
            }
            refused
        })
        .await
}

/// The numbers under which somebody takes part: several, when cards were merged.
fn taking(tx: &mut Tx<'_>, ticket: TicketId, person: PersonId) -> Result<Vec<PersonId>, Error> {
    let numbers = told_as(tx, person)?;
    let all = participants::all_of(tx, ticket)?.into_iter();
    let theirs = all.filter(|(known, _, standing)| {
        *standing == Partaking::TakesPart && numbers.contains(known)
    });
    Ok(theirs.map(|(known, ..)| known).collect())
}

fn told_as(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<PersonId>, Error> {
    let all = merges::together(tx, CardOf::Person(person))?;
    Ok(all.into_iter().map(|it| PersonId(it.number())).collect())
}

/// Brings back somebody who was taken out, to where they heard before.
///
/// # Errors
/// When the viewer may not, the ticket is set aside, or they were never in it.
pub async fn restore_participant(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    person: PersonId,
) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            let numbers = told_as(tx, person)?;
            for here in told_here(tx, id)? {
                let known = participants::all_of(tx, here)?;
                let known = known
                    .into_iter()
                    .find(|(known, ..)| numbers.contains(known));
                if let Some((own, address, standing)) = known {
                    let events = rules::add_participant(&ticket, own, &address, standing)?;
                    return record(tx, &mut ticket, now, by, &events);
                }
            }
            Err(Refused::TakesNoPart(id).into())
        })
        .await
}
