//! Everything a ticket holds.

use std::collections::BTreeMap;

use jiff::Timestamp;
use kept_app::bonds::Bonded;
use kept_app::domain::event::Event;
use kept_app::domain::intake::authentic::Authentic;
use kept_app::domain::tickets::Tag;
use kept_app::intake::Origin;
use kept_app::reading::{Conversation, Happened, Said};
use kept_app::store::lists::ListedTicket;
use kept_app::store::messages::Attachment;
use kept_app::store::outgoing::Outgoing;
use kept_app::store::participants::Participant;
use kept_mail::Mailbox;
use serde::Serialize;

/// One line of a list.
#[derive(Serialize)]
pub struct TicketLine {
    number: i64,
    subject: String,
    status: &'static str,
    turn: &'static str,
    turn_since: Timestamp,
    priority: &'static str,
    /// open, parked, resolved, closed, spam or merged.
    shelf: &'static str,
    tags: Vec<String>,
    queue: String,
    requester: Option<String>,
    client: Option<String>,
    responsible: String,
    opened_at: Timestamp,
    touched_at: Timestamp,
}

impl From<ListedTicket> for TicketLine {
    fn from(ticket: ListedTicket) -> Self {
        Self {
            number: ticket.id.0,
            subject: ticket.subject,
            status: ticket.status.as_str(),
            turn: ticket.turn.as_str(),
            turn_since: ticket.turn_since,
            priority: ticket.priority.as_str(),
            shelf: ticket.shelf.as_str(),
            tags: ticket.tags.iter().map(ToString::to_string).collect(),
            queue: ticket.queue,
            requester: ticket.requester,
            client: ticket.client,
            responsible: ticket.responsible_name,
            opened_at: ticket.opened_at,
            touched_at: ticket.touched_at,
        }
    }
}

impl std::fmt::Display for TicketLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let who = self.requester.as_deref().unwrap_or("-");
        write!(
            f,
            "#{:<6} {:9} {:12} {:20.20} {}",
            self.number, self.status, self.turn, who, self.subject
        )
    }
}

#[derive(Serialize)]
pub struct ShownTicket<'a> {
    number: i64,
    subject: &'a str,
    status: &'static str,
    turn: &'static str,
    turn_since: Timestamp,
    kind: &'static str,
    priority: &'static str,
    tags: Vec<&'a str>,
    /// What the desk's own fields hold, as the search names them; a person by number.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<&'a str, String>,
    queue: &'a str,
    requester: Option<ShownPerson<'a>>,
    client: Option<&'a str>,
    /// Who hears and may answer beside the requester.
    participants: Vec<ShownParticipant<'a>>,
    responsible: &'a str,
    opened_at: Timestamp,
    resolved_at: Option<Timestamp>,
    closed_at: Option<Timestamp>,
    /// spam or merged; null when the ticket is in sight.
    aside: Option<&'static str>,
    merged_into: Option<i64>,
    /// Tickets whose conversation is told here.
    absorbed: Vec<i64>,
    /// What it is to other tickets, as people said.
    links: Vec<ShownLink<'a>>,
    messages: Vec<ShownMessage<'a>>,
    events: Vec<ShownEvent<'a>>,
    /// Mail sent by itself, such as the acknowledgement.
    notices: Vec<ShownOutgoing<'a>>,
    /// Who owes what by when. Empty until agreements say so.
    obligations: [(); 0],
}

#[derive(Serialize)]
struct ShownPerson<'a> {
    name: &'a str,
    addresses: Vec<String>,
}

#[derive(Serialize)]
struct ShownParticipant<'a> {
    name: &'a str,
    address: &'a str,
    client: Option<&'a str>,
    since: Timestamp,
}

#[derive(Serialize)]
struct ShownLink<'a> {
    /// blocked-by, blocks, part-of, parent-of, duplicates, duplicated-by, refers-to or referred-to-by.
    link: &'static str,
    #[serde(skip)]
    words: &'static str,
    /// The other ticket, where it is told now.
    ticket: i64,
    subject: &'a str,
    status: &'static str,
    turn: &'static str,
}

