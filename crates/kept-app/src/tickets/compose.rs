//! Makes the mail that carries a reply: to whom, under which thread, with what below it.

use jiff::Timestamp;
use kept_domain::access::Viewer;
use kept_domain::ids::TicketId;
use kept_domain::messages::{Audience, Channel};
use kept_domain::people::EmailAddress;
use kept_domain::queues::Queue;
use kept_domain::tickets::Ticket;
use kept_mail::{Mailbox, OutgoingAttachment, OutgoingMail, markdown};
use kept_store::messages::Message;
use kept_store::{Tx, messages, participants, people, queues};

use super::say::ReadyFile;
use crate::desk::Identity;
use crate::intake::Recipients;
use crate::reading::{body_of, recipients_of};
use crate::{Desk, Error};

/// Who a reply goes to unless the agent says otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addressees {
    pub to: Vec<Mailbox>,
    pub cc: Vec<Mailbox>,
    /// Who gets it too, unknown to the others.
    pub bcc: Vec<Mailbox>,
}

impl Addressees {
    /// Everybody who gets it.
    pub fn all(&self) -> impl Iterator<Item = &Mailbox> {
        self.to.iter().chain(&self.cc).chain(&self.bcc)
    }
}

/// The requester and everybody who takes part; never ourselves.
///
/// # Errors
/// When the ticket does not exist or the store can't answer.
pub async fn addressees(desk: &Desk, id: TicketId) -> Result<Addressees, Error> {
    desk.store()
        .read(move |tx| {
            let ticket = kept_store::tickets::find(tx, id)?
                .ok_or_else(|| Error::not_found(format!("ticket #{id}")))?;
            let here = told_here(tx, id)?;
            let said = messages::of_tickets(tx, &here)?;
            choose(tx, &ticket, &said)
        })
        .await
}

pub(crate) fn told_here(tx: &mut Tx<'_>, id: TicketId) -> Result<Vec<TicketId>, Error> {
    let mut all = vec![id];
    let mut next = 0;
    while let Some(at) = all.get(next).copied() {
        all.extend(kept_store::tickets::merged_into(tx, at)?);
        next += 1;
    }
    Ok(all)
}

/// The requester, where they last wrote from, and everybody who takes part. Where the requester can't be
/// reached, whoever wrote last from outside.
pub(crate) fn choose(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    said: &[Message],
) -> Result<Addressees, Error> {
    let ours: Vec<EmailAddress> = queues::all(tx)?
        .into_iter()
        .flat_map(|q| q.addresses)
        .collect();
    let is_ours = |mailbox: &Mailbox| {
        EmailAddress::parse(&mailbox.address).is_ok_and(|address| {
            ours.contains(&address) || ours.contains(&address.without_detail())
        })
    };
    let reaches =
        |mailbox: &Mailbox| kept_mail::address::is_valid(&mailbox.address) && !is_ours(mailbox);
    let mut to = requester(tx, ticket, said, &reaches)?;
    if to.is_empty() {
        to = last_mail(said, |_| true).map_or_else(Vec::new, |last| answers_to(last, &reaches));
    }
    let here = told_here(tx, ticket.id)?;
    let cc = participants::of_tickets(tx, &here)?
        .into_iter()
        .filter(|one| !one.works_here && Some(one.person) != ticket.requester)
        .map(|one| Mailbox {
            name: some(&one.name),
            address: one.address,
        })
        .filter(|mailbox| reaches(mailbox) && !kept_mail::address::is_noreply(&mailbox.address))
        .filter(|mailbox| {
            let same = |t: &Mailbox| kept_mail::address::is_same(&t.address, &mailbox.address);
            !to.iter().any(same)
        })
        .collect();
    Ok(Addressees {
        to,
        cc,
        bcc: vec![],
    })
}

/// The last mail the client's side wrote, of those wanted.
fn last_mail(said: &[Message], wanted: impl Fn(&Message) -> bool) -> Option<&Message> {
    let by_mail =
        |m: &&Message| m.channel == Channel::Mail && m.audience == Audience::Client && !m.automatic;
    said.iter().rev().filter(by_mail).find(|m| wanted(m))
}

