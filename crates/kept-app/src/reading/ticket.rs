//! Everything one ticket holds: what was said, what happened, who takes part.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::Recorded;
use kept_domain::fields::{Field, Value};
use kept_domain::ids::{MessageId, PersonId, TicketId};
use kept_domain::people::{Client, EmailAddress, Person};
use kept_domain::queues::Queue;
use kept_domain::tickets::{ForwardQuestion, Ticket, forward_question};
use kept_mail::Mailbox;
use kept_store::bonds::{self, Bonded};
use kept_store::bounced::Bounced;
use kept_store::links::Linked;
use kept_store::messages::{Among, Message};
use kept_store::outgoing::Outgoing;
use kept_store::participants::Participant;
use kept_store::people::ListedPerson;
use kept_store::{
    Tx, clients, events, fields, links, messages, outgoing, participants, people, queues, tickets,
};

use super::cards;
use super::happened::{Happened, happened};
use super::part::{Part, Wish};
use super::said::{Said, said};
use crate::intake::How;
use crate::tickets::{Addressees, told_here};
use crate::{Desk, Error};

/// A ticket as its page and the command line show it, tickets merged into it included.
#[derive(Debug, Clone)]
pub struct Conversation {
    pub ticket: Ticket,
    pub said: Vec<Said>,
    pub happened: Vec<Happened>,
    /// Which lines a page of a long ticket shows; `None` when all were read.
    pub part: Option<Part>,
    /// When something was said between both sides and by whom, the newest first; of many the newest.
    pub spoken: Vec<(Timestamp, String)>,
    /// The newest message of all, shown or not.
    pub newest: Option<MessageId>,
    pub absorbed: Vec<TicketId>,
    pub queue: Queue,
    pub requester: Option<Person>,
    pub client: Option<Client>,
    pub responsible: String,
    /// Whoever may be made responsible.
    pub agents: Vec<ListedPerson>,
    pub queues: Vec<Queue>,
    pub addressees: Addressees,
    /// Who hears and may answer beside the requester.
    pub participants: Vec<Participant>,
    /// Forwarded mails that may be somebody else's than whose ticket this is.
    pub questions: Vec<Question>,
    /// Those of them nothing is sent to, because mail to them came back.
    pub unreachable: Vec<Bounced>,
    /// Tickets it came out of, and those that came out of it.
    pub links: Vec<Linked>,
    /// What people said it is to others.
    pub bonds: Vec<Bonded>,
    /// What the desk's own fields hold.
    pub fields: Vec<(Field, Value)>,
    /// Mail that told of the ticket without being somebody's message: acknowledgements.
    pub notices: Vec<Outgoing>,
}

/// Whose ticket this is may be asked about a message that passes another on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub message: MessageId,
    /// Whoever wrote the original.
    pub writer: Mailbox,
    pub sent_by: Mailbox,
    /// The desk should answer; otherwise it merely can.
    pub asks: bool,
}

/// All of it.
///
/// # Errors
/// When the viewer may not, or there is no such ticket.
pub async fn conversation(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
) -> Result<Conversation, Error> {
    allow(viewer, Act::Read)?;
    let mut conversation = desk.store().read(move |tx| read(tx, id)).await?;
    cards::lay_out(desk, &mut conversation).await?;
    Ok(conversation)
}

/// One page of it: as much as is read at once, however long it is.
///
/// # Errors
/// When the viewer may not, or there is no such ticket.
pub async fn conversation_page(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    wish: Wish,
) -> Result<Conversation, Error> {
    allow(viewer, Act::Read)?;
    let read = move |tx: &mut Tx<'_>| read_page(tx, id, wish);
    let mut conversation = desk.store().read(read).await?;
    cards::lay_out(desk, &mut conversation).await?;
    Ok(conversation)
}

/// What a ticket is about.
///
/// # Errors
/// When the viewer may not, or there is no such ticket.
pub async fn subject(desk: &Desk, viewer: &Viewer, id: TicketId) -> Result<String, Error> {
    allow(viewer, Act::Read)?;
    let found = desk.store().read(move |tx| tickets::find(tx, id)).await?;
    let ticket = found.ok_or_else(|| Error::not_found(format!("ticket #{id}")))?;
    Ok(ticket.subject)
}

/// Whether there is such a ticket.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn exists(desk: &Desk, viewer: &Viewer, id: TicketId) -> Result<bool, Error> {
    allow(viewer, Act::Read)?;
    let found = desk.store().read(move |tx| tickets::find(tx, id));
    Ok(found.await?.is_some())
}

/// The ticket a message is told on.
///
/// # Errors
/// When the viewer may not, or there is no such message.
pub async fn ticket_of(
    desk: &Desk,
    viewer: &Viewer,
    message: MessageId,
) -> Result<TicketId, Error> {
    allow(viewer, Act::Read)?;
    desk.store()
        .read(move |tx| {
            let found = messages::find(tx, message)?;
            let found = found.ok_or_else(|| Error::not_found("message"))?;
            Ok(tickets::told_at(tx, found.ticket)?)
        })
        .await
}

