//! An agent writes down what was said: on a ticket or as a new one, and the caller is asked whether we understood.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::calls as rules;
use kept_domain::event::{Actor, Event};
use kept_domain::ids::{MessageId, OutgoingId, QueueId, TicketId};
use kept_domain::messages::{Audience, Channel};
use kept_domain::people::EmailAddress;
use kept_domain::queues::Chosen;
use kept_domain::tickets::{self as desk_rules, Opening, Priority, Ticket};
use kept_domain::time_entries::{Spent, WorkType};
use kept_mail::{Body, Mailbox, SegmentKind};
use kept_store::messages::Message;
use kept_store::people::Who;
use kept_store::{Tx, fulltext, messages, people, queues, tickets};

use super::{Kind, summary};
use crate::consequences::record;
use crate::intake::{Named, last_words};
use crate::tickets::{ReadyFile, Upload};
use crate::time_entries::{self, Worked};
use crate::{Desk, Error};

/// A call as somebody writes it down.
#[derive(Debug, Clone)]
pub struct NewCall {
    pub on: On,
    pub caller: Caller,
    pub kind: Kind,
    /// Plain text, as we understood it.
    pub said: String,
    /// When they spoke.
    pub at: Timestamp,
    /// How long that took.
    pub spent: Option<Spent>,
    /// What belongs to it, such as a picture; the ticket has them, nobody is mailed them.
    pub files: Vec<Upload>,
}

/// Where it is written down.
#[derive(Debug, Clone)]
pub enum On {
    Ticket(TicketId),
    /// A new one; without a subject the first words said become it.
    New {
        queue: QueueId,
        subject: String,
    },
}

/// Who called, or was called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// Known or new, by their address.
    Address(EmailAddress, String),
    /// Somebody without one: nothing can be confirmed in writing.
    Name(String),
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    pub ticket: TicketId,
    pub message: MessageId,
    /// Whom we asked to confirm it, unless there was nobody to ask.
    pub asked: Option<String>,
}

/// Writes a call down and asks the caller whether it is what they meant.
///
/// # Errors
/// When the viewer may not, nothing was said or nobody called, the time is still to come, the files are too many or too large, or the ticket
/// is set aside.
pub async fn log(desk: &Desk, viewer: &Viewer, mut new: NewCall) -> Result<Logged, Error> {
    allow(viewer, Act::WorkTickets)?;
    let now = desk.now();
    rules::check_words(&new.said)?;
    rules::check_time(new.at, now)?;
    let files = crate::tickets::prepare(desk, std::mem::take(&mut new.files)).await?;
    let (viewer, shared) = (viewer.clone(), desk.clone());
    let logged = desk
        .store()
        .write(move |tx| write_down(tx, &shared, &viewer, (&new, &files), now))
        .await?;
    desk.wake_worker();
    Ok(logged)
}

fn write_down(
    tx: &mut Tx<'_>,
    desk: &Desk,
    viewer: &Viewer,
    (new, files): (&NewCall, &[ReadyFile]),
    now: Timestamp,
) -> Result<Logged, Error> {
    let (who, mailbox) = caller(tx, &new.caller, now)?;
    let (mut ticket, opened) = place(tx, viewer, new, who.as_ref(), now)?;
    let here = crate::tickets::told_here(tx, ticket.id)?;
    let earlier = messages::of_tickets(tx, &here)?;
    let call = Spoken {
        ticket: &ticket,
        by: who.as_ref(),
        mailbox: &mailbox,
        text: new.said.trim(),
        at: new.at,
        begins: opened.is_some(),
        files,
    };
    let message = say(tx, &call, now)?;
    let letter = summary::Letter {
        viewer,
        ticket: &ticket,
        message,
        to: &mailbox,
        new,
        earlier: &earlier,
    };
    let outgoing = summary::send(tx, desk, &letter, now)?;
    let called = called(new, message, who.as_ref(), outgoing);
    let opening = opened.into_iter();
    let events: Vec<Event> = opening.chain(rules::log(&ticket, called)?).collect();
    let by = Actor::Person(viewer.person);
    record(tx, &mut ticket, now, by, &events)?;
    bring_in(tx, &mut ticket, message, by, &mailbox, now)?;
    let worked = new.spent.map(|spent| Worked {
        spent,
        work_type: WorkType::Call,
        began: Some(new.at),
    });
    time_entries::with_message(tx, &mut ticket, (viewer.person, message), worked, now)?;
    Ok(Logged {
        ticket: ticket.id,
        message,
        asked: outgoing.map(|_| mailbox.address),
    })
}

fn called(
    new: &NewCall,
    message: MessageId,
    who: Option<&Who>,
    outgoing: Option<OutgoingId>,
) -> Event {
    Event::Called {
        message,
        wanted: new.kind.wanted,
        how: new.kind.how,
        person: who.map(|who| who.own),
        outgoing,
    }
}

/// Who it was, and where they are written to; an empty address for nowhere.
fn caller(
    tx: &mut Tx<'_>,
    caller: &Caller,
    now: Timestamp,
) -> Result<(Option<Who>, Mailbox), Error> {
    match caller {
        Caller::Address(address, name) => {
            let who = crate::people::meet(tx, address, name, now)?;
            let mailbox = Mailbox {
                name: Some(who.name.clone()),
                address: address.to_string(),
            };
            Ok((Some(who), mailbox))
        }
        Caller::Name(name) => {
            let name = crate::people::clean(name);
            let name = name.ok_or_else(|| Error::invalid("caller", "Write who called"))?;
            let address = String::new();
            let name = Some(name);
            Ok((None, Mailbox { name, address }))
        }
    }
}

