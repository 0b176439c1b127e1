//! Tells the organizer of a meeting whether the desk comes: an iTIP answer (RFC 5546 §3.2.3) with words for people.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::Actor;
use kept_domain::ids::TicketId;
use kept_domain::messages::InvitationAnswer;
use kept_domain::people::EmailAddress;
use kept_domain::queues::Queue;
use kept_domain::tickets as rules;
use kept_mail::calendar::{self, Answer, Event, Method, Person};
use kept_mail::{Mailbox, OutgoingCalendar, OutgoingMail};
use kept_store::{Tx, messages, queues, threads, tickets};

use super::compose::from_agent;
use super::{load, sender};
use crate::consequences::record;
use crate::desk::Identity;
use crate::{Desk, Error, reading};

/// Answers the invitation in the file `file` from the address of the queue that was invited; returns the ticket.
///
/// # Errors
/// When the viewer may not, the file is no invitation that can be answered, or the ticket is set aside.
pub async fn answer_invitation(
    desk: &Desk,
    viewer: &Viewer,
    file: i64,
    answer: InvitationAnswer,
) -> Result<TicketId, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (file, bytes) = reading::attachment(desk, viewer, file).await?;
    let found = calendar::of_bytes(&bytes).ok_or_else(no_invitation)?;
    if found.method != Some(Method::Request) {
        return Err(no_invitation());
    }
    let event = found.events.into_iter().find(|event| event.uid.is_some());
    let answering = Answering {
        file,
        event: event.ok_or_else(no_invitation)?,
        viewer: viewer.clone(),
        answer,
        identity: desk.identity().clone(),
        message_ref: desk.new_message_ref()?,
        now: desk.now(),
    };
    let ticket = desk.store().write(move |tx| send(tx, &answering)).await?;
    desk.wake_worker();
    Ok(ticket)
}

fn no_invitation() -> Error {
    let problem = "This is no invitation that can be answered; write to the organizer instead";
    Error::invalid("answer", problem)
}

struct Answering {
    file: messages::Attachment,
    event: Event,
    viewer: Viewer,
    answer: InvitationAnswer,
    identity: Identity,
    message_ref: String,
    now: Timestamp,
}

fn send(tx: &mut Tx<'_>, answering: &Answering) -> Result<TicketId, Error> {
    let message = messages::find(tx, answering.file.message)?;
    let message = message.ok_or_else(|| Error::not_found("message"))?;
    let told_at = tickets::told_at(tx, message.ticket)?;
    let mut ticket = load(tx, told_at)?;
    let queue = queues::all(tx)?
        .into_iter()
        .find(|queue| queue.id == ticket.queue);
    let us = invited(answering, queue.as_ref());
    let who = answering.viewer.name.as_str();
    let from = Mailbox {
        name: from_agent(queue.as_ref(), &answering.identity, who).name,
        address: us.address.clone(),
    };
    let mail = letter(answering, from, &us, &message, ticket.id).ok_or_else(no_invitation)?;
    let leads = threads::Leads {
        to: ticket.id,
        with: None,
        answers: Some(message.id),
    };
    threads::remember_own(tx, &mail.message_id, leads)?;
    let outgoing = crate::sender::queue(tx, &mail, Some(ticket.id), None, answering.now)?;
    let uid = answering.event.uid.as_deref().unwrap_or_default();
    let to = mail.to.first().map_or("", |mailbox| &mailbox.address);
    let answered =
        rules::answer_invitation(&ticket, message.id, uid, answering.answer, outgoing, to)?;
    let by = Actor::Person(answering.viewer.person);
    record(tx, &mut ticket, answering.now, by, &[answered])?;
    Ok(ticket.id)
}

/// As whom the desk was invited: the address of the queue among the attendees, else the queue's first.
fn invited(answering: &Answering, queue: Option<&Queue>) -> Person {
    let ours = queue.map_or(&[][..], |queue| &queue.addresses);
    let is_ours = |attendee: &&calendar::Attendee| {
        EmailAddress::parse(&attendee.person.address)
            .is_ok_and(|it| ours.contains(&it) || ours.contains(&it.without_detail()))
    };
    let invited = answering.event.attendees.iter().find(is_ours);
    let name = queue.map_or(answering.viewer.name.as_str(), Queue::name_in_mail);
    let otherwise = sender(queue, &answering.identity, name);
    let person = invited.map(|attendee| attendee.person.clone());
    person.unwrap_or(Person {
        name: otherwise.name,
        address: otherwise.address,
    })
}

/// `None` when the organizer can't be told.
fn letter(
    answering: &Answering,
    from: Mailbox,
    us: &Person,
    invitation: &messages::Message,
    ticket: TicketId,
) -> Option<OutgoingMail> {
    let event = &answering.event;
    let object = calendar::reply(event, us, wire(answering.answer), answering.now)?;
    let organizer = event.organizer.as_ref()?;
    let summary = event.summary.as_deref().unwrap_or("your invitation");
    let (subject, says) = words(answering.answer);
    let who = &answering.viewer.name;
    let marker = kept_mail::token::body_marker(&answering.identity.reply_key, ticket.0);
    Some(OutgoingMail {
        message_id: answering.message_ref.clone(),
        from,
        reply_to: None,
        return_path: None,
        to: vec![Mailbox {
            name: organizer.name.clone(),
            address: organizer.address.clone(),
        }],
        cc: vec![],
        bcc: vec![],
        subject: format!("{subject}: {summary}"),
        date: answering.now,
        in_reply_to: invitation.message_ref.clone(),
        references: invitation.message_ref.iter().cloned().collect(),
        text: format!("{who} {says}: {summary}\n\n{marker}"),
        html: None,
        attachments: vec![],
        calendar: Some(OutgoingCalendar {
            method: "REPLY".into(),
            text: object,
        }),
        automatic: None,
        ticket: Some(ticket.0),
        desk: answering.identity.mark.clone(),
    })
}

fn wire(answer: InvitationAnswer) -> Answer {
    match answer {
        InvitationAnswer::Accepted => Answer::Accepted,
        InvitationAnswer::Tentative => Answer::Tentative,
        InvitationAnswer::Declined => Answer::Declined,
    }
}

/// What the subject begins with, and what the text says.
fn words(answer: InvitationAnswer) -> (&'static str, &'static str) {
    match answer {
        InvitationAnswer::Accepted => ("Accepted", "has accepted this invitation"),
        InvitationAnswer::Tentative => ("Tentative", "has tentatively accepted this invitation"),
        InvitationAnswer::Declined => ("Declined", "has declined this invitation"),
    }
}