/// The same for the command line, where whoever can read the data folder is trusted.
///
/// # Errors
/// When there is no such ticket.
pub fn read(tx: &mut Tx<'_>, id: TicketId) -> Result<Conversation, Error> {
    let (ticket, all) = found(tx, id)?;
    let messages = messages::of_tickets(tx, &all)?;
    let history = events::of_tickets(tx, &all)?;
    let of = Among::Tickets(&all);
    assemble(tx, ticket, (&all, of), (messages, history), None)
}

fn read_page(tx: &mut Tx<'_>, id: TicketId, wish: Wish) -> Result<Conversation, Error> {
    let (ticket, all) = found(tx, id)?;
    let (history, part) = super::part::choose(tx, &all, wish)?;
    let shown = history.iter().filter(|line| part.shown.contains(&line.id));
    let ids: Vec<MessageId> = shown.filter_map(|line| line.event.brings()).collect();
    let messages = messages::told_on(tx, &all, &ids)?;
    let of = Among::These(&ids);
    assemble(tx, ticket, (&all, of), (messages, history), Some(part))
}

fn found(tx: &mut Tx<'_>, id: TicketId) -> Result<(Ticket, Vec<TicketId>), Error> {
    let ticket = tickets::find(tx, id)?.ok_or_else(|| Error::not_found(format!("ticket #{id}")))?;
    Ok((ticket, told_here(tx, id)?))
}

/// When something was said, on the strip of a ticket.
const MOST_SPOKEN: usize = 60;

fn assemble(
    tx: &mut Tx<'_>,
    ticket: Ticket,
    (all, of): (&[TicketId], Among<'_>),
    (messages, history): (Vec<Message>, Vec<Recorded>),
    part: Option<Part>,
) -> Result<Conversation, Error> {
    let last = messages::last_mails(tx, all, ticket.requester)?;
    let addressees = crate::tickets::choose(tx, &ticket, &last)?;
    let mails = outgoing::of_tickets(tx, of)?;
    let queues = queues::all(tx)?;
    let queue = queues.iter().find(|q| q.id == ticket.queue).cloned();
    let (said, notices) = said(tx, of, messages, mails)?;
    let happened = happened(tx, history, &queues)?;
    Ok(Conversation {
        questions: questions(tx, &ticket, &said, &happened)?,
        participants: taking_part(tx, &ticket, all)?,
        said,
        notices,
        happened,
        part,
        spoken: spoken(tx, all)?,
        newest: messages::newest(tx, all)?,
        absorbed: all[1..].to_vec(),
        queue: queue.ok_or_else(|| Error::not_found("queue"))?,
        requester: ticket
            .requester
            .map_or(Ok(None), |person| people::find(tx, person))?,
        client: ticket
            .client
            .map_or(Ok(None), |client| clients::find(tx, client))?,
        responsible: name(tx, ticket.responsible)?,
        agents: people::agents(tx)?
            .into_iter()
            .filter(|agent| !agent.has_left)
            .collect(),
        queues,
        unreachable: crate::undelivered::suppressed(tx, named(&addressees))?,
        addressees,
        links: links::of_ticket(tx, ticket.id)?,
        bonds: bonds::of_ticket(tx, ticket.id)?,
        fields: fields::of_ticket(tx, ticket.id)?,
        ticket,
    })
}

fn spoken(tx: &mut Tx<'_>, all: &[TicketId]) -> Result<Vec<(Timestamp, String)>, Error> {
    let mut spoken = messages::last_spoken(tx, all, MOST_SPOKEN)?;
    spoken.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    spoken.truncate(MOST_SPOKEN);
    Ok(spoken)
}

fn taking_part(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    all: &[TicketId],
) -> Result<Vec<Participant>, Error> {
    let mut taking = participants::of_tickets(tx, all)?;
    taking.retain(|one| Some(one.person) != ticket.requester);
    Ok(taking)
}

/// What was forwarded by somebody the ticket is not taken from, unless it is the writer's already.
fn questions(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    said: &[Said],
    happened: &[Happened],
) -> Result<Vec<Question>, Error> {
    let history: Vec<Recorded> = happened.iter().map(|it| it.recorded.clone()).collect();
    let mut questions = Vec::new();
    for said in said {
        let Some(origin) = &said.origin else { continue };
        let asked = match origin.how {
            How::Asked => true,
            How::Forwarded => false,
            How::HandedIn | How::Redirected | How::Form => continue,
        };
        let Ok(address) = EmailAddress::parse(&origin.written_by.address) else {
            continue;
        };
        let writer = people::find_by_address(tx, &address)?;
        if writer.is_some() && writer == ticket.requester {
            continue;
        }
        let stands = forward_question(&history, said.message.id) == ForwardQuestion::Stands;
        questions.push(Question {
            message: said.message.id,
            writer: origin.written_by.clone(),
            sent_by: origin.sent_by.clone(),
            asks: asked && stands,
        });
    }
    Ok(questions)
}

fn name(tx: &mut Tx<'_>, person: PersonId) -> Result<String, Error> {
    Ok(people::names(tx, &[person])?
        .pop()
        .map_or_else(String::new, |(_, name)| name))
}

fn named(addressees: &Addressees) -> impl Iterator<Item = &str> {
    let all = addressees.to.iter().chain(&addressees.cc);
    all.map(|mailbox| mailbox.address.as_str())
}
