//! Tells the sender of a new ticket that it arrived and what happens next. Sent once, never to a program.

use kept_domain::event::{Actor, Event};
use kept_domain::ids::MessageId;
use kept_domain::intake::Silence;
use kept_domain::queues::Queue;
use kept_domain::tickets::Ticket;
use kept_mail::{AutoSubmitted, Mailbox, OutgoingMail, markdown};
use kept_store::threads::Leads;
use kept_store::{Tx, people, threads};

use super::arrival::Arrival;
use super::budget;
use super::voice::Voice;
use crate::consequences::record;
use crate::settings::texts::{self, Text};
use crate::{Error, sender};

pub(super) fn send(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    voice: &Voice,
    ticket: &mut Ticket,
    message: MessageId,
    queues: &[Queue],
) -> Result<(), Error> {
    let Some(author) = &voice.claimed else {
        return Ok(());
    };
    let to = Mailbox {
        name: Some(author.name.clone()).filter(|name| !name.is_empty()),
        address: author.address.to_string(),
    };
    let queue = queues.iter().find(|q| q.id == ticket.queue);
    let queue_name = queue.map_or("Support", |q| q.name.as_str());
    let responsible = people::names(tx, &[ticket.responsible])?.pop();
    let told = texts::Told {
        name: author.name.clone(),
        number: ticket.id.0,
        subject: ticket.subject.clone(),
        responsible: responsible.map_or_else(String::new, |(_, name)| name),
        queue: queue_name.to_owned(),
        ..texts::Told::default()
    };
    let text = texts::filled(tx, Text::Acknowledgement, &told)?;
    let desk_name = queue.map_or(queue_name, Queue::name_in_mail);
    let from = crate::tickets::sender(queue, &arrival.identity, desk_name);
    let mail = OutgoingMail {
        from,
        to: vec![to.clone()],
        ..write(arrival, voice, ticket, &text)
    };
    let leads = Leads {
        to: ticket.id,
        with: None,
        answers: Some(message),
    };
    threads::remember_own(tx, &mail.message_id, leads)?;
    let queued = sender::queue(tx, &mail, Some(ticket.id), None, arrival.received_at)?;
    let subject = arrival.mail.subject.as_deref().unwrap_or_default();
    budget::remember(tx, &author.address, subject, queued, arrival.received_at)?;
    let told = Event::Acknowledged {
        outgoing: queued,
        to: to.address,
    };
    record(tx, ticket, arrival.received_at, Actor::Kept, &[told])
}

/// Says on the ticket that a budget against loops kept us silent. Other reasons show in the mail itself.
pub(super) fn stay_silent(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    ticket: &mut Ticket,
    why: Silence,
) -> Result<(), Error> {
    if !why.is_budget() {
        return Ok(());
    }
    metrics::counter!("kept_automatic_answers_withheld_total").increment(1);
    let silent = Event::StayedSilent { why };
    record(tx, ticket, arrival.received_at, Actor::Kept, &[silent])
}

/// The mail without its addresses.
fn write(arrival: &Arrival, voice: &Voice, ticket: &Ticket, text: &str) -> OutgoingMail {
    let marker = kept_mail::token::body_marker(&arrival.identity.reply_key, ticket.id.0);
    let (id, answered) = thread(arrival, voice);
    OutgoingMail {
        message_id: arrival.answer_ref.clone(),
        from: Mailbox::bare(""),
        reply_to: None,
        return_path: None,
        to: vec![],
        cc: vec![],
        bcc: vec![],
        subject: kept_mail::reply_subject(&ticket.subject, ticket.id.0),
        date: arrival.received_at,
        references: std::iter::once(arrival.identity.thread_ref(ticket.id.0))
            .chain(answered)
            .chain(id.clone())
            .collect(),
        in_reply_to: id,
        text: format!("{}\n\n{marker}", markdown::to_plain(text)),
        html: Some(format!(
            "{}\n<p><small>{marker}</small></p>",
            markdown::to_html(text)
        )),
        attachments: vec![],
        calendar: None,
        automatic: Some(AutoSubmitted::AutoReplied),
        ticket: Some(ticket.id.0),
        desk: arrival.identity.mark.clone(),
    }
}

/// The id of the mail its writer knows, and those before it. Of a mail that was handed in they know the
/// original, never the one that carried it.
fn thread(arrival: &Arrival, voice: &Voice) -> (Option<String>, Vec<String>) {
    let forward = arrival.forward.as_ref().filter(|_| voice.is_handed_in());
    match forward {
        Some(forward) => {
            let mut ids = forward.message_ids.iter().cloned();
            (ids.next(), ids.rev().collect())
        }
        None => (
            arrival.mail.message_id.clone(),
            arrival.mail.references.clone(),
        ),
    }
}