/// The ticket it belongs to, and how that was opened when it is new.
fn place(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    new: &NewCall,
    who: Option<&Who>,
    now: Timestamp,
) -> Result<(Ticket, Option<Event>), Error> {
    match &new.on {
        On::Ticket(id) => {
            let id = tickets::told_at(tx, *id)?;
            let ticket = crate::tickets::load(tx, id)?;
            Ok((ticket, None))
        }
        On::New { queue, subject } => {
            let known = queues::all(tx)?.iter().any(|it| it.id == *queue);
            if !known {
                return Err(Error::invalid("queue", "Choose a queue that exists"));
            }
            let opened = desk_rules::open(Opening {
                subject: subject_of(subject, &new.said),
                kind: desk_rules::Kind::Request,
                priority: Priority::Normal,
                queue: *queue,
                requester: who.map(|who| who.id),
                client: who.and_then(|who| who.client),
                responsible: viewer.person,
                chosen: Chosen::Opener,
            })?;
            let ticket = tickets::insert(tx, now, &opened)?;
            Ok((ticket, Some(opened)))
        }
    }
}

/// Letters of the first words said that become a subject.
const LONGEST_SUBJECT: usize = 70;

fn subject_of(given: &str, said: &str) -> String {
    if !given.trim().is_empty() {
        return given.to_owned();
    }
    let line = said.trim().lines().next().unwrap_or_default();
    let sentence = line.split_inclusive(['.', '?', '!']).next();
    let first = sentence.unwrap_or(line).trim_end_matches('.');
    match first.char_indices().nth(LONGEST_SUBJECT) {
        None => first.to_owned(),
        Some((cut, _)) => {
            let end = first[..cut].rfind(' ').unwrap_or(cut);
            format!("{} …", &first[..end])
        }
    }
}

/// Somebody's words that did not come by mail.
pub(super) struct Spoken<'a> {
    pub ticket: &'a Ticket,
    pub by: Option<&'a Who>,
    pub mailbox: &'a Mailbox,
    pub text: &'a str,
    pub at: Timestamp,
    /// Whether the ticket begins with them and is found by its subject through them.
    pub begins: bool,
    pub files: &'a [ReadyFile],
}

/// Writes them down as a message of theirs, and makes it findable.
pub(super) fn say(
    tx: &mut Tx<'_>,
    spoken: &Spoken<'_>,
    now: Timestamp,
) -> Result<MessageId, Error> {
    let mut body = Body::default();
    body.push(SegmentKind::New, spoken.text);
    let name = spoken.mailbox.name.clone().unwrap_or_default();
    let subject = spoken.begins.then(|| spoken.ticket.subject.clone());
    let person = spoken.by.map(|who| who.id);
    let message = Message {
        id: MessageId(0),
        ticket: spoken.ticket.id,
        audience: Audience::Client,
        channel: Channel::Call,
        person,
        author_name: name.clone(),
        author_address: spoken.mailbox.address.clone(),
        at: now,
        claimed_at: Some(spoken.at),
        subject: subject.clone(),
        recipients: "{}".into(),
        body: crate::reading::body_json(&body),
        has_html: false,
        automatic: false,
        kind: None,
        remark: None,
        message_ref: None,
        raw_sha256: None,
        raw_size_bytes: 0,
    };
    let id = messages::insert(tx, &message)?;
    for file in spoken.files {
        crate::tickets::attach(tx, id, file)?;
    }
    let document = fulltext::Document {
        message: id,
        ticket: spoken.ticket.id,
        subject: subject.as_deref().unwrap_or_default(),
        people: &name,
        body: spoken.text,
    };
    fulltext::index(tx, &document)?;
    tickets::set_last_words(tx, spoken.ticket.id, &last_words(spoken.text), person)?;
    Ok(id)
}

/// Whoever calls about a ticket takes part in it.
fn bring_in(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    message: MessageId,
    by: Actor,
    mailbox: &Mailbox,
    now: Timestamp,
) -> Result<(), Error> {
    if mailbox.address.is_empty() {
        return Ok(());
    }
    let queues = queues::all(tx)?;
    let named = Named {
        message,
        people: vec![mailbox.clone()],
        by,
        queues: &queues,
    };
    crate::intake::bring_in(tx, ticket, &named, now)
}

/// The person of an address we know already, for the answer to a call.
pub(super) fn who(
    tx: &mut Tx<'_>,
    person: kept_domain::ids::PersonId,
) -> Result<Option<(Who, Mailbox)>, Error> {
    let Some(found) = people::find(tx, person)? else {
        return Ok(None);
    };
    let address = found.addresses.first().map(ToString::to_string);
    let mailbox = Mailbox {
        name: Some(found.name.clone()),
        address: address.unwrap_or_default(),
    };
    let who = Who {
        id: found.id,
        own: found.id,
        name: found.name,
        client: found.client,
        role: None,
    };
    Ok(Some((who, mailbox)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_words_said_become_the_subject() {
        let check = |given: &str, said: &str, expected: &str| {
            assert_eq!(subject_of(given, said), expected, "{said:?}");
        };
        check("Toner", "The toner is low.", "Toner");
        check(" ", "The toner is low. Again.\nHelp", "The toner is low");
        check("", "Is it ours? Or theirs?", "Is it ours?");
        let long =
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen";
        let short = "one two three four five six seven eight nine ten eleven twelve …";
        check("", long, short);
    }
}
