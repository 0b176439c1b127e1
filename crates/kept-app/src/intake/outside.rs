//! Whether a mail that joins is for the desk alone: somebody an agent forwarded something to answers, and nobody of the
//! client's side has their mail.

use kept_domain::people::EmailAddress;
use kept_domain::tickets::{Answering, Ticket, is_private};
use kept_mail::Mailbox;
use kept_store::messages::Message;
use kept_store::{Tx, messages, people, queues};

use super::Recipients;
use super::arrival::Arrival;
use super::author::Author;
use super::facts::is_of;
use super::sides::{self, Writer};
use super::voice::Voice;
use crate::Error;
use crate::reading::recipients_of;
use crate::tickets::{is_forward, told_here};

/// Addresses of one mail that are looked up.
const MOST: usize = 40;

pub(super) fn is_for_desk(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    ticket: &Ticket,
    voice: &Voice,
) -> Result<bool, Error> {
    let here = told_here(tx, ticket.id)?;
    let said = messages::of_tickets(tx, &here)?;
    let forwards: Vec<&Message> = said.iter().filter(|it| is_forward(it)).collect();
    let unseen: Vec<&Message> = said.iter().filter(|it| told_unseen(it)).collect();
    if forwards.is_empty() && unseen.is_empty() {
        return Ok(false);
    }
    let ancestors = arrival.mail.ancestors();
    let answers = |it: &&Message| {
        let own = it.message_ref.as_deref();
        own.is_some_and(|own| ancestors.contains(&own))
    };
    let writer = voice.claimed.as_ref();
    let got_it = |it: &&Message| writer.is_some_and(|writer| is_to(it, writer));
    let in_bcc =
        |it: &&Message| writer.is_some_and(|writer| is_among(&recipients_of(it).bcc, writer));
    let answering = Answering {
        answers_forward: forwards.iter().any(answers),
        was_forwarded_to: forwards.iter().any(got_it) || unseen.iter().any(in_bcc),
        is_of_client: is_of_client(tx, ticket, writer, voice)?,
        client_has_it: client_has_it(tx, arrival, ticket)?,
    };
    Ok(is_private(answering))
}

fn is_to(forward: &Message, writer: &Author) -> bool {
    let Recipients { to, cc, bcc, .. } = recipients_of(forward);
    [to, cc, bcc].iter().any(|list| is_among(list, writer))
}

/// Whether somebody got it without the others knowing: what they answer is not for them either.
fn told_unseen(message: &Message) -> bool {
    !recipients_of(message).bcc.is_empty()
}

fn is_among(list: &[Mailbox], writer: &Author) -> bool {
    let same =
        |mailbox: &Mailbox| kept_mail::address::is_same(&mailbox.address, writer.address.as_str());
    list.iter().any(same)
}

fn is_of_client(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    writer: Option<&Author>,
    voice: &Voice,
) -> Result<bool, Error> {
    if writer.is_none() && voice.who.is_none() {
        return Ok(false);
    }
    let side = sides::of_writer(tx, writer, voice.who.as_ref())?;
    sides::is_one(tx, ticket.id, &side)
}

/// Whether somebody of the client's side is among those it was sent to.
fn client_has_it(tx: &mut Tx<'_>, arrival: &Arrival, ticket: &Ticket) -> Result<bool, Error> {
    let queues = queues::all(tx)?;
    let mail = &arrival.mail;
    for mailbox in mail.to.iter().chain(&mail.cc).take(MOST) {
        let Ok(address) = EmailAddress::parse(&mailbox.address) else {
            continue;
        };
        if queues.iter().any(|queue| is_of(queue, &address)) {
            continue;
        }
        let who = people::who_has(tx, &address)?;
        let reader = Author::of_mailbox(&Mailbox::bare(&mailbox.address));
        let side = sides::of_writer(tx, reader.as_ref(), who.as_ref())?;
        if matches!(side, Writer::Outside(_)) && sides::is_one(tx, ticket.id, &side)? {
            return Ok(true);
        }
    }
    Ok(false)
}
