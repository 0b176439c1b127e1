//! Does what intake decided: the mail becomes a message, a ticket, or a line in Unsorted.

use kept_domain::event::{Actor, Event};
use kept_domain::ids::{MessageId, PersonId, QueueId, TicketId, UnsortedId};
use kept_domain::intake::{self as rules, Reason, Seen, Silence, Speaker, Unsorted};
use kept_domain::language::thanks::only_thanks;
use kept_domain::messages::{Audience, Channel};
use kept_domain::queues::{Queue, responsible_for_new};
use kept_domain::tickets::{self as desk, Kind, Opening, Priority, Received, Ticket};
use kept_store::messages::{Attachment, Message};
use kept_store::threads::{Landed, Leads};
use kept_store::unsorted::UnsortedMail;
use kept_store::{Tx, authentic, foreign_tags, fulltext, messages, threads, tickets, unsorted};

use super::arrival::{Arrival, File};
use super::facts::Found;
use super::voice::{self, Voice};
use super::{
    Recipients, Taken, acknowledge, author, beside, facts, handed_in, invitation, last_words,
    outside, participants, remark, reported,
};
use crate::Error;
use crate::consequences::{UNSORTED, record};

/// How a ticket begins.
pub(super) struct Beginning {
    pub queue: QueueId,
    pub speaker: Speaker,
    pub reason: Reason,
    pub automatic: bool,
    pub acknowledge: Result<(), Silence>,
    /// See [`Kept::may_be_replayed`].
    pub may_be_replayed: bool,
}

/// The same mail again. If its bytes differ, they are kept beside the first ones.
pub(super) fn copy(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    found: &Found,
    of: Seen,
) -> Result<Taken, Error> {
    if let Seen::Message { ticket, .. } = of {
        beside::also_sent_to(tx, arrival, ticket, &found.facts.queues)?;
    }
    arrival.raw.record(tx)?;
    threads::copied(
        tx,
        &arrival.fingerprint,
        arrival.raw.sha256(),
        arrival.received_at,
    )?;
    Ok(Taken::Duplicate)
}

pub(super) fn unsorted(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    found: &Found,
    reason: Unsorted,
) -> Result<Taken, Error> {
    arrival.raw.record(tx)?;
    let mail = &arrival.mail;
    let author = mail
        .from
        .first()
        .map(|m| kept_mail::address::shown(m).to_owned());
    let line = UnsortedMail {
        id: UnsortedId(0),
        reason,
        at: arrival.received_at,
        raw_sha256: arrival.raw.sha256().to_owned(),
        raw_size_bytes: size(arrival.raw.size_bytes()),
        author: author
            .or_else(|| arrival.envelope.from.clone())
            .unwrap_or_default(),
        subject: mail.subject.clone().unwrap_or_default(),
        excerpt: last_words(&mail.text),
        envelope: serde_json::to_string(&arrival.envelope).unwrap_or_else(|_| "{}".into()),
        settled_at: None,
        settled_as: None,
        ticket: None,
    };
    let id = unsorted::insert(tx, &line)?;
    if let Some(found_out) = found_out(arrival) {
        authentic::of_unsorted(tx, id, &found_out)?;
    }
    arrived(tx, arrival, Landed::Unsorted(id))?;
    reported::tell(tx, arrival, found.reported.as_ref(), None)?;
    tx.announce(UNSORTED);
    Ok(Taken::Unsorted(id))
}

pub(super) fn join(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    found: &Found,
    ticket: TicketId,
    reason: Reason,
    automatic: bool,
) -> Result<Taken, Error> {
    let voice = if automatic {
        voice::of_program(found)
    } else {
        voice::of_sender(tx, arrival, found)?
    };
    let joining = Joining {
        ticket,
        may_be_replayed: rules::may_be_replayed(&found.facts, &reason),
        reason,
        automatic,
    };
    let message = join_as(tx, arrival, &voice, joining, &found.queues)?;
    arrived(tx, arrival, Landed::Message(message))?;
    reported::tell(tx, arrival, found.reported.as_ref(), Some(message))?;
    Ok(Taken::Joined(ticket))
}

/// What is known about where it comes from, as it is stored; nothing when nobody checked.
fn found_out(arrival: &Arrival) -> Option<String> {
    let authentic = arrival.authentic.as_ref()?;
    serde_json::to_string(authentic).ok()
}

