//! Everything one ticket holds: what was said, what happened, who takes part.

use std::collections::BTreeSet;

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::{Actor, Names, Recorded, sentence};
use kept_domain::ids::{MessageId, OutgoingId, PersonId, QueueId, RuleId, TicketId};
use kept_domain::intake::authentic::Authentic;
use kept_domain::people::{Client, EmailAddress, Person};
use kept_domain::queues::Queue;
use kept_domain::tickets::{ForwardQuestion, Ticket, forward_question};
use kept_mail::{Body, Mailbox};
use kept_store::bounced::Bounced;
use kept_store::deliveries::Delivery;
use kept_store::links::Linked;
use kept_store::messages::{Attachment, Mark, Message};
use kept_store::not_delivered::{self, NotDelivered};
use kept_store::outgoing::Outgoing;
use kept_store::participants::Participant;
use kept_store::people::ListedPerson;
use kept_store::threads::Landed;
use kept_store::{
    Tx, authentic, clients, deliveries, events, links, messages, outgoing, participants, people,
    queues, rules, threads, tickets,
};

use super::body::{body_of, recipients_of};
use super::cards::{self, Card};
use crate::intake::{How, Origin, Recipients};
use crate::tickets::{Addressees, told_here};
use crate::{Desk, Error};

/// One message with everything that belongs to it.
#[derive(Debug, Clone)]
pub struct Said {
    pub message: Message,
    pub body: Body,
    pub recipients: Recipients,
    pub files: Vec<Attachment>,
    /// The mail that carried it out, for our own.
    pub outgoing: Option<Outgoing>,
    /// How that mail stands with each recipient, once that had to be told apart.
    pub each: Vec<Delivery>,
    /// What a reader should know about it: signed, encrypted, not taken apart.
    pub marks: Vec<Mark>,
    /// What its files say, where that can be shown without opening them.
    pub cards: Vec<Card>,
    /// What is known about where it comes from, when anybody checked.
    pub authentic: Option<Authentic>,
    /// SHA-256 of further deliveries of the same mail in other bytes.
    pub copies: Vec<String>,
    /// How the words came, when somebody else sent the mail.
    pub origin: Option<Origin>,
    /// What came back about the mail that carried it out, oldest first.
    pub losses: Vec<NotDelivered>,
}

/// One event with the sentence that says it.
#[derive(Debug, Clone)]
pub struct Happened {
    pub recorded: Recorded,
    pub by: String,
    pub sentence: String,
}

/// A ticket as its page and the command line show it, tickets merged into it included.
#[derive(Debug, Clone)]
pub struct Conversation {
    pub ticket: Ticket,
    pub said: Vec<Said>,
    pub happened: Vec<Happened>,
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
    let ticket = tickets::find(tx, id)?.ok_or_else(|| Error::not_found(format!("ticket #{id}")))?;
    let all = told_here(tx, id)?;
    let messages = messages::of_tickets(tx, &all)?;
    let addressees = crate::tickets::choose(tx, &ticket, &messages)?;
    let mails = outgoing::of_tickets(tx, &all)?;
    let queues = queues::all(tx)?;
    let queue = queues.iter().find(|q| q.id == ticket.queue).cloned();
    let (said, notices) = said(tx, &all, messages, mails)?;
    let happened = happened(tx, &all, &queues)?;
    Ok(Conversation {
        questions: questions(tx, &ticket, &said, &happened)?,
        participants: taking_part(tx, &ticket, &all)?,
        said,
        notices,
        happened,
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
        links: links::of_ticket(tx, id)?,
        ticket,
    })
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

fn said(
    tx: &mut Tx<'_>,
    all: &[TicketId],
    messages: Vec<Message>,
    mails: Vec<Outgoing>,
) -> Result<(Vec<Said>, Vec<Outgoing>), Error> {
    let files = messages::files_of_tickets(tx, all)?;
    let copies = threads::copies_of_tickets(tx, all)?;
    let marks = messages::marks_of_tickets(tx, all)?;
    let losses = not_delivered::of_tickets(tx, all)?;
    let each = deliveries::of_tickets(tx, all)?;
    let judged = authentic::on_tickets(tx, all)?;
    let origins = crate::intake::origins_of(tx, all)?;
    let said = messages
        .into_iter()
        .map(|message| Said {
            cards: vec![],
            marks: marks
                .iter()
                .filter(|(marked, _)| *marked == message.id)
                .map(|(_, mark)| mark.clone())
                .collect(),
            authentic: judged
                .iter()
                .find(|(judged, _)| *judged == message.id)
                .and_then(|(_, text)| serde_json::from_str(text).ok()),
            body: body_of(&message),
            recipients: recipients_of(&message),
            files: files
                .iter()
                .filter(|file| file.message == message.id)
                .cloned()
                .collect(),
            outgoing: mails
                .iter()
                .find(|mail| mail.message == Some(message.id))
                .cloned(),
            losses: losses_of(&message, &mails, &losses),
            each: each
                .iter()
                .filter(|one| carries(&mails, one.outgoing, message.id))
                .cloned()
                .collect(),
            copies: copies
                .iter()
                .filter(|(landed, _)| *landed == Landed::Message(message.id))
                .map(|(_, sha256)| sha256.clone())
                .collect(),
            origin: origins
                .iter()
                .find(|(id, _)| *id == message.id)
                .map(|(_, origin)| origin.clone()),
            message,
        })
        .collect();
    Ok((
        said,
        mails
            .into_iter()
            .filter(|mail| mail.message.is_none())
            .collect(),
    ))
}

/// Whether this mail carried that message out.
fn carries(mails: &[Outgoing], id: OutgoingId, message: MessageId) -> bool {
    let mail = mails.iter().find(|mail| mail.message == Some(message));
    mail.is_some_and(|mail| mail.id == id)
}

/// What came back about the mail that carried a message out.
fn losses_of(message: &Message, mails: &[Outgoing], losses: &[NotDelivered]) -> Vec<NotDelivered> {
    let own = mails.iter().filter(|mail| mail.message == Some(message.id));
    let own: Vec<_> = own.map(|mail| mail.id).collect();
    let theirs = losses.iter().filter(|loss| own.contains(&loss.outgoing));
    theirs.cloned().collect()
}

fn named(addressees: &Addressees) -> impl Iterator<Item = &str> {
    let all = addressees.to.iter().chain(&addressees.cc);
    all.map(|mailbox| mailbox.address.as_str())
}

/// Names looked up once for all sentences.
struct Known {
    people: Vec<(PersonId, String)>,
    queues: Vec<(QueueId, String)>,
    rules: Vec<(RuleId, String)>,
}

impl Names for Known {
    fn person(&self, id: PersonId) -> String {
        find(&self.people, id, "somebody")
    }