/// Where the writer wants answers, else the writer, as far as either can be reached.
fn answers_to(message: &Message, reaches: &dyn Fn(&Mailbox) -> bool) -> Vec<Mailbox> {
    let Recipients { mut reply_to, .. } = recipients_of(message);
    reply_to.retain(reaches);
    let author = Mailbox {
        name: some(&message.author_name),
        address: message.author_address.clone(),
    };
    if reply_to.is_empty() && reaches(&author) {
        reply_to.push(author);
    }
    reply_to
}

/// The requester, where they last wrote from, else where their mail goes.
fn requester(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    said: &[Message],
    reaches: &dyn Fn(&Mailbox) -> bool,
) -> Result<Vec<Mailbox>, Error> {
    let Some(requester) = ticket.requester else {
        return Ok(vec![]);
    };
    let wrote = last_mail(said, |m| m.person == Some(requester));
    let mut to = wrote.map_or_else(Vec::new, |wrote| answers_to(wrote, reaches));
    if to.is_empty() {
        let person = people::find(tx, requester)?;
        to.extend(person.and_then(|person| {
            let address = person.addresses.first()?.to_string();
            Some(Mailbox {
                name: some(&person.name),
                address,
            })
        }));
        to.retain(reaches);
    }
    Ok(to)
}

fn some(name: &str) -> Option<String> {
    Some(name.to_owned()).filter(|name| !name.is_empty())
}

/// A mail to the client side, before it is queued.
pub(crate) struct Letter<'a> {
    pub ticket: &'a Ticket,
    pub message_ref: String,
    /// Who wrote it; the queue says whether their name stands in From.
    pub agent: &'a Viewer,
    pub to: Vec<Mailbox>,
    pub cc: Vec<Mailbox>,
    pub bcc: Vec<Mailbox>,
    pub markdown: &'a str,
    pub files: &'a [ReadyFile],
    /// Whether what the client wrote last stands below it.
    pub quotes: bool,
}

/// Characters of the client's last message that are quoted below a reply.
const LONGEST_QUOTE: usize = 4_000;

/// Puts the mail together: text and HTML, signature, what it answers, and the mark that brings the
/// next answer back here even when a provider rewrites our Message-ID.
pub(crate) fn write(
    tx: &mut Tx<'_>,
    identity: &Identity,
    letter: Letter<'_>,
    said: &[Message],
    now: Timestamp,
) -> Result<OutgoingMail, Error> {
    let ticket = letter.ticket;
    let queue = queues::all(tx)?.into_iter().find(|q| q.id == ticket.queue);
    let from = from_agent(queue.as_ref(), identity, &letter.agent.name);
    let return_path = return_path(tx, identity, &from.address, ticket.id)?;
    let signature = signature(tx, ticket, letter.agent)?;
    let heard: Vec<&Message> = said
        .iter()
        .filter(|m| m.audience == Audience::Client)
        .collect();
    let last = answered(said);
    let quote = last.filter(|_| letter.quotes).map(quote);
    let quote = quote.as_ref();
    let marker = kept_mail::token::body_marker(&identity.reply_key, ticket.id.0);
    let signed = [letter.markdown.trim_end(), signature.trim()].map(str::to_owned);
    let signed = signed
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>();
    let plain = signed.iter().map(|part| markdown::to_plain(part));
    let plain: Vec<String> = plain.map(|part| part.trim_end().to_owned()).collect();
    let html: Vec<String> = signed.iter().map(|part| markdown::to_html(part)).collect();
    Ok(OutgoingMail {
        message_id: letter.message_ref,
        from,
        reply_to: None,
        return_path,
        to: letter.to,
        cc: letter.cc,
        bcc: letter.bcc,
        subject: kept_mail::reply_subject(&ticket.subject, ticket.id.0),
        date: now,
        in_reply_to: last.and_then(|m| m.message_ref.clone()),
        references: std::iter::once(identity.thread_ref(ticket.id.0))
            .chain(heard.iter().filter_map(|m| m.message_ref.clone()))
            .collect(),
        text: below(
            plain.join("\n\n-- \n"),
            quote.map_or("", |quote| &quote.text),
            &marker,
        ),
        html: Some(html_below(
            &html.join("<p>-- <br></p>"),
            quote.map_or("", |quote| &quote.html),
            &marker,
        )),
        attachments: letter.files.iter().map(outgoing).collect(),
        calendar: None,
        automatic: None,
        ticket: Some(ticket.id.0),
        desk: identity.mark.clone(),
    })
}