/// Keeps what is known about where the mail comes from beside its message.
pub(super) fn judged(tx: &mut Tx<'_>, arrival: &Arrival, message: MessageId) -> Result<(), Error> {
    match found_out(arrival) {
        Some(found_out) => Ok(authentic::of_message(tx, message, &found_out)?),
        None => Ok(()),
    }
}

/// Remembers the mail, so that its next delivery is known as the same.
pub(super) fn arrived(tx: &mut Tx<'_>, arrival: &Arrival, landed: Landed) -> Result<(), Error> {
    Ok(threads::arrived(
        tx,
        &arrival.fingerprint,
        landed,
        arrival.received_at,
    )?)
}

/// How a mail joins a ticket.
pub(super) struct Joining {
    pub ticket: TicketId,
    pub reason: Reason,
    pub automatic: bool,
    /// See [`Kept::may_be_replayed`].
    pub may_be_replayed: bool,
}

/// Adds the mail to a ticket, as somebody's message.
pub(super) fn join_as(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    voice: &Voice,
    joining: Joining,
    queues: &[Queue],
) -> Result<MessageId, Error> {
    let automatic = joining.automatic;
    let mut ticket = crate::tickets::load(tx, joining.ticket)?;
    // Somebody may have merged it since the facts were gathered.
    while let Some(target) = ticket.merged_into {
        ticket = crate::tickets::load(tx, target)?;
    }
    let names_others = arrival.names_others(&joining.reason);
    let for_desk = outside::is_for_desk(tx, arrival, &ticket, voice)?;
    let names_others = names_others && !for_desk;
    let kind = Kept {
        automatic,
        names_others,
        may_be_replayed: joining.may_be_replayed,
        for_desk,
    };
    let message = write(tx, arrival, ticket.id, voice, kind)?;
    let from = voice.who.as_ref().map(|who| who.own);
    let received = Received {
        message,
        from,
        automatic,
        thanks: !automatic && is_only_thanks(arrival, voice),
        reason: joining.reason,
    };
    let events = match for_desk && !automatic {
        true => desk::receive_privately(message, from, received.reason),
        false => desk::receive(&ticket, received),
    };
    // What waited in Unsorted counts from when it came, as far as the ticket's history allows.
    let at = arrival.received_at.max(ticket.touched_at);
    record(tx, &mut ticket, at, by(from), &events)?;
    if !automatic && names_others {
        participants::of_mail(tx, arrival, &mut ticket, message, voice, queues)?;
    }
    Ok(message)
}

/// Somebody of the client's side says thanks and nothing else, in their own words and without a file.
fn is_only_thanks(arrival: &Arrival, voice: &Voice) -> bool {
    let works_here = voice.who.as_ref().is_some_and(|who| who.role.is_some());
    let files = arrival.files.iter().any(|file| !file.minor);
    !works_here && !voice.is_handed_in() && !files && only_thanks(&arrival.words.new)
}

pub(super) fn open(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    found: &Found,
    beginning: Beginning,
) -> Result<Taken, Error> {
    let sender = voice::of_sender(tx, arrival, found)?;
    let opened = open_as(tx, arrival, &sender, &found.queues, &beginning)?;
    let (mut ticket, message) = (opened.ticket, opened.message);
    arrived(tx, arrival, Landed::Message(message))?;
    beside::link(tx, arrival, &mut ticket, &beginning.reason)?;
    if found.facts.queues.len() > 1 {
        beside::also_sent_to(tx, arrival, ticket.id, &found.facts.queues)?;
    }
    match beginning.acknowledge {
        Ok(()) => acknowledge::send(
            tx,
            arrival,
            &opened.voice,
            &mut ticket,
            message,
            &found.queues,
        )?,
        Err(why) => acknowledge::stay_silent(tx, arrival, &mut ticket, why)?,
    }
    Ok(Taken::Opened(ticket.id))
}

/// A ticket that began, and whose words it began with.
pub(super) struct Opened {
    pub ticket: Ticket,
    pub message: MessageId,
    pub voice: Voice,
}

