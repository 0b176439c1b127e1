//! A reply an agent wrote in their own mail program: said on the ticket as any other reply, and queued
//! for those of the client's side who have not got it from the agent already.

use jiff::Timestamp;
use kept_domain::access::Viewer;
use kept_domain::event::Actor;
use kept_domain::ids::MessageId;
use kept_domain::language::asks;
use kept_domain::messages::Audience;
use kept_domain::people::{EmailAddress, Role};
use kept_domain::tickets::{self as rules, AndThen, Ticket};
use kept_mail::{Mailbox, address};
use kept_store::blobs::Prepared;
use kept_store::people::Who;
use kept_store::threads::Leads;
use kept_store::{Tx, messages, threads, tickets};

use super::compose::{self, Addressees, Letter};
use super::say::{self, ReadyFile, Saying};
use crate::consequences::record;
use crate::desk::Identity;
use crate::intake::{File, Recipients};
use crate::{Error, sender};

/// The mail as intake understood it.
pub(crate) struct ByMail<'a> {
    pub agent: &'a Who,
    pub address: Option<&'a EmailAddress>,
    /// Markdown.
    pub text: String,
    pub last_words: String,
    /// Who got it from the agent already.
    pub told: Recipients,
    pub files: &'a [File],
    pub raw: &'a Prepared,
    pub identity: &'a Identity,
    /// For the mail that carries it on.
    pub message_ref: String,
}

/// Goes out at once: whoever wrote it sits in their mail program, without the button that takes a reply
/// back, and has sent it as far as they know.
pub(crate) fn reply_by_mail(
    tx: &mut Tx<'_>,
    mut ticket: Ticket,
    mail: &ByMail<'_>,
    now: Timestamp,
) -> Result<MessageId, Error> {
    let here = compose::told_here(tx, ticket.id)?;
    let said = messages::of_tickets(tx, &here)?;
    let answered = compose::answered(&said).map(|message| message.id);
    let addressees = missing(compose::choose(tx, &ticket, &said)?, mail);
    let files = files(mail.files);
    let message = write(tx, &ticket, mail, &addressees, &files, now)?;
    let then = and_then(&mail.text);
    let events = rules::reply(&ticket, message, then)?;
    record(tx, &mut ticket, now, Actor::Person(mail.agent.id), &events)?;
    if addressees.to.is_empty() {
        return Ok(message);
    }
    let viewer = viewer(mail);
    let letter = Letter {
        ticket: &ticket,
        message_ref: mail.message_ref.clone(),
        agent: &viewer,
        to: addressees.to,
        cc: addressees.cc,
        bcc: vec![],
        markdown: &mail.text,
        files: &files,
        quotes: true,
    };
    let letter = compose::write(tx, mail.identity, letter, &said, now)?;
    messages::set_message_ref(tx, message, &letter.message_id)?;
    let leads = Leads {
        to: ticket.id,
        with: Some(message),
        answers: answered,
    };
    threads::remember_own(tx, &letter.message_id, leads)?;
    sender::queue(tx, &letter, Some(ticket.id), Some(message), now)?;
    Ok(message)
}

/// Nobody gets the same words twice: whoever the agent wrote to themselves has them. Somebody copied
/// becomes an addressee when no other is left.
fn missing(mut addressees: Addressees, mail: &ByMail<'_>) -> Addressees {
    let told: Vec<&Mailbox> = mail.told.to.iter().chain(&mail.told.cc).collect();
    let own = mail.address.map(EmailAddress::as_str).unwrap_or_default();
    let missing = |mailbox: &Mailbox| {
        let has_it = |known: &str| address::is_same(known, &mailbox.address);
        !has_it(own) && !told.iter().any(|known| has_it(&known.address))
    };
    addressees.to.retain(missing);
    addressees.cc.retain(missing);
    if addressees.to.is_empty() {
        std::mem::swap(&mut addressees.to, &mut addressees.cc);
    }
    addressees
}

fn viewer(mail: &ByMail<'_>) -> Viewer {
    Viewer {
        person: mail.agent.id,
        name: mail.agent.name.clone(),
        role: mail.agent.role.unwrap_or(Role::Agent),
    }
}

fn files(files: &[File]) -> Vec<ReadyFile> {
    let ready = files
        .iter()
        .map(|file| ReadyFile::of(&file.filename, &file.content_type, &file.blob));
    ready.collect()
}

fn write(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    mail: &ByMail<'_>,
    addressees: &Addressees,
    files: &[ReadyFile],
    now: Timestamp,
) -> Result<MessageId, Error> {
    // Those who had it from the agent are told of as well.
    let recipients = Recipients {
        to: addressees.to.iter().chain(&mail.told.to).cloned().collect(),
        cc: addressees.cc.iter().chain(&mail.told.cc).cloned().collect(),
        bcc: vec![],
        reply_to: vec![],
    };
    let saying = Saying {
        ticket: ticket.id,
        subject: "",
        audience: Audience::Client,
        markdown: &mail.text,
        added: "",
        recipients: recipients.json(),
        files,
    };
    let message = say::write(tx, &viewer(mail), &saying, now)?;
    mail.raw.record(tx)?;
    let size = i64::try_from(mail.raw.size_bytes()).unwrap_or(i64::MAX);
    messages::set_raw(tx, message, mail.raw.sha256(), size)?;
    tickets::set_last_words(tx, ticket.id, &mail.last_words, Some(mail.agent.id))?;
    Ok(message)
}

/// A mail has no button for what it does with the turn; asking for something gives it away.
fn and_then(text: &str) -> AndThen {
    match asks::asked(text) {
        Some(_) => AndThen::Ask,
        None => AndThen::Update,
    }
}
