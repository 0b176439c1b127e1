//! A reply to the client: said on the ticket and queued as mail, both or neither.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::Actor;
use kept_domain::ids::{MessageId, TicketId};
use kept_domain::messages::Audience;
use kept_domain::tickets::{self as rules, AndThen, Refused, Ticket};
use kept_mail::Mailbox;
use kept_store::threads::Leads;
use kept_store::{Tx, messages, participants, queues, threads};

use super::compose::{self, Addressees, Letter};
use super::composed::Composed;
use super::confirm::{self, Asking};
use super::load;
use super::meanwhile;
use super::say::{self, ReadyFile, Saying, Upload};
use crate::consequences::record;
use crate::desk::Identity;
use crate::intake::{Named, Recipients};
use crate::{Desk, Error};

#[derive(Debug, Clone)]
pub struct Reply {
    /// Markdown.
    pub text: String,
    pub then: AndThen,
    /// Who it goes to; `None` for the requester and everybody who takes part.
    pub addressees: Option<Addressees>,
    pub files: Vec<Upload>,
}

/// People one mail may go to.
const MOST_ADDRESSEES: usize = 50;

/// # Errors
/// When the viewer may not, the ticket does not exist or is set aside, the reply is empty, or there is
/// nobody it could go to.
pub async fn reply(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    reply: Reply,
) -> Result<MessageId, Error> {
    reply_as(desk, viewer, id, reply, Composed::default()).await
}

/// The same as it was composed on the ticket's page: it waits as long as its author wants to be able to take it back,
/// and takes the place of a draft.
///
/// # Errors
/// As [`reply`].
pub async fn reply_as(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    reply: Reply,
    composed: Composed,
) -> Result<MessageId, Error> {
    allow(viewer, Act::WorkTickets)?;
    if reply.text.trim().is_empty() {
        return Err(Refused::EmptyMessage.into());
    }
    let files = say::prepare(desk, reply.files).await?;
    let sending = Sending {
        viewer: viewer.clone(),
        identity: desk.identity().clone(),
        message_ref: desk.new_message_ref()?,
        text: reply.text,
        then: reply.then,
        addressees: reply.addressees,
        files,
        composed,
        asking: Asking::of(desk),
    };
    let now = desk.now();
    let message = desk
        .store()
        .write(move |tx| send(tx, id, &sending, now))
        .await?;
    desk.wake_worker();
    Ok(message)
}

struct Sending {
    viewer: Viewer,
    identity: Identity,
    message_ref: String,
    text: String,
    then: AndThen,
    addressees: Option<Addressees>,
    files: Vec<ReadyFile>,
    composed: Composed,
    asking: Asking,
}