/// What stands below what this agent writes: their own lines, and those of the queue.
pub(super) fn signature(tx: &mut Tx<'_>, ticket: &Ticket, agent: &Viewer) -> Result<String, Error> {
    let own = people::signature(tx, agent.person)?;
    let own = crate::reply_templates::rendered(tx, agent, ticket.id, &own)?;
    let queue = queues::signature(tx, ticket.queue)?;
    let parts = [own.trim(), queue.trim()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Ok(parts.join("\n\n"))
}

/// The message a reply written now answers: what a person sent last.
pub(super) fn answered(said: &[Message]) -> Option<&Message> {
    said.iter()
        .rev()
        .find(|m| m.audience == Audience::Client && m.channel == Channel::Mail && !m.automatic)
}

/// Where bounces of a ticket's mail go: an address that names the ticket, so that one which quotes nothing
/// still finds it. Servers that deliver no `+details` lose such bounces; then this is turned off.
pub(super) fn return_path(
    tx: &mut Tx<'_>,
    identity: &Identity,
    from: &str,
    ticket: TicketId,
) -> Result<Option<String>, Error> {
    if kept_store::settings::get(tx, RETURN_PATH)?.as_deref() == Some(PLAIN) {
        return Ok(None);
    }
    Ok(kept_mail::token::reply_address(
        &identity.reply_key,
        from,
        ticket.0,
    ))
}

/// The setting by which bounces come back to the plain address of the queue.
pub(crate) const RETURN_PATH: &str = "mail.return-path";
pub(crate) const PLAIN: &str = "plain";

/// As what an agent writes goes out: under the name the queue chose.
pub(super) fn from_agent(queue: Option<&Queue>, identity: &Identity, agent: &str) -> Mailbox {
    let name = queue.map_or_else(|| agent.to_owned(), |queue| queue.agent_in_mail(agent));
    sender(queue, identity, &name)
}

/// The queue's first address under `name`, so that answers come back to the desk.
pub(crate) fn sender(queue: Option<&Queue>, identity: &Identity, name: &str) -> Mailbox {
    let address = queue.and_then(|q| q.addresses.first().map(ToString::to_string));
    let address = address.unwrap_or_else(|| format!("support@{}", identity.host));
    Mailbox {
        name: some(name),
        address,
    }
}

pub(super) fn outgoing(file: &ReadyFile) -> OutgoingAttachment {
    OutgoingAttachment {
        filename: file.filename.clone(),
        content_type: file.content_type.clone(),
        sha256: file.sha256().to_owned(),
        size_bytes: file.size_bytes() as u64,
    }
}

/// What the client wrote last, below a reply.
struct Quote {
    text: String,
    html: String,
}

fn quote(message: &Message) -> Quote {
    let text = body_of(message).new_text();
    let cut: String = text.chars().take(LONGEST_QUOTE).collect();
    let who = if message.author_name.is_empty() {
        &message.author_address
    } else {
        &message.author_name
    };
    let when = message.at.strftime("%a, %d %b %Y %H:%M UTC").to_string();
    Quote {
        text: kept_mail::quote_for_reply(&cut, who, &when),
        html: kept_mail::quote_as_html(&cut, who, &when),
    }
}

fn below(text: String, quote: &str, marker: &str) -> String {
    let parts = [text.as_str(), quote, marker];
    parts
        .into_iter()
        .filter(|part| !part.trim().is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn html_below(html: &str, quote: &str, marker: &str) -> String {
    format!("{html}\n{quote}\n<p><small>{marker}</small></p>")
}