/// Begins a ticket with the mail. It belongs to whoever is on duty.
pub(super) fn open_as(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    sender: &Voice,
    queues: &[Queue],
    beginning: &Beginning,
) -> Result<Opened, Error> {
    let queue = queues.iter().find(|queue| queue.id == beginning.queue);
    let queue = queue.ok_or_else(|| Error::not_found("queue"))?;
    let (responsible, chosen) = responsible_for_new(queue, arrival.handled_at);
    let voice = voice::of_opening(tx, arrival, sender, beginning.speaker)?;
    let from = voice.who.as_ref().map(|who| who.own);
    let opened = desk::open(Opening {
        subject: subject(arrival, &voice),
        kind: Kind::Request,
        priority: Priority::Normal,
        queue: queue.id,
        requester: from,
        client: voice.who.as_ref().and_then(|who| who.client),
        responsible,
        chosen,
    })?;
    let mut ticket = tickets::insert(tx, arrival.received_at, &opened)?;
    let names_others = arrival.names_others(&beginning.reason);
    let kind = Kept {
        automatic: beginning.automatic,
        names_others,
        may_be_replayed: beginning.may_be_replayed,
        for_desk: false,
    };
    let message = write(tx, arrival, ticket.id, &voice, kind)?;
    let received = Event::MessageReceived {
        message,
        from,
        automatic: beginning.automatic,
        thanks: false,
        reason: beginning.reason.clone(),
    };
    record(
        tx,
        &mut ticket,
        arrival.received_at,
        by(from),
        &[opened, received],
    )?;
    if voice.is_handed_in() {
        handed_in::note(tx, arrival, &mut ticket, sender)?;
    }
    if !beginning.automatic && names_others {
        participants::of_mail(tx, arrival, &mut ticket, message, &voice, queues)?;
    }
    Ok(Opened {
        ticket,
        message,
        voice,
    })
}

fn by(person: Option<PersonId>) -> Actor {
    person.map_or(Actor::Kept, Actor::Person)
}

const NO_SUBJECT: &str = "(no subject)";

/// What the ticket is about: of a mail that was handed in, what its writer said it is about.
fn subject(arrival: &Arrival, voice: &Voice) -> String {
    let forward = arrival.forward.as_ref().filter(|_| voice.is_handed_in());
    let own = || arrival.mail.subject.clone().unwrap_or_default();
    let subject = match forward {
        Some(forward) => forward
            .subject
            .clone()
            .unwrap_or_else(|| kept_mail::subject::base(&own()).to_owned()),
        None => own(),
    };
    let known = desk::clean_subject(&subject).is_ok();
    if known {
        subject
    } else {
        NO_SUBJECT.to_owned()
    }
}

/// What is done with the words of a mail.
#[derive(Clone, Copy)]
struct Kept {
    /// A program wrote them.
    automatic: bool,
    /// Its word on who else shall hear is taken.
    names_others: bool,
    /// It is proven to be from somebody who works here, but anybody who got it can have sent it here.
    may_be_replayed: bool,
    /// Only the desk reads it.
    for_desk: bool,
}

