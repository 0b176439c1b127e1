//! Looks up what a decision about a mail depends on.

use kept_domain::ids::{QueueId, TicketId};
use kept_domain::intake::budget::Answered;
use kept_domain::intake::{Candidate, Facts, HeaderName, MailKind, Sender, Tagged, Threads};
use kept_domain::people::EmailAddress;
use kept_domain::queues::Queue;
use kept_domain::tickets::Partaking;
use kept_mail::Kind;
use kept_store::people::Who;
use kept_store::{Tx, clients, messages, participants, people, queues, threads, tickets};

use super::Via;
use super::arrival::Arrival;
use super::author::Author;
use super::{budget, invitation, meant, reported, sides, speaker};
use crate::Error;

/// The facts, and what was looked up on the way and is needed again.
pub(super) struct Found {
    pub facts: Facts,
    pub queues: Vec<Queue>,
    /// Who the mail is by: whoever From names, or whoever a web form wrote for.
    pub claimed: Option<Author>,
    /// Whoever has that address.
    pub author: Option<Who>,
    pub by_form: bool,
    /// The mail of ours it reports on.
    pub reported: Option<reported::Found>,
}

pub(super) fn gather(tx: &mut Tx<'_>, arrival: &Arrival) -> Result<Found, Error> {
    let queues = queues::all(tx)?;
    let default_queue = default_queue(arrival, &queues);
    let form = speaker::of_form(tx, arrival, &queues)?;
    let by_form = form.is_some();
    let claimed = form.or_else(|| arrival.author.clone());
    let address = claimed.as_ref().map(|author| author.address.clone());
    let author = match &address {
        Some(address) => people::who_has(tx, address)?,
        None => None,
    };
    let sender = match address {
        Some(address) => Some(speaker::sender(
            tx,
            arrival,
            address,
            by_form,
            author.as_ref(),
            &queues,
        )?),
        None => None,
    };
    let reported = reported::find(tx, arrival)?;
    let limits = budget::limits(tx)?;
    let answered = answered(
        tx,
        arrival,
        claimed
            .as_ref()
            .filter(|_| by_form || may_be_answered(arrival)),
    )?;
    let (referenced, of_another) = referenced(tx, arrival, claimed.as_ref(), author.as_ref())?;
    let mut facts = Facts {
        seen: threads::seen(tx, &arrival.fingerprint)?,
        kind: if by_form {
            MailKind::Person
        } else {
            kind(arrival)
        },
        referenced,
        token: match arrival.token {
            Some(number) => followed(tx, number, sender.as_ref())?,
            None => None,
        },
        meant: meant::meant(arrival, &queues),
        tagged: tagged(tx, arrival, sender.as_ref(), author.as_ref())?,
        threads: Threads {
            of_another,
            ..Threads::default()
        },
        carries_our_mark: arrival.mail.desk.as_deref() == Some(&arrival.identity.mark),
        queues: addressed(arrival, &queues),
        default_queue: default_queue.ok_or_else(|| Error::not_found("queue"))?,
        reported: reported.as_ref().map(|found| found.reported),
        answered,
        limits,
        forward: speaker::forward(tx, arrival, &queues)?,
        by_mailbox_rule: speaker::by_mailbox_rule(arrival),
        sender,
    };
    super::candidates::look(tx, arrival, author.as_ref(), &mut facts)?;
    Ok(Found {
        claimed,
        by_form,
        facts,
        queues,
        author,
        reported,
    })
}

fn may_be_answered(arrival: &Arrival) -> bool {
    arrival.mail.kind.may_answer()
}

/// What counts for an answer; nothing for mail that gets none anyway.
fn answered(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    author: Option<&Author>,
) -> Result<Answered, Error> {
    let Some(author) = author else {
        return Ok(Answered::default());
    };
    let subject = arrival.mail.subject.as_deref().unwrap_or_default();
    budget::answered(tx, &author.address, subject, arrival.received_at)
}

/// Where mail goes that is addressed to no queue: where its mailbox says, else to the first.
fn default_queue(arrival: &Arrival, queues: &[Queue]) -> Option<QueueId> {
    let wanted = match arrival.envelope.via {
        Via::Mailbox(queue) => Some(queue),
        Via::Smtp | Via::Lmtp | Via::Pipe | Via::Http => None,
    };
    let known = wanted.filter(|wanted| queues.iter().any(|queue| queue.id == *wanted));
    known.or_else(|| queues.first().map(|queue| queue.id))
}

pub(super) fn is_of(queue: &Queue, address: &EmailAddress) -> bool {
    queue.addresses.contains(address) || queue.addresses.contains(&address.without_detail())
}

/// The queues it was sent to, the envelope first, each once.
fn addressed(arrival: &Arrival, queues: &[Queue]) -> Vec<QueueId> {
    let mail = &arrival.mail;
    let headers = mail
        .to
        .iter()
        .chain(&mail.cc)
        .map(|mailbox| mailbox.address.as_str());
    let texts = arrival
        .envelope
        .to
        .iter()
        .chain(&mail.delivered_to)
        .map(String::as_str);
    let mut found = Vec::new();
    let addresses = texts.chain(headers).take(MOST_RECIPIENTS);
    for address in addresses.filter_map(|text| EmailAddress::parse(text).ok()) {
        let queue = queues
            .iter()
            .find(|queue| is_of(queue, &address))
            .map(|queue| queue.id);
        found.extend(queue.filter(|queue| !found.contains(queue)));
    }
    found
}

