//! People a mail names take part in its ticket from then on: never ourselves, an agent, or an address that
//! nobody reads.

use jiff::Timestamp;
use kept_domain::event::Actor;
use kept_domain::ids::MessageId;
use kept_domain::intake::MailKind;
use kept_domain::people::EmailAddress;
use kept_domain::queues::Queue;
use kept_domain::tickets::{self as rules, Ticket};
use kept_mail::{Kind, Mailbox};
use kept_store::{Tx, participants};

use super::arrival::Arrival;
use super::facts::{is_of, kind};
use super::voice::Voice;
use crate::Error;
use crate::consequences::record;

/// People one mail can bring in, and who can take part in all.
const MOST_OF_A_MAIL: usize = 20;
const MOST: usize = 40;

/// Whoever a message names, to be met or known.
pub(crate) struct Named<'a> {
    pub message: MessageId,
    pub people: Vec<Mailbox>,
    pub by: Actor,
    pub queues: &'a [Queue],
}

/// Brings in whoever the mail names and whoever wrote it. A list's addresses are not people, and a
/// program's mail names nobody.
pub(super) fn of_mail(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    ticket: &mut Ticket,
    message: MessageId,
    voice: &Voice,
    queues: &[Queue],
) -> Result<(), Error> {
    if kind(arrival) != MailKind::Person && !by_form(voice, &arrival.mail.kind) {
        return Ok(());
    }
    let who = voice.who.as_ref().map(|who| who.own);
    let named = Named {
        message,
        people: named(arrival, voice),
        by: who.map_or(Actor::Kept, Actor::Person),
        queues,
    };
    bring_in(tx, ticket, &named, arrival.received_at)
}

/// A form's mail is a person's, whatever its site says of it.
fn by_form(voice: &Voice, kind: &Kind) -> bool {
    voice.origin.is_some() && matches!(kind, Kind::Automatic { .. })
}

fn named(arrival: &Arrival, voice: &Voice) -> Vec<Mailbox> {
    let author = voice.claimed.as_ref().map(super::author::Author::mailbox);
    let mail = &arrival.mail;
    let forward = arrival.forward.as_ref().filter(|_| voice.is_handed_in());
    let forwarded = forward
        .into_iter()
        .flat_map(|forward| forward.to.iter().chain(&forward.cc));
    let all = mail.to.iter().chain(&mail.cc).chain(forwarded);
    author.into_iter().chain(all.cloned()).collect()
}

/// Makes whoever is named take part, as far as the rules allow.
pub(crate) fn bring_in(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    named: &Named<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    let wanted = reachable(&named.people, named.queues);
    let mut taking = participants::of_tickets(tx, &[ticket.id])?.len();
    let mut events = Vec::new();
    // Two addresses of one mail may be the same person's.
    let mut named_already = Vec::new();
    for (mailbox, address) in wanted {
        if taking >= MOST {
            break;
        }
        let name = mailbox.name.as_deref().unwrap_or_default();
        let who = crate::people::meet(tx, &address, name, now)?;
        if who.role.is_some() || named_already.contains(&who.id) || ticket.requester == Some(who.id)
        {
            continue;
        }
        let standing = participants::standing(tx, ticket.id, who.id)?;
        let event =
            rules::named_in_mail(ticket, who.own, address.as_str(), named.message, standing);
        if let Some(event) = event {
            named_already.push(who.id);
            events.push(event);
            taking += 1;
        }
    }
    record(tx, ticket, now, named.by, &events)
}

/// Addresses of people who are not ours and read what they get, each once.
fn reachable<'a>(people: &'a [Mailbox], queues: &[Queue]) -> Vec<(&'a Mailbox, EmailAddress)> {
    let mut found: Vec<(&Mailbox, EmailAddress)> = Vec::new();
    for mailbox in people {
        let Ok(address) = EmailAddress::parse(&mailbox.address) else {
            continue;
        };
        let is_person = kept_mail::address::is_valid(&mailbox.address)
            && !kept_mail::address::is_noreply(&mailbox.address)
            && !kept_mail::address::is_mailer(mailbox)
            && !queues.iter().any(|queue| is_of(queue, &address));
        if is_person && !found.iter().any(|(_, known)| *known == address) {
            found.push((mailbox, address));
        }
        if found.len() >= MOST_OF_A_MAIL {
            break;
        }
    }
    found
}