/// Writes the message, its files, what leads later mail here, and the words it is found by.
fn write(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    ticket: TicketId,
    voice: &Voice,
    kept: Kept,
) -> Result<MessageId, Error> {
    arrival.raw.record(tx)?;
    let mail = &arrival.mail;
    let mut row = message(arrival, ticket, voice, kept.automatic);
    if kept.for_desk {
        row.audience = Audience::Desk;
    }
    if !kept.names_others {
        // Answers go to whom it says it is from; the original has the other address.
        row.recipients = Recipients {
            reply_to: vec![],
            ..Recipients::of(mail)
        }
        .json();
    }
    if kept.may_be_replayed {
        row.remark
            .get_or_insert_with(|| remark::REPLAYED.to_owned());
    }
    let own_words;
    let mut new = arrival.words.new.as_str();
    if voice.is_handed_in() {
        (row, own_words) = handed_in::words(arrival, row);
        new = &own_words;
    }
    let id = messages::insert(tx, &row)?;
    if let Some(origin) = &voice.origin {
        origin.keep(tx, id)?;
    }
    judged(tx, arrival, id)?;
    for file in &arrival.files {
        attach(tx, id, file)?;
    }
    for mark in kept_mail::marks(mail) {
        messages::mark(tx, id, &known(mark))?;
    }
    if let Some(own) = mail.message_id.as_deref() {
        threads::remember_own(tx, own, Leads::to(ticket, id))?;
    }
    let meetings = invitation::refs(arrival);
    let meetings: Vec<&str> = meetings.iter().map(String::as_str).collect();
    threads::remember(tx, &meetings, Leads::to(ticket, id))?;
    let key = &arrival.identity.reply_key;
    let mut ancestors = mail.ancestors();
    // The id that stands for a whole ticket says that itself, whatever mail it came with.
    ancestors.retain(|id| kept_mail::token::find(key, id).is_none());
    threads::remember(tx, &ancestors, Leads::to(ticket, id))?;
    if let Some(forward) = &arrival.forward {
        let ids: Vec<&str> = forward.message_ids.iter().map(String::as_str).collect();
        threads::remember(tx, &ids, Leads::to(ticket, id))?;
    }
    let author = voice.who.as_ref().filter(|_| !voice.is_handed_in());
    if let Some(correspondent) = super::candidates::correspondent(arrival, author)
        && !voice.is_handed_in()
    {
        // Our own number comes back in every answer.
        let own = format!("# {ticket}");
        let mut tags = arrival.foreign_tags.clone();
        tags.retain(|tag| *tag != own);
        foreign_tags::remember(tx, &correspondent, &tags, ticket, id)?;
    }
    let document = fulltext::Document {
        message: id,
        ticket,
        subject: mail.subject.as_deref().unwrap_or(""),
        people: &names(arrival),
        body: new,
    };
    fulltext::index(tx, &document)?;
    if !kept.automatic && !kept.for_desk {
        let by = voice.who.as_ref().map(|who| who.own);
        tickets::set_last_words(tx, ticket, &last_words(new), by)?;
    }
    Ok(id)
}

/// The mail as somebody's message.
pub(super) fn message(
    arrival: &Arrival,
    ticket: TicketId,
    voice: &Voice,
    automatic: bool,
) -> Message {
    let mail = &arrival.mail;
    let (claimed, author) = (voice.claimed.as_ref(), voice.who.as_ref());
    let name = claimed.map_or_else(
        || author::written(mail).unwrap_or_default(),
        |a| a.name.clone(),
    );
    Message {
        id: MessageId(0),
        ticket,
        audience: Audience::Client,
        channel: Channel::Mail,
        person: author.map(|who| who.own),
        author_name: name,
        author_address: claimed.map_or_else(String::new, |a| a.address.to_string()),
        at: arrival.received_at,
        claimed_at: mail.date,
        subject: mail.subject.clone(),
        recipients: Recipients::of(mail).json(),
        body: arrival.words.body.clone(),
        has_html: mail.html.is_some(),
        automatic,
        kind: Some(facts::kind(arrival)),
        remark: remark::of(arrival, author),
        message_ref: mail.message_id.clone(),
        raw_sha256: Some(arrival.raw.sha256().to_owned()),
        raw_size_bytes: size(arrival.raw.size_bytes()),
    }
}

fn known(mark: kept_mail::Problem) -> messages::Mark {
    messages::Mark {
        code: mark.code.to_owned(),
        says: mark.text,
    }
}

fn names(arrival: &Arrival) -> String {
    let people = arrival.mail.from.iter().chain(&arrival.mail.cc).take(20);
    let names = people.flat_map(|m| [m.name.clone().unwrap_or_default(), m.address.clone()]);
    let files = arrival
        .files
        .iter()
        .take(20)
        .map(|file| file.filename.clone());
    names.chain(files).collect::<Vec<_>>().join(" ")
}

fn attach(tx: &mut Tx<'_>, message: MessageId, file: &File) -> Result<(), Error> {
    file.blob.record(tx)?;
    let row = Attachment {
        id: 0,
        message,
        filename: file.filename.clone(),
        content_type: file.content_type.clone(),
        inline: file.inline,
        content_id: file.content_id.clone(),
        minor: file.minor,
        size_bytes: size(file.blob.size_bytes()),
        sha256: file.blob.sha256().to_owned(),
    };
    Ok(messages::attach(tx, &row)?)
}

fn size(bytes: usize) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
