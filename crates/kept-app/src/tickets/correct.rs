//! A person corrects where messages belong: a ticket of their own, another ticket, or back again. The
//! next mail of the thread follows.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::{Actor, Event, Recorded};
use kept_domain::ids::{MessageId, PersonId, QueueId, TicketId};
use kept_domain::messages::{Audience, Channel};
use kept_domain::queues::responsible_for_new;
use kept_domain::tickets::{
    self as rules, Kind, Link, Moved, Opening, Priority, Refused, Said, Ticket,
};
use kept_store::messages::Message;
use kept_store::{Tx, corrections, events, links, messages, people, queues, tickets};

use super::load;
use crate::consequences::{Hears, record, record_for};
use crate::reading::body_of;
use crate::{Desk, Error, time_entries};

/// How much of a ticket becomes a ticket of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    This,
    ThisAndAfter,
}

/// What joining a message to a ticket came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// The message went there.
    Moved { to: TicketId },
    /// It was all there was, so the whole ticket is told there now.
    Merged { source: TicketId, to: TicketId },
}

/// Makes a mail, or it and all that was said after it, a ticket of its own: its author's, in the
/// same queue, held by whoever is on duty.
///
/// # Errors
/// When the viewer may not, there is no such mail, or nothing would be left where it was.
pub async fn split_out(
    desk: &Desk,
    viewer: &Viewer,
    message: MessageId,
    how: Split,
) -> Result<TicketId, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let first = found(tx, message)?;
            if first.channel != Channel::Mail {
                return Err(Refused::NotAMail.into());
            }
            let mut from = load(tx, first.ticket)?;
            let moved = match how {
                Split::This => vec![first.clone()],
                Split::ThisAndAfter => {
                    let mut after = corrections::from_on(tx, from.id, message)?;
                    // A call stays where it was logged; its caller confirms it there.
                    after.retain(|it| it.channel != Channel::Call);
                    after
                }
            };
            if !corrections::anything_besides(tx, from.id, &moved)? {
                return Err(Refused::NothingLeft(from.id).into());
            }
            let born = Born {
                subject: None,
                queue: from.queue,
            };
            let mut to = open(tx, &from, &first, born, now)?;
            carry_over(tx, &mut from, &mut to, &moved, true, (by, now))?;
            links::add(tx, to.id, from.id, Link::SplitFrom)?;
            Ok(to.id)
        })
        .await
}

fn found(tx: &mut Tx<'_>, message: MessageId) -> Result<Message, Error> {
    messages::find(tx, message)?.ok_or_else(|| Error::not_found("message"))
}

/// What somebody chose for a new ticket; without a subject it has that of its first words.
pub(super) struct Born<'a> {
    pub subject: Option<&'a str>,
    pub queue: QueueId,
}

/// The new ticket, as old as its first words: whoever wrote them has waited since then.
pub(super) fn open(
    tx: &mut Tx<'_>,
    from: &Ticket,
    first: &Message,
    born: Born<'_>,
    now: Timestamp,
) -> Result<Ticket, Error> {
    let queue = queues::all(tx)?.into_iter().find(|q| q.id == born.queue);
    let queue = queue.ok_or_else(|| Error::not_found("queue"))?;
    let (responsible, chosen) = responsible_for_new(&queue, now);
    let requester = first.person.or(from.requester);
    let client = match requester {
        Some(person) => people::find(tx, person)?.and_then(|person| person.client),
        None => None,
    };
    let opened = rules::open(Opening {
        subject: match born.subject {
            Some(subject) => subject.to_owned(),
            None => subject(from, first),
        },
        kind: Kind::Request,
        priority: Priority::Normal,
        queue: queue.id,
        requester,
        client,
        responsible,
        chosen,
    })?;
    let mut ticket = tickets::insert(tx, first.at, &opened)?;
    let by = first.person.map_or(Actor::Kept, Actor::Person);
    record_for(tx, &mut ticket, first.at, (by, Hears::Not), &[opened])?;
    Ok(ticket)
}

fn subject(from: &Ticket, first: &Message) -> String {
    let written = first.subject.as_deref().unwrap_or_default();
    let bare = kept_mail::subject::base(written);
    let usable = rules::clean_subject(bare).is_ok();
    if usable { bare } else { &from.subject }.to_owned()
}

