//! The mail of ours that a bounce or a complaint is about: by its id, by our token, by its recipient.

use jiff::SignedDuration;
use kept_domain::ids::{MessageId, TicketId};
use kept_domain::intake::{FoundBy, Reported};
use kept_domain::people::EmailAddress;
use kept_mail::bounce::ReportKind;
use kept_mail::{Bounce, address};
use kept_store::outgoing::Outgoing;
use kept_store::{Tx, outgoing, people, tickets};

use super::arrival::Arrival;
use crate::undelivered::{self, folded};
use crate::{Error, tickets as commands};

/// What was found, and the mail itself when it is known which of a ticket's it is.
pub(super) struct Found {
    pub reported: Reported,
    pub mail: Option<Outgoing>,
    by: FoundBy,
}

/// Servers give up within five days (RFC 5321 §4.5.4.1), and their reports need a while.
const RECENT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Ids and recipients of one report that are looked up.
const MOST: usize = 20;
/// No Message-ID of ours comes near.
const LONGEST_ID: usize = 500;

pub(super) fn find(tx: &mut Tx<'_>, arrival: &Arrival) -> Result<Option<Found>, Error> {
    let Some(bounce) = &arrival.bounce else {
        return Ok(None);
    };
    if let Some(mail) = by_id(tx, arrival, bounce)? {
        return of_mail(tx, mail, FoundBy::MessageId).map(Some);
    }
    if is_to_agents_only(tx, bounce)? {
        let reported = Reported::Notice;
        return Ok(Some(Found {
            reported,
            mail: None,
            by: FoundBy::Recipient,
        }));
    }
    if let Some(found) = by_token(tx, arrival, bounce)? {
        return Ok(Some(found));
    }
    for address in whom(bounce) {
        if let Some(mail) = outgoing::last_to(tx, &address, arrival.received_at - RECENT)? {
            return of_mail(tx, mail, FoundBy::Recipient).map(Some);
        }
    }
    Ok(None)
}

fn of_mail(tx: &mut Tx<'_>, mail: Outgoing, by: FoundBy) -> Result<Found, Error> {
    let reported = match mail.ticket {
        Some(ticket) => Reported::Mail {
            ticket: tickets::told_at(tx, ticket)?,
            by,
        },
        None => Reported::Notice,
    };
    let mail = Some(mail);
    Ok(Found { reported, mail, by })
}

fn by_id(tx: &mut Tx<'_>, arrival: &Arrival, bounce: &Bounce) -> Result<Option<Outgoing>, Error> {
    let ids = bounce.message_id.iter().chain(&arrival.reported).take(MOST);
    for id in ids.filter(|id| id.len() <= LONGEST_ID && !id.contains('\0')) {
        if let Some(mail) = outgoing::find_by_ref(tx, id)? {
            return Ok(Some(mail));
        }
    }
    Ok(None)
}

/// A notice to people who work here may quote a ticket, its token and its tag; it is still no word of
/// that ticket's.
fn is_to_agents_only(tx: &mut Tx<'_>, bounce: &Bounce) -> Result<bool, Error> {
    let named = whom(bounce);
    for address in &named {
        let known = match EmailAddress::parse(address) {
            Ok(address) => people::who_has(tx, &address)?,
            Err(_) => None,
        };
        if known.is_none_or(|who| who.role.is_none()) {
            return Ok(false);
        }
    }
    Ok(!named.is_empty())
}

fn by_token(tx: &mut Tx<'_>, arrival: &Arrival, bounce: &Bounce) -> Result<Option<Found>, Error> {
    let Some(number) = arrival.token else {
        return Ok(None);
    };
    if tickets::find(tx, TicketId(number))?.is_none() {
        return Ok(None);
    }
    let ticket = tickets::told_at(tx, TicketId(number))?;
    let by = FoundBy::Token;
    let reported = Reported::Mail { ticket, by };
    let mail = last_of(tx, ticket, bounce)?;
    Ok(Some(Found { reported, mail, by }))
}

/// The last mail from a ticket to whom the report names, or to anybody when it names nobody.
fn last_of(tx: &mut Tx<'_>, ticket: TicketId, bounce: &Bounce) -> Result<Option<Outgoing>, Error> {
    let here = commands::told_here(tx, ticket)?;
    let named = whom(bounce);
    for address in &named {
        if let Some(mail) = outgoing::last_of(tx, &here, Some(address))? {
            return Ok(Some(mail));
        }
    }
    match named.is_empty() {
        true => Ok(outgoing::last_of(tx, &here, None)?),
        false => Ok(None),
    }
}

/// Whom the report names, as addresses compare, each once.
fn whom(bounce: &Bounce) -> Vec<String> {
    let mut all = Vec::new();
    for report in bounce.reports.iter().take(MOST) {
        let named = report.original_recipient.iter().chain([&report.recipient]);
        for address in named.map(|text| folded(text)) {
            if !address.contains('\0') && !all.contains(&address) {
                all.push(address);
            }
        }
    }
    all
}

/// Writes down what the report says, once it is kept. `message` is where it stands on a ticket.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    found: Option<&Found>,
    message: Option<MessageId>,
) -> Result<(), Error> {
    let (Some(bounce), Some(found)) = (&arrival.bounce, found) else {
        return Ok(());
    };
    let Some(mail) = &found.mail else {
        return Ok(());
    };
    let losses = undelivered::of_report(bounce, mail, is_proof(arrival, bounce, mail, found.by));
    let at = arrival.received_at;
    match found.by {
        FoundBy::Recipient => undelivered::tell_guessed(tx, mail, &losses, message, at),
        FoundBy::MessageId | FoundBy::Token => undelivered::tell(tx, mail, &losses, message, at),
    }
}

/// Whether a report may mark an address as dead. Our ids and tokens are known to everybody who ever got a mail
/// of the ticket, so it must also come as servers send reports, and a token must be in the address it came to,
/// soon after the mail. A complaint comes from people's providers, with their own address.
fn is_proof(arrival: &Arrival, bounce: &Bounce, mail: &Outgoing, by: FoundBy) -> bool {
    let reported = bounce.kind == ReportKind::Complaint || is_from_software(arrival);
    match by {
        FoundBy::MessageId => reported,
        FoundBy::Token => {
            let recent = mail.created_at > arrival.received_at - RECENT;
            reported && recent && arrival.is_to_token()
        }
        FoundBy::Recipient => false,
    }
}

/// Reports have no sender to answer to (RFC 5321 §4.5.5). Where nobody says who sent it, its author must be mail
/// software by name.
fn is_from_software(arrival: &Arrival) -> bool {
    let path = [&arrival.envelope.from, &arrival.mail.return_path];
    match path.into_iter().flatten().next() {
        Some(path) => path.is_empty() || path.to_lowercase().starts_with("mailer-daemon"),
        None => {
            arrival.mail.from.first().is_some_and(|from| {
                address::is_mailer(from) || address::is_postmaster(&from.address)
            })
        }
    }
}

/// The same when a person said which ticket the report belongs to: then it is believed.
pub(super) fn tell_by_hand(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    ticket: TicketId,
    message: MessageId,
) -> Result<(), Error> {
    let Some(bounce) = &arrival.bounce else {
        return Ok(());
    };
    let Some(mail) = last_of(tx, ticket, bounce)? else {
        return Ok(());
    };
    let losses = undelivered::of_report(bounce, &mail, true);
    undelivered::tell(tx, &mail, &losses, Some(message), arrival.received_at)
}
