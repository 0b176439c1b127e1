//! Looks up what a decision about a mail depends on.

use kept_domain::ids::TicketId;
use kept_domain::intake::{Candidate, Facts, HeaderName, MailKind, Sender, Tagged};
use kept_domain::people::EmailAddress;
use kept_mail::Kind;
use kept_store::{Tx, messages, outgoing, people, queues, threads, tickets};

use super::arrival::Arrival;
use crate::Error;

const A_DAY: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);

pub(super) fn gather(tx: &mut Tx<'_>, arrival: &Arrival) -> Result<Facts, Error> {
    let sender = sender(tx, arrival)?;
    let since = arrival.received_at - A_DAY;
    let answers = match &sender {
        Some(sender) => outgoing::answers_since(tx, sender.address.as_str(), since)?,
        None => 0,
    };
    Ok(Facts {
        seen: threads::seen(tx, &arrival.fingerprint)?,
        kind: kind(&arrival.mail.kind),
        referenced: referenced(tx, arrival)?,
        token: match arrival.token {
            Some(number) => told_at(tx, number)?,
            None => None,
        },
        tagged: tagged(tx, arrival, sender.as_ref())?,
        carries_our_mark: arrival.mail.desk.as_deref() == Some(&arrival.identity.mark),
        queues: queues::of_addresses(tx, &recipients(arrival))?,
        default_queue: queues::first(tx)?,
        answers_today: u32::try_from(answers).unwrap_or(u32::MAX),
        sender,
    })
}

/// Who it claims to be from: From, else Sender, else the envelope.
fn sender(tx: &mut Tx<'_>, arrival: &Arrival) -> Result<Option<Sender>, Error> {
    let mail = &arrival.mail;
    let claims = mail
        .from
        .iter()
        .chain(&mail.sender)
        .map(|mailbox| mailbox.address.as_str());
    let envelope = arrival.envelope.from.as_deref().into_iter();
    let address = claims
        .chain(envelope)
        .find_map(|text| EmailAddress::parse(text).ok());
    let Some(address) = address else {
        return Ok(None);
    };
    let ours = queues::of_addresses(tx, &[address.clone(), address.without_detail()])?;
    Ok(Some(Sender {
        person: people::find_by_address(tx, &address)?,
        is_our_queue: !ours.is_empty(),
        is_noreply: kept_mail::address::is_noreply(address.as_str())
            || mail.from.first().is_some_and(kept_mail::address::is_mailer),
        address,
    }))
}

/// The tickets the headers lead to: what it answers, nearest first, then what answered it already.
fn referenced(tx: &mut Tx<'_>, arrival: &Arrival) -> Result<Vec<Candidate>, Error> {
    let mail = &arrival.mail;
    let mut refs = mail.ancestors();
    let ancestors = refs.len();
    if let Some(own) = mail.message_id.as_deref()
        && !threads::has_arrived(tx, own)?
    {
        refs.push(own);
    }
    let mut found = Vec::new();
    for (place, ticket) in threads::tickets_of(tx, &refs)? {
        let header = match place {
            place if place >= ancestors => HeaderName::MessageId,
            place if mail.in_reply_to.iter().any(|id| id == refs[place]) => HeaderName::InReplyTo,
            _ => HeaderName::References,
        };
        found.push(Candidate {
            ticket: tickets::told_at(tx, ticket)?,
            header,
        });
    }
    Ok(found)
}

fn told_at(tx: &mut Tx<'_>, number: i64) -> Result<Option<TicketId>, Error> {
    match tickets::find(tx, TicketId(number))? {
        Some(ticket) => Ok(Some(tickets::told_at(tx, ticket.id)?)),
        None => Ok(None),
    }
}

fn tagged(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    sender: Option<&Sender>,
) -> Result<Option<Tagged>, Error> {
    let Some(number) = arrival.tag else {
        return Ok(None);
    };
    let Some(ticket) = told_at(tx, number)? else {
        return Ok(None);
    };
    let sender_takes_part = match sender {
        Some(sender) => {
            let named = messages::takes_part(tx, TicketId(number), sender.address.as_str())?;
            named || messages::takes_part(tx, ticket, sender.address.as_str())?
        }
        None => false,
    };
    Ok(Some(Tagged {
        ticket,
        sender_takes_part,
    }))
}

/// Addresses a mail can be followed through; more are noise.
const MOST_RECIPIENTS: usize = 40;

/// Where it was sent, the envelope first, each also without its plus-detail.
fn recipients(arrival: &Arrival) -> Vec<EmailAddress> {
    let mail = &arrival.mail;
    let headers = mail
        .to
        .iter()
        .chain(&mail.cc)
        .map(|mailbox| mailbox.address.as_str());
    let mut all: Vec<EmailAddress> = Vec::new();
    let texts = arrival
        .envelope
        .to
        .iter()
        .chain(&mail.delivered_to)
        .map(String::as_str);
    for address in texts
        .chain(headers)
        .filter_map(|text| EmailAddress::parse(text).ok())
    {
        let base = address.without_detail();
        for address in [address, base] {
            if all.len() < MOST_RECIPIENTS && !all.contains(&address) {
                all.push(address);
            }
        }
    }
    all
}

fn kind(kind: &Kind) -> MailKind {
    match kind {
        Kind::Person => MailKind::Person,
        Kind::MailingList { .. } => MailKind::MailingList,
        Kind::Automatic { .. } => MailKind::Automatic,
        Kind::VacationReply { .. } => MailKind::VacationReply,
        Kind::Bounce { .. } => MailKind::Bounce,
        Kind::Receipt { .. } => MailKind::Receipt,
        Kind::Report { .. } => MailKind::Report,
    }
}