/// The tickets the headers lead to: what it answers, nearest first, then what answered it already.
fn referenced(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    claimed: Option<&Author>,
    author: Option<&Who>,
) -> Result<(Vec<Candidate>, Option<TicketId>), Error> {
    let mail = &arrival.mail;
    let mut refs = mail.ancestors();
    let ancestors = refs.len();
    refs.extend(arrival.reported.iter().map(String::as_str));
    let reported = refs.len();
    let meetings = invitation::refs(arrival);
    refs.extend(meetings.iter().map(String::as_str));
    let met = refs.len();
    let forwarded = arrival.forward.as_ref().map(|it| it.message_ids.as_slice());
    refs.extend(forwarded.unwrap_or_default().iter().map(String::as_str));
    let passed_on = refs.len();
    if let Some(own) = mail.message_id.as_deref()
        && !threads::has_arrived(tx, own)?
    {
        refs.push(own);
    }
    let writer = sides::of_writer(tx, claimed, author)?;
    let (mut found, mut of_another) = (Vec::new(), None);
    for (place, ticket) in threads::tickets_of(tx, &refs)? {
        // Whoever passes a mail on may have it from anywhere; our own people may pass on anybody's.
        let from_elsewhere =
            (met..passed_on).contains(&place) && author.is_none_or(|who| who.role.is_none());
        let doubtful = from_elsewhere || !threads::has_arrived(tx, refs[place])?;
        if doubtful && !sides::is_one(tx, ticket, &writer)? {
            of_another = of_another.or(Some(ticket));
            continue;
        }
        let header = match place {
            place if place >= passed_on => HeaderName::MessageId,
            place if place >= met => HeaderName::Forwarded,
            place if place >= reported => HeaderName::Invitation,
            place if place >= ancestors => HeaderName::Reported,
            place if mail.in_reply_to.iter().any(|id| id == refs[place]) => HeaderName::InReplyTo,
            _ => HeaderName::References,
        };
        found.push(Candidate {
            ticket: tickets::told_at(tx, ticket)?,
            header,
        });
    }
    Ok((found, of_another))
}

fn told_at(tx: &mut Tx<'_>, number: i64) -> Result<Option<TicketId>, Error> {
    match tickets::find(tx, TicketId(number))? {
        Some(ticket) => Ok(Some(tickets::told_at(tx, ticket.id)?)),
        None => Ok(None),
    }
}

/// Where a token of ours leads: it names the ticket it was sent from, but its reader may have been
/// given a ticket of their own since.
fn followed(
    tx: &mut Tx<'_>,
    number: i64,
    sender: Option<&Sender>,
) -> Result<Option<TicketId>, Error> {
    let Some(ticket) = told_at(tx, number)? else {
        return Ok(None);
    };
    let split = match sender {
        Some(sender) => super::candidates::split_off(tx, TicketId(number), &sender.address)?,
        None => None,
    };
    Ok(Some(split.unwrap_or(ticket)))
}

fn tagged(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    sender: Option<&Sender>,
    author: Option<&Who>,
) -> Result<Option<Tagged>, Error> {
    let Some(number) = arrival.tag else {
        return Ok(None);
    };
    let Some(ticket) = told_at(tx, number)? else {
        return Ok(None);
    };
    let works_here = author.is_some_and(|who| who.role.is_some());
    if let Some(sender) = sender.filter(|_| !works_here)
        && let Some(split) = super::candidates::split_off(tx, TicketId(number), &sender.address)?
    {
        return Ok(Some(Tagged {
            ticket: split,
            sender_takes_part: true,
        }));
    }
    let side = match (author, sender) {
        (Some(who), _) => who.client,
        (None, Some(sender)) => clients::of_domain(tx, &sender.address.domain())?,
        (None, None) => None,
    };
    let sender_takes_part = match sender {
        // Whoever claims to work here must show more than a number anybody can type.
        Some(sender) if works_here => sender.is_proven,
        Some(sender) => {
            let named = messages::takes_part(tx, TicketId(number), sender.address.as_str())?;
            named
                || messages::takes_part(tx, ticket, sender.address.as_str())?
                || participates(tx, TicketId(number), ticket, author)?
                || sides::same_company(tx, ticket, side)?
        }
        None => false,
    };
    Ok(Some(Tagged {
        ticket,
        sender_takes_part,
    }))
}

/// Whether somebody was brought into either ticket and is in it still, under any of their addresses.
fn participates(
    tx: &mut Tx<'_>,
    named: TicketId,
    told_at: TicketId,
    author: Option<&Who>,
) -> Result<bool, Error> {
    let Some(who) = author else {
        return Ok(false);
    };
    for ticket in [named, told_at] {
        if participants::standing(tx, ticket, who.id)? == Partaking::TakesPart {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Addresses of one mail that are looked at; more are noise.
const MOST_RECIPIENTS: usize = 100;

pub(super) fn kind(arrival: &Arrival) -> MailKind {
    match &arrival.mail.kind {
        Kind::Person if invitation::is_answer(arrival) => MailKind::InvitationAnswer {
            says_more: invitation::says_more(arrival),
        },
        Kind::Person => MailKind::Person,
        Kind::MailingList { .. } => MailKind::MailingList,
        Kind::Automatic { .. } => MailKind::Automatic,
        Kind::VacationReply { .. } => MailKind::VacationReply,
        Kind::Bounce { .. } => MailKind::Bounce,
        Kind::Receipt { .. } => MailKind::Receipt,
        Kind::Report { .. } => MailKind::Report,
    }
}
