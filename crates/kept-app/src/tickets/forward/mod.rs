//! Passing on what was said, with its files, to somebody outside the conversation: an act of its own, which the client
//! does not read and which brings nobody into the ticket.

mod letter;

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::Actor;
use kept_domain::ids::{MessageId, TicketId};
use kept_domain::messages::{Audience, Channel};
use kept_domain::people::EmailAddress;
use kept_domain::tickets as rules;
use kept_store::messages::Message;
use kept_store::threads::Leads;
use kept_store::{Tx, messages, queues, threads};

use super::compose::Addressees;
use super::composed::Composed;
use super::reply::check;
use super::say::{self, ReadyFile, Saying, Upload};
use super::{load, told_here};
use crate::consequences::record;
use crate::desk::Identity;
use crate::intake::Recipients;
use crate::{Desk, Error};

/// What is passed on, and to whom.
#[derive(Debug, Clone, Default)]
pub struct Forward {
    /// One message; `None` for the whole conversation.
    pub of: Option<MessageId>,
    /// Markdown that stands above it; may be empty.
    pub text: String,
    pub addressees: Addressees,
    /// Which files of the conversation go with it, by their numbers.
    pub attached: Vec<i64>,
    pub files: Vec<Upload>,
}

/// Whether a message can be passed on: what the client said or reads, and what others answered by mail. Notes stay here.
pub fn can_be_forwarded(message: &Message) -> bool {
    message.audience == Audience::Client || message.channel == Channel::Mail
}

/// Whether a message of the desk's is such a forward.
pub fn is_forward(message: &Message) -> bool {
    let ours = message.channel == Channel::Desk && message.audience == Audience::Desk;
    ours && message.message_ref.is_some()
}

/// # Errors
/// When the viewer may not, the ticket is set aside, there is nothing to pass on, nobody to pass it on to, or the files
/// do not fit into a mail.
pub async fn forward(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    forward: Forward,
    composed: Composed,
) -> Result<MessageId, Error> {
    allow(viewer, Act::WorkTickets)?;
    check(&forward.addressees).map_err(named)?;
    let sending = Sending {
        viewer: viewer.clone(),
        identity: desk.identity().clone(),
        message_ref: desk.new_message_ref()?,
        files: say::prepare(desk, forward.files.clone()).await?,
        forward,
        composed,
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
    files: Vec<ReadyFile>,
    forward: Forward,
    composed: Composed,
}

fn send(
    tx: &mut Tx<'_>,
    id: TicketId,
    sending: &Sending,
    now: Timestamp,
) -> Result<MessageId, Error> {
    let mut ticket = load(tx, id)?;
    let forward = &sending.forward;
    not_to_us(tx, &forward.addressees)?;
    let here = told_here(tx, id)?;
    let said = messages::of_tickets(tx, &here)?;
    let passed_on = passed_on(&said, forward.of)?;
    let files = files(tx, sending, &said)?;
    let bytes = files.iter().map(|file| file.size_bytes() as u64).sum();
    crate::settings::largest::must_fit(tx, bytes)?;
    let saying = Saying {
        ticket: id,
        subject: "",
        audience: Audience::Desk,
        markdown: &forward.text,
        added: "",
        recipients: recipients(&forward.addressees).json(),
        files: &files,
    };
    let message = say::write(tx, &sending.viewer, &saying, now)?;
    let events = rules::forward(&ticket, message, forward.of, in_words(&forward.addressees))?;
    let by = Actor::Person(sending.viewer.person);
    record(tx, &mut ticket, now, by, &events)?;
    sending
        .composed
        .log_time(tx, &mut ticket, &sending.viewer, message, now)?;
    let letter = letter::Letter {
        ticket: &ticket,
        message_ref: sending.message_ref.clone(),
        agent: &sending.viewer,
        addressees: &forward.addressees,
        markdown: &forward.text,
        passed_on: &passed_on,
        files: &files,
    };
    let mail = letter::write(tx, &sending.identity, letter, now)?;
    messages::set_message_ref(tx, message, &mail.message_id)?;
    threads::remember_own(tx, &mail.message_id, Leads::to(id, message))?;
    sending.composed.end_draft(tx, &sending.viewer, id)?;
    let about = (id, message);
    sending
        .composed
        .send(tx, &mail, about, &sending.viewer, now)?;
    Ok(message)
}

/// An error about the addresses names the field of this form.
fn named(error: Error) -> Error {
    match error {
        Error::Invalid { problem, .. } => Error::invalid("forward-to", problem),
        other => other,
    }
}

/// A mail to ourselves would come back as a ticket.
fn not_to_us(tx: &mut Tx<'_>, addressees: &Addressees) -> Result<(), Error> {
    for mailbox in addressees.all() {
        let Ok(address) = EmailAddress::parse(&mailbox.address) else {
            continue;
        };
        if !queues::of_addresses(tx, &[address.clone(), address.without_detail()])?.is_empty() {
            let problem = format!("{address} is one of our own addresses");
            return Err(Error::invalid("forward-to", problem));
        }
    }
    Ok(())
}

fn passed_on(said: &[Message], of: Option<MessageId>) -> Result<Vec<Message>, Error> {
    let wanted = |message: &&Message| match of {
        Some(one) => message.id == one && can_be_forwarded(message),
        None => message.audience == Audience::Client && !message.automatic,
    };
    let found: Vec<Message> = said.iter().filter(wanted).cloned().collect();
    if found.is_empty() {
        let problem = "There is nothing to forward here; notes stay with the desk";
        return Err(Error::invalid("forward-of", problem));
    }
    Ok(found)
}

/// Those of the conversation that were ticked, and those that were just attached.
fn files(tx: &mut Tx<'_>, sending: &Sending, said: &[Message]) -> Result<Vec<ReadyFile>, Error> {
    let mut all = Vec::new();
    for message in said.iter().filter(|it| can_be_forwarded(it)) {
        let known = messages::files_of_message(tx, message.id)?;
        let known = known
            .iter()
            .filter(|file| sending.forward.attached.contains(&file.id));
        all.extend(known.map(ReadyFile::again));
    }
    let own = sending
        .composed
        .files(tx, &sending.viewer, &sending.files)?;
    all.extend(own);
    Ok(all)
}

fn recipients(addressees: &Addressees) -> Recipients {
    Recipients {
        to: addressees.to.clone(),
        cc: addressees.cc.clone(),
        bcc: addressees.bcc.clone(),
        ..Recipients::default()
    }
}

fn in_words(addressees: &Addressees) -> String {
    let each: Vec<&str> = addressees
        .all()
        .map(|mailbox| mailbox.address.as_str())
        .collect();
    each.join(", ")
}