    fn queue(&self, id: QueueId) -> String {
        find(&self.queues, id, "a queue")
    }
}

fn find<I: PartialEq>(known: &[(I, String)], id: I, otherwise: &str) -> String {
    known
        .iter()
        .find(|(known, _)| *known == id)
        .map_or(otherwise.into(), |(_, name)| name.clone())
}

fn happened(tx: &mut Tx<'_>, all: &[TicketId], queues: &[Queue]) -> Result<Vec<Happened>, Error> {
    let history = events::of_tickets(tx, all)?;
    let known = Known {
        people: people::names(tx, &involved(&history))?,
        queues: queues
            .iter()
            .map(|queue| (queue.id, queue.name.clone()))
            .collect(),
        rules: rule_names(tx, &history)?,
    };
    Ok(history
        .into_iter()
        .map(|recorded| Happened {
            by: match recorded.by {
                Actor::Person(person) => known.person(person),
                Actor::Rule(rule) => format!("Rule “{}”", find(&known.rules, rule, "gone")),
                Actor::Kept => "Kept".into(),
            },
            sentence: sentence(&recorded.event, &known),
            recorded,
        })
        .collect())
}

fn rule_names(
    tx: &mut Tx<'_>,
    history: &[Recorded],
) -> Result<Vec<(RuleId, String)>, kept_store::StoreError> {
    let rules = history.iter().filter_map(|line| match line.by {
        Actor::Rule(rule) => Some(rule),
        Actor::Person(_) | Actor::Kept => None,
    });
    let rules: BTreeSet<RuleId> = rules.collect();
    rules::names(tx, &rules)
}

/// Everybody a history speaks of.
fn involved(history: &[Recorded]) -> Vec<PersonId> {
    use kept_domain::event::Event;
    let mut people: Vec<PersonId> = Vec::new();
    for line in history {
        if let Actor::Person(person) = line.by {
            people.push(person);
        }
        match &line.event {
            Event::Opened { responsible, .. } => people.push(*responsible),
            Event::Assigned { from, to } => people.extend([*from, *to]),
            Event::Delegated { from, to, .. }
            | Event::DelegationAccepted { from, to }
            | Event::DelegationDeclined { from, to, .. }
            | Event::DelegationTimedOut { from, to }
            | Event::DelegationWithdrawn { from, to } => people.extend([*from, *to]),
            Event::Notified { person } => people.push(*person),
            Event::ParticipantAdded { person, .. } | Event::ParticipantRemoved { person } => {
                people.push(*person);
            }
            Event::RequesterChanged { from, to, .. } => people.extend(from.iter().chain(to)),
            _ => {}
        }
    }
    people.sort_unstable();
    people.dedup();
    people
}
