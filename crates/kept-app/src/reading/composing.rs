//! What the composer of a ticket begins with for one agent: a message they took back, and what they still can.

use jiff::SignedDuration;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::{Event, Recorded};
use kept_domain::ids::{MessageId, TicketId};
use kept_domain::messages::{Audience, Channel};
use kept_domain::tickets::wait_of;
use kept_domain::time_entries::{Spent, spent_with};
use kept_domain::waits::Wait;
use kept_mail::SegmentKind;
use kept_store::held::{self, Held};
use kept_store::messages::{self, Attachment, Message};
use kept_store::{events, people};

use super::body::{body_of, recipients_of};
use super::ticket::Conversation;
use crate::intake::Recipients;
use crate::tickets::{is_forward, told_here};
use crate::{Desk, Error};

/// A message that was taken back, to be said anew.
#[derive(Debug, Clone)]
pub struct Draft {
    pub message: Message,
    pub text: String,
    pub recipients: Recipients,
    pub files: Vec<Attachment>,
    /// `ask`, `update`, `resolve`, `wait` or `forward`; empty for a note.
    pub and_then: String,
    /// The message it passed on, when it passed on one.
    pub passed_on: Option<MessageId>,
    /// The third party it said the ticket waits for.
    pub wait: Option<Wait>,
    /// Whether the client was to read of it.
    pub tells_wait: bool,
    /// The time that was logged with it.
    pub spent: Option<Spent>,
}

/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn draft(desk: &Desk, viewer: &Viewer, id: TicketId) -> Result<Option<Draft>, Error> {
    allow(viewer, Act::Read)?;
    let person = viewer.person;
    desk.store()
        .read(move |tx| {
            let here = told_here(tx, id)?;
            let Some(waiting) = held::draft_of(tx, &here, person)? else {
                return Ok(None);
            };
            let Some(message) = messages::find(tx, waiting.message)? else {
                return Ok(None);
            };
            let body = body_of(&message);
            let history = events::of_ticket(tx, id)?;
            let mut parts = body.segments.iter();
            Ok(Some(Draft {
                tells_wait: parts.any(|part| part.kind == SegmentKind::Added),
                text: body.new_text(),
                recipients: recipients_of(&message),
                files: messages::files_of_message(tx, waiting.message)?,
                and_then: waiting.and_then,
                passed_on: passed_on(&history, waiting.message),
                wait: wait_of(&history, waiting.message),
                spent: spent_with(&history, waiting.message),
                message,
            }))
        })
        .await
}

fn passed_on(history: &[Recorded], id: MessageId) -> Option<MessageId> {
    history.iter().find_map(|line| match line.event {
        Event::Forwarded { message, of, .. } if message == id => of,
        _ => None,
    })
}

/// The mail the viewer sent last, while it can be taken back.
///
/// # Errors
/// When the store can't answer.
pub async fn held(desk: &Desk, viewer: &Viewer) -> Result<Option<Held>, Error> {
    let (person, now) = (viewer.person, desk.now());
    Ok(desk
        .store()
        .read(move |tx| held::latest_of(tx, person, now))
        .await?)
}

/// The note the viewer wrote last on this ticket and how many seconds it can still be taken back.
///
/// # Errors
/// When the store can't answer.
pub async fn fresh_note(
    desk: &Desk,
    viewer: &Viewer,
    conversation: &Conversation,
) -> Result<Option<(Message, i64)>, Error> {
    let is_mine = |message: &Message| {
        message.channel == Channel::Desk && message.person == Some(viewer.person)
    };
    let said = conversation.said.iter().map(|said| &said.message);
    let last = said.rev().find(|message| is_mine(message)).cloned();
    let is_note = |message: &Message| message.audience == Audience::Desk && !is_forward(message);
    let Some(note) = last.filter(is_note) else {
        return Ok(None);
    };
    let person = viewer.person;
    let seconds = desk
        .store()
        .read(move |tx| people::undo_seconds(tx, person))
        .await?;
    let until = note.at + SignedDuration::from_secs(seconds);
    let left = until.duration_since(desk.now()).as_secs();
    Ok(Some((note, left)).filter(|(_, left)| *left > 0))
}