#[derive(Serialize)]
struct ShownMessage<'a> {
    id: i64,
    /// The ticket it was written on; another one than the number above when that was merged.
    ticket: i64,
    at: Timestamp,
    claimed_at: Option<Timestamp>,
    audience: &'static str,
    channel: &'static str,
    from: Mailbox,
    to: &'a [Mailbox],
    cc: &'a [Mailbox],
    reply_to: &'a [Mailbox],
    subject: Option<&'a str>,
    message_id: Option<&'a str>,
    text: String,
    new_text: String,
    quoted: String,
    signature: String,
    has_html: bool,
    automatic: bool,
    remark: Option<&'a str>,
    /// Whether it is from whom it says; null when nobody checked.
    authentic: Option<&'a Authentic>,
    raw_sha256: Option<&'a str>,
    raw_size_bytes: i64,
    /// The same mail delivered again in other bytes.
    copies: &'a [String],
    /// How the words came, when somebody else sent the mail: forwarded, redirected, by a web form.
    origin: Option<&'a Origin>,
    attachments: Vec<ShownFile<'a>>,
    outgoing: Option<ShownOutgoing<'a>>,
}

#[derive(Serialize)]
struct ShownFile<'a> {
    id: i64,
    filename: &'a str,
    content_type: &'a str,
    inline: bool,
    content_id: Option<&'a str>,
    size_bytes: i64,
    sha256: &'a str,
}

#[derive(Serialize)]
struct ShownOutgoing<'a> {
    id: i64,
    message_id: &'a str,
    recipients: Vec<String>,
    subject: &'a str,
    automatic: bool,
    state: &'static str,
    attempts: i64,
    last_error: Option<&'a str>,
    created_at: Timestamp,
    sent_at: Option<Timestamp>,
    sent_via: Option<&'a str>,
}

#[derive(Serialize)]
struct ShownEvent<'a> {
    id: i64,
    ticket: i64,
    at: Timestamp,
    by: &'a str,
    event: &'static str,
    sentence: &'a str,
    /// The sentence with who did it, for people.
    #[serde(skip)]
    line: &'a str,
    /// Why intake put a mail here, in words.
    reason: Option<String>,
    /// The event as it is stored.
    details: &'a Event,
}

impl<'a> From<&'a Conversation> for ShownTicket<'a> {
    fn from(read: &'a Conversation) -> Self {
        let ticket = &read.ticket;
        Self {
            number: ticket.id.0,
            subject: &ticket.subject,
            status: ticket.status.as_str(),
            turn: ticket.turn().as_str(),
            turn_since: ticket.turn_since,
            kind: ticket.kind.as_str(),
            priority: ticket.priority.as_str(),
            tags: ticket.tags.iter().map(Tag::as_str).collect(),
            fields: read
                .fields
                .iter()
                .map(|(field, value)| (field.slug.as_str(), value.text()))
                .collect(),
            queue: &read.queue.name,
            requester: read.requester.as_ref().map(|person| ShownPerson {
                name: &person.name,
                addresses: person.addresses.iter().map(ToString::to_string).collect(),
            }),
            client: read.client.as_ref().map(|client| client.name.as_str()),
            participants: read.participants.iter().map(participant).collect(),
            responsible: &read.responsible,
            opened_at: ticket.opened_at,
            resolved_at: ticket.resolved_at,
            closed_at: ticket.closed_at,
            aside: ticket.aside().map(|aside| aside.as_str()),
            merged_into: ticket.merged_into.map(|id| id.0),
            absorbed: read.absorbed.iter().map(|id| id.0).collect(),
            links: read.bonds.iter().map(link).collect(),
            messages: read.said.iter().map(message).collect(),
            events: read.happened.iter().map(event).collect(),
            notices: read.notices.iter().map(outgoing).collect(),
            obligations: [],
        }
    }
}