fn send(
    tx: &mut Tx<'_>,
    id: TicketId,
    sending: &Sending,
    now: jiff::Timestamp,
) -> Result<MessageId, Error> {
    let mut ticket = load(tx, id)?;
    let here = compose::told_here(tx, id)?;
    let said = messages::of_tickets(tx, &here)?;
    meanwhile::check(&said, sending.composed.seen, &sending.viewer)?;
    let addressees = match &sending.addressees {
        Some(given) => given.clone(),
        None => compose::choose(tx, &ticket, &said)?,
    };
    check(&addressees)?;
    let recipients = Recipients {
        to: addressees.to.clone(),
        cc: addressees.cc.clone(),
        bcc: addressees.bcc.clone(),
        reply_to: vec![],
    };
    let files = sending
        .composed
        .files(tx, &sending.viewer, &sending.files)?;
    let bytes = files.iter().map(|file| file.size_bytes() as u64).sum();
    crate::settings::largest::must_fit(tx, bytes)?;
    let wait = match &sending.composed.wait {
        Some(new) => Some(super::waiting::made(tx, &ticket, new, now)?),
        None => None,
    };
    let added = match &wait {
        Some(wait) if sending.composed.tells_wait => super::waiting::told(tx, &ticket, wait, now)?,
        _ => String::new(),
    };
    let saying = Saying {
        ticket: id,
        subject: "",
        audience: Audience::Client,
        markdown: &sending.text,
        added: &added,
        recipients: recipients.json(),
        files: &files,
    };
    let message = say::write(tx, &sending.viewer, &saying, now)?;
    let events = match wait {
        Some(wait) => rules::reply_and_wait(&ticket, message, wait)?,
        None => rules::reply(&ticket, message, sending.then)?,
    };
    crate::fields::must_be_filled(tx, &ticket, &events)?;
    let by = Actor::Person(sending.viewer.person);
    record(tx, &mut ticket, now, by, &events)?;
    let author = (sending.viewer.person, message);
    crate::promises::said(tx, &mut ticket, author, &sending.composed.promises, now)?;
    bring_in(tx, &mut ticket, message, by, &addressees, now)?;
    sending
        .composed
        .log_time(tx, &mut ticket, &sending.viewer, message, now)?;
    let asked = match sending.then {
        AndThen::Resolve => confirm::asked(tx, &sending.asking, &ticket, now)?,
        AndThen::Ask | AndThen::Update => String::new(),
    };
    let letter = Letter {
        ticket: &ticket,
        message_ref: sending.message_ref.clone(),
        agent: &sending.viewer,
        to: addressees.to,
        cc: addressees.cc,
        bcc: addressees.bcc,
        markdown: &with_added(&with_added(&sending.text, &added), &asked),
        files: &files,
        quotes: true,
    };
    let mail = compose::write(tx, &sending.identity, letter, &said, now)?;
    messages::set_message_ref(tx, message, &mail.message_id)?;
    let answered = compose::answered(&said).map(|last| last.id);
    let leads = Leads {
        to: id,
        with: Some(message),
        answers: answered,
    };
    threads::remember_own(tx, &mail.message_id, leads)?;
    sending.composed.end_draft(tx, &sending.viewer, id)?;
    sending
        .composed
        .send(tx, &mail, (id, message), &sending.viewer, now)?;
    Ok(message)
}

/// The agent's words, and what the program puts below them.
fn with_added(text: &str, added: &str) -> String {
    match added {
        "" => text.to_owned(),
        added => format!("{}\n\n{added}", text.trim_end()),
    }
}

/// Whoever the agent wrote to takes part from now on. Those who do on a ticket that is told here stay there:
/// taking the merge back takes them along.
fn bring_in(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    message: MessageId,
    by: Actor,
    addressees: &Addressees,
    now: jiff::Timestamp,
) -> Result<(), Error> {
    let here = super::told_here(tx, ticket.id)?;
    let taking = participants::of_tickets(tx, &here)?;
    let takes_part = |mailbox: &&Mailbox| {
        let same = |known: &str| kept_mail::address::is_same(known, &mailbox.address);
        taking.iter().any(|one| same(&one.address))
    };
    let people = addressees.to.iter().chain(&addressees.cc);
    let people = people.filter(|mailbox| !takes_part(mailbox));
    let queues = queues::all(tx)?;
    let named = Named {
        message,
        people: people.cloned().collect(),
        by,
        queues: &queues,
    };
    crate::intake::bring_in(tx, ticket, &named, now)
}

/// # Errors
/// When there is nobody in it, too many, or somebody mail can't go to.
pub(super) fn check(addressees: &Addressees) -> Result<(), Error> {
    if addressees.to.is_empty() {
        return Err(Error::invalid(
            "to",
            "There is nobody this could go to; add an address to To",
        ));
    }
    let all: Vec<&Mailbox> = addressees.all().collect();
    if all.len() > MOST_ADDRESSEES {
        return Err(Error::invalid(
            "cc",
            format!("A reply can go to {MOST_ADDRESSEES} people at most"),
        ));
    }
    match all
        .iter()
        .find(|mailbox| !kept_mail::address::is_valid(&mailbox.address))
    {
        Some(bad) => Err(Error::invalid(
            "to",
            format!("“{}” is not an address mail can go to", bad.address),
        )),
        None => Ok(()),
    }
}
