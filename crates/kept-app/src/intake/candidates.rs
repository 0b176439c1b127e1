//! What a decision needs to know of the tickets a mail may belong to: how long they have been closed,
//! what they are called, where their conversation went on, and what the sender's own desk calls them.

use jiff::SignedDuration;
use kept_domain::ids::TicketId;
use kept_domain::intake::{Facts, KnownTicket, Threads};
use kept_domain::people::EmailAddress;
use kept_domain::tickets::{Link, Ticket};
use kept_store::people::Who;
use kept_store::{Tx, foreign_tags, links, messages, tickets};

use super::arrival::Arrival;
use crate::Error;
use crate::settings::closing;

/// Fills in `facts.threads`. A ticket closed too long that went on in another gives way to that one.
pub(super) fn look(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    author: Option<&Who>,
    facts: &mut Facts,
) -> Result<(), Error> {
    let threads = Threads {
        foreign: foreign(tx, arrival, author)?,
        of_another: facts.threads.of_another,
        ..Threads::default()
    };
    facts.threads = threads;
    let first = facts.referenced.first_mut().map(|found| &mut found.ticket);
    let token = facts.token.as_mut();
    let tag = facts.tagged.as_mut().map(|tag| &mut tag.ticket);
    let foreign = facts.threads.foreign.as_mut().map(|(_, ticket)| ticket);
    let candidates = first.into_iter().chain(token).chain(tag).chain(foreign);
    let mut grace = None;
    for candidate in candidates {
        let known = newest(tx, arrival, *candidate, &mut grace)?;
        *candidate = known.ticket;
        if !facts.threads.known.contains(&known) {
            facts.threads.known.push(known);
        }
    }
    facts.threads.grace = grace.unwrap_or_default();
    let another = facts.threads.known.iter().any(|it| it.another_subject);
    facts.threads.is_forward = another && is_forward(arrival);
    Ok(())
}

/// Follow-ups of follow-ups that are looked through; a chain is one longer each time a closed ticket
/// is answered late.
const LONGEST_CHAIN: usize = 20;

fn newest(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    ticket: TicketId,
    grace: &mut Option<SignedDuration>,
) -> Result<KnownTicket, Error> {
    let mut known = known(tx, arrival, ticket)?;
    for _ in 0..LONGEST_CHAIN {
        let Some(closed_for) = known.closed_for else {
            break;
        };
        let grace = match *grace {
            Some(grace) => grace,
            None => *grace.insert(closing::grace(tx)?),
        };
        let next = links::younger(tx, known.ticket, Link::Follows)?
            .first()
            .copied();
        match next.filter(|_| closed_for > grace) {
            Some(next) => {
                let next = tickets::told_at(tx, next)?;
                known = self::known(tx, arrival, next)?;
            }
            None => break,
        }
    }
    Ok(known)
}

fn known(tx: &mut Tx<'_>, arrival: &Arrival, ticket: TicketId) -> Result<KnownTicket, Error> {
    let found = tickets::find(tx, ticket)?;
    let closed_at = found.as_ref().and_then(|it| it.closed_at);
    Ok(KnownTicket {
        ticket,
        closed_for: closed_at.map(|at| arrival.received_at.duration_since(at)),
        another_subject: found.is_some_and(|it| differs(arrival, &it)),
    })
}

fn differs(arrival: &Arrival, ticket: &Ticket) -> bool {
    let bare = |text: &str| kept_mail::subject::base(text).to_lowercase();
    let subject = arrival
        .mail
        .subject
        .as_deref()
        .map(bare)
        .unwrap_or_default();
    let ours = bare(&ticket.subject);
    !subject.is_empty() && !subject.contains(&ours) && !ours.contains(&subject)
}

/// By its subject, or by the header of an earlier mail above the text: some programs write no prefix.
fn is_forward(arrival: &Arrival) -> bool {
    let subject = arrival.mail.subject.as_deref();
    subject.is_some_and(kept_mail::subject::is_forward) || arrival.forward.is_some()
}

/// Numbers of the sender's own desk count for senders of the same house only, and never for people who
/// claim to work here.
fn foreign(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    author: Option<&Who>,
) -> Result<Option<(String, TicketId)>, Error> {
    let Some(correspondent) = correspondent(arrival, author) else {
        return Ok(None);
    };
    let found = foreign_tags::find(tx, &correspondent, &arrival.foreign_tags)?;
    match found {
        Some((tag, ticket)) => Ok(Some((tag, tickets::told_at(tx, ticket)?))),
        None => Ok(None),
    }
}

/// Whose numbers these would be: a house by its domain, one mailbox where many share a provider.
pub(super) fn correspondent(arrival: &Arrival, author: Option<&Who>) -> Option<String> {
    let works_here = author.is_some_and(|who| who.role.is_some());
    let address = arrival.author.as_ref().map(|author| &author.address)?;
    if works_here || arrival.foreign_tags.is_empty() {
        return None;
    }
    let domain = address.domain();
    Some(if domain.is_shared() {
        address.without_detail().to_string()
    } else {
        domain.to_string()
    })
}

/// The ticket that was split out of this one for somebody who has no part in this one any more.
pub(super) fn split_off(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    sender: &EmailAddress,
) -> Result<Option<TicketId>, Error> {
    for younger in links::younger(tx, ticket, Link::SplitFrom)? {
        if messages::takes_part(tx, younger, sender.as_str())? {
            let stayed = messages::takes_part(tx, ticket, sender.as_str())?;
            return Ok(if stayed {
                None
            } else {
                Some(tickets::told_at(tx, younger)?)
            });
        }
    }
    Ok(None)
}