fn message(said: &Said) -> ShownMessage<'_> {
    let message = &said.message;
    let name = Some(message.author_name.clone()).filter(|name| !name.is_empty());
    ShownMessage {
        id: message.id.0,
        ticket: message.ticket.0,
        at: message.at,
        claimed_at: message.claimed_at,
        audience: message.audience.as_str(),
        channel: message.channel.as_str(),
        from: Mailbox {
            name,
            address: message.author_address.clone(),
        },
        to: &said.recipients.to,
        cc: &said.recipients.cc,
        reply_to: &said.recipients.reply_to,
        subject: message.subject.as_deref(),
        message_id: message.message_ref.as_deref(),
        text: said.body.text(),
        new_text: said.body.said(),
        quoted: said.body.quoted(),
        signature: said.body.signature(),
        has_html: message.has_html,
        automatic: message.automatic,
        remark: message.remark.as_deref(),
        authentic: said.authentic.as_ref(),
        raw_sha256: message.raw_sha256.as_deref(),
        raw_size_bytes: message.raw_size_bytes,
        copies: &said.copies,
        origin: said.origin.as_ref(),
        attachments: said.files.iter().map(file).collect(),
        outgoing: said.outgoing.as_ref().map(outgoing),
    }
}

fn participant(one: &Participant) -> ShownParticipant<'_> {
    ShownParticipant {
        name: &one.name,
        address: &one.address,
        client: one.client.as_ref().map(|(_, name)| name.as_str()),
        since: one.since,
    }
}

fn link(bonded: &Bonded) -> ShownLink<'_> {
    ShownLink {
        link: bonded.bond.as_str(),
        words: bonded.bond.words(),
        ticket: bonded.ticket.0,
        subject: &bonded.subject,
        status: bonded.status.as_str(),
        turn: bonded.turn.as_str(),
    }
}

fn file(file: &Attachment) -> ShownFile<'_> {
    ShownFile {
        id: file.id,
        filename: &file.filename,
        content_type: &file.content_type,
        inline: file.inline,
        content_id: file.content_id.as_deref(),
        size_bytes: file.size_bytes,
        sha256: &file.sha256,
    }
}

fn outgoing(mail: &Outgoing) -> ShownOutgoing<'_> {
    ShownOutgoing {
        id: mail.id.0,
        message_id: &mail.message_ref,
        recipients: serde_json::from_str(&mail.recipients).unwrap_or_default(),
        subject: &mail.subject,
        automatic: mail.automatic,
        state: mail.state.as_str(),
        attempts: mail.attempts,
        last_error: mail.last_error.as_deref(),
        created_at: mail.created_at,
        sent_at: mail.sent_at,
        sent_via: mail.sent_via.as_deref(),
    }
}

fn event(happened: &Happened) -> ShownEvent<'_> {
    let reason = match &happened.recorded.event {
        Event::MessageReceived { reason, .. } => Some(reason.to_string()),
        _ => None,
    };
    ShownEvent {
        id: happened.recorded.id.0,
        ticket: happened.recorded.ticket.0,
        at: happened.recorded.at,
        by: &happened.by,
        sentence: &happened.sentence,
        line: &happened.line,
        event: happened.recorded.event.name(),
        reason,
        details: &happened.recorded.event,
    }
}

impl std::fmt::Display for ShownTicket<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "#{} {}", self.number, self.subject)?;
        writeln!(
            f,
            "{}, turn: {}, responsible: {}, queue: {}",
            self.status, self.turn, self.responsible, self.queue
        )?;
        for it in &self.links {
            let words = it.words;
            writeln!(f, "{words} #{} {} ({})", it.ticket, it.subject, it.status)?;
        }
        for message in &self.messages {
            let name = message
                .from
                .name
                .as_deref()
                .unwrap_or(&message.from.address);
            writeln!(
                f,
                "\n{} {name} ({}, {})",
                message.at, message.channel, message.audience
            )?;
            writeln!(f, "{}", message.new_text)?;
        }
        writeln!(f)?;
        for event in &self.events {
            writeln!(f, "{} {}", event.at, event.line)?;
        }
        Ok(())
    }
}
