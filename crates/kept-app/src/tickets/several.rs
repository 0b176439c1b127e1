//! Several messages of a ticket become one of their own: which those may be, and doing it in one act.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::Actor;
use kept_domain::ids::{MessageId, QueueId, TicketId};
use kept_domain::messages::{Audience, Channel};
use kept_domain::queues::Queue;
use kept_domain::tickets::{Link, Refused};
use kept_store::messages::{self, Message};
use kept_store::{Tx, corrections, links, queues};

use super::correct::{Born, carry_over, open};
use super::{load, must_be_queue};
use crate::reading::body_of;
use crate::{Desk, Error};

/// Messages on one page to choose from, and so the most that go at once.
pub const MOST_SPLIT: usize = 100;

/// What a page shows to choose from.
#[derive(Debug, Clone)]
pub struct Splittable {
    pub subject: String,
    pub queue: QueueId,
    pub queues: Vec<Queue>,
    /// Oldest first.
    pub lines: Vec<SplitLine>,
    /// Where the page of older ones begins.
    pub older: Option<MessageId>,
}

/// One message that may go.
#[derive(Debug, Clone)]
pub struct SplitLine {
    pub message: MessageId,
    pub at: Timestamp,
    pub who: String,
    pub is_note: bool,
    /// Its first words.
    pub words: String,
}

/// The ticket's own messages before `before` that may become a ticket of their own, the newest of them. Calls stay where they
/// were logged.
///
/// # Errors
/// When the viewer may not, or there is no such ticket.
pub async fn splittable(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    before: Option<MessageId>,
) -> Result<Splittable, Error> {
    allow(viewer, Act::WorkTickets)?;
    desk.store()
        .read(move |tx| {
            let ticket = kept_store::tickets::find(tx, id)?;
            let ticket = ticket.ok_or_else(|| Error::not_found(format!("ticket #{id}")))?;
            let mut newest = messages::before(tx, id, before, MOST_SPLIT + 1)?;
            let more = newest.len() > MOST_SPLIT;
            newest.truncate(MOST_SPLIT);
            let older = newest.last().filter(|_| more).map(|oldest| oldest.id);
            newest.reverse();
            newest.retain(|message| message.channel != Channel::Call);
            Ok(Splittable {
                subject: ticket.subject,
                queue: ticket.queue,
                queues: queues::all(tx)?,
                lines: newest.iter().map(line).collect(),
                older,
            })
        })
        .await
}

fn line(message: &Message) -> SplitLine {
    let who = match message.author_name.is_empty() {
        true => &message.author_address,
        false => &message.author_name,
    };
    SplitLine {
        message: message.id,
        at: message.at,
        who: who.clone(),
        is_note: message.audience == Audience::Desk,
        words: crate::intake::last_words(&body_of(message).new_text()),
    }
}

/// What the new ticket is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitWish {
    pub messages: Vec<MessageId>,
    /// That of the first mail among them when it is empty.
    pub subject: String,
    pub queue: QueueId,
}

/// Makes these messages of a ticket one of their own: that of whoever wrote the first mail among them.
///
/// # Errors
/// When the viewer may not, no mail is among them, one is a call or on another ticket by now, or nothing would be left.
pub async fn split_several(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    wish: SplitWish,
) -> Result<TicketId, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let mut from = load(tx, id)?;
            must_be_queue(tx, wish.queue)?;
            let moved = chosen(tx, id, &wish.messages)?;
            let first = moved.iter().find(|message| is_mail(message));
            let first = first.ok_or(Refused::NotAMail)?;
            if !corrections::anything_besides(tx, id, &moved)? {
                return Err(Refused::NothingLeft(id).into());
            }
            let born = Born {
                subject: Some(wish.subject.trim()).filter(|subject| !subject.is_empty()),
                queue: wish.queue,
            };
            let mut to = open(tx, &from, first, born, now)?;
            carry_over(tx, &mut from, &mut to, &moved, true, (by, now))?;
            links::add(tx, to.id, id, Link::SplitFrom)?;
            Ok(to.id)
        })
        .await
}

fn is_mail(message: &Message) -> bool {
    message.channel == Channel::Mail && message.audience == Audience::Client
}

/// The messages, oldest first.
fn chosen(tx: &mut Tx<'_>, id: TicketId, wanted: &[MessageId]) -> Result<Vec<Message>, Error> {
    if wanted.is_empty() {
        return Err(Error::invalid("message", "Tick the messages that go first"));
    }
    if wanted.len() > MOST_SPLIT {
        let problem = format!("Tick {MOST_SPLIT} messages at most");
        return Err(Error::invalid("message", problem));
    }
    let mut found = messages::told_on(tx, &[id], wanted)?;
    found.dedup_by_key(|message| message.id);
    let is_here = |id: &MessageId| found.iter().any(|it| it.id == *id);
    if !wanted.iter().all(is_here) {
        let problem = format!("not all of these are on #{id} any more; look at it again");
        return Err(Error::Conflict(problem));
    }
    if found.iter().any(|message| message.channel == Channel::Call) {
        return Err(Refused::CallStays.into());
    }
    Ok(found)
}