/// Moves a message to another ticket. When the client's side said nothing else on its own ticket, the
/// whole ticket is merged instead.
///
/// # Errors
/// When the viewer may not, either does not exist, or it is there already.
pub async fn join_to(
    desk: &Desk,
    viewer: &Viewer,
    message: MessageId,
    target: TicketId,
) -> Result<Joined, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let moved = found(tx, message)?;
            let to = tickets::told_at(tx, target)?;
            if to == tickets::told_at(tx, moved.ticket)? {
                return Err(Refused::AlreadyThere(to).into());
            }
            let (mut source, mut to) = super::merge::load_both(tx, moved.ticket, to)?;
            let is_all =
                !corrections::anything_besides(tx, source.id, std::slice::from_ref(&moved))?;
            if is_all && moved.audience == Audience::Client {
                super::merge::tell_on(tx, &mut source, &mut to, (by, now))?;
                return Ok(Joined::Merged {
                    source: source.id,
                    to: to.id,
                });
            }
            if moved.channel == Channel::Call {
                return Err(Refused::CallStays.into());
            }
            carry_over(tx, &mut source, &mut to, &[moved], false, (by, now))?;
            Ok(Joined::Moved { to: to.id })
        })
        .await
}

/// Takes the last move of a message back, with those that went with it; returns where it is now. A
/// ticket that was made of them is told where they are from then on.
///
/// # Errors
/// When the viewer may not, there is no such message, or it was never moved.
pub async fn take_back(
    desk: &Desk,
    viewer: &Viewer,
    message: MessageId,
) -> Result<TicketId, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let moved = found(tx, message)?;
            let history = events::of_ticket(tx, moved.ticket)?;
            let came = rules::came_from(&history, message).ok_or(Refused::NeverMoved)?;
            let (with, home, was_split) = came;
            let (mut source, mut home) = super::merge::load_both(tx, moved.ticket, home)?;
            let mut all = messages::by_ids(tx, &with)?;
            all.retain(|it| it.ticket == source.id);
            all.sort_by_key(|it| it.id);
            carry_over(tx, &mut source, &mut home, &all, false, (by, now))?;
            if was_split && let Ok((gone, _)) = rules::merge(&source, &home) {
                record(tx, &mut source, now, by, &gone)?;
                links::remove(tx, source.id, home.id)?;
            }
            Ok(tickets::told_at(tx, home.id)?)
        })
        .await
}

/// Moves the messages and writes down on both sides that they moved.
pub(super) fn carry_over(
    tx: &mut Tx<'_>,
    from: &mut Ticket,
    to: &mut Ticket,
    moved: &[Message],
    split: bool,
    (by, now): (Actor, Timestamp),
) -> Result<(), Error> {
    let ids: Vec<MessageId> = moved.iter().map(|message| message.id).collect();
    let told = events::of_ticket(tx, from.id)?;
    let out = rules::move_out(from, &told, &ids, to.id)?;
    let known = events::of_ticket(tx, to.id)?;
    match rules::move_back(to, &known, &ids, from.id) {
        Some(back) => record(tx, to, now, by, &[back])?,
        None => bring_in(tx, from.id, to, &told, moved, split, (by, now))?,
    }
    record(tx, from, now, by, &[out])?;
    time_entries::carry_over(tx, from, to, &ids, (by, now))?;
    corrections::move_messages(tx, moved, from.id, to.id)?;
    super::moved_people::follow(tx, from, to, moved, (by, now))?;
    retell(tx, from.id)?;
    retell(tx, to.id)
}

fn bring_in(
    tx: &mut Tx<'_>,
    from: TicketId,
    to: &mut Ticket,
    told: &[Recorded],
    moved: &[Message],
    split: bool,
    (by, now): (Actor, Timestamp),
) -> Result<(), Error> {
    let said: Vec<Moved> = moved.iter().map(|message| as_said(message, told)).collect();
    for line in rules::bring_in(to, &said, from, split)? {
        record(tx, to, line.at, line.by, &[line.event])?;
    }
    let messages = moved.iter().map(|message| message.id).collect();
    let event = Event::MovedIn {
        messages,
        from,
        split,
    };
    record(tx, to, now, by, &[event])
}

fn as_said(message: &Message, told: &[Recorded]) -> Moved {
    let by = message.person.unwrap_or(PersonId(0));
    let said = match (message.channel, message.audience) {
        (Channel::Mail, Audience::Client) => Said::Mail {
            from: message.person,
            automatic: message.automatic,
        },
        (Channel::Desk, Audience::Client) => Said::Reply {
            by,
            then: rules::then_of(told, message.id),
        },
        (Channel::Desk | Channel::Mail, Audience::Desk) | (Channel::Call, _) => Said::Note { by },
    };
    Moved {
        id: message.id,
        at: message.at,
        said,
    }
}

/// What lists show of a ticket, after messages came or went.
fn retell(tx: &mut Tx<'_>, ticket: TicketId) -> Result<(), Error> {
    let Some(last) = corrections::last_said(tx, ticket)? else {
        return Ok(());
    };
    let words = crate::intake::last_words(&body_of(&last).new_text());
    Ok(tickets::set_last_words(tx, ticket, &words, last.person)?)
}
