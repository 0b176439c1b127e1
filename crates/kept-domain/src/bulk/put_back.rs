//! Takes an act on many tickets back, ticket by ticket: each stands as it stood, by events of its own.

use super::{Before, BulkAct};
use crate::event::{Event, Reopening};
use crate::tickets::{self as rules, Refused, Status, Ticket};
use crate::turn::Turn;

/// Said on the ticket where it is the client's turn again.
const WHY: &str = "what ended it was taken back";

/// The events that put the ticket back; `None` when it is no longer as the act left it.
///
/// # Errors
/// When it can't be done to this ticket any more.
pub fn put_back(
    act: &BulkAct,
    ticket: &Ticket,
    before: &Before,
) -> Result<Option<Vec<Event>>, Refused> {
    let as_left = match act {
        BulkAct::Assign { to } => ticket.responsible == *to,
        BulkAct::Offer { to } => ticket.delegation.is_some_and(|it| it.to == *to),
        BulkAct::Queue { to } => ticket.queue == *to,
        BulkAct::Priority { to } => ticket.priority == *to,
        BulkAct::Tag { tag } => ticket.tags.contains(tag),
        BulkAct::Untag { tag } => !ticket.tags.contains(tag),
        BulkAct::Resolve => ticket.status == Status::Resolved,
        BulkAct::Close => ticket.status == Status::Closed,
        BulkAct::Reopen => ticket.status == Status::Open,
        BulkAct::Spam => ticket.spam_since.is_some(),
    };
    if !as_left {
        return Ok(None);
    }
    let events = match act {
        BulkAct::Assign { .. } => rules::assign(ticket, before.responsible)?,
        BulkAct::Offer { .. } => rules::withdraw_offer(ticket)?,
        BulkAct::Queue { .. } => rules::change_queue(ticket, before.queue)?,
        BulkAct::Priority { .. } => rules::change_priority(ticket, before.priority)?,
        BulkAct::Tag { tag } => rules::untag(ticket, tag)?,
        BulkAct::Untag { tag } => rules::tag(ticket, tag)?,
        BulkAct::Resolve | BulkAct::Close => open_again(ticket, before)?,
        BulkAct::Reopen if before.status == Status::Closed => rules::close(ticket)?,
        BulkAct::Reopen => rules::resolve(ticket)?,
        BulkAct::Spam => rules::unmark_spam(ticket)?,
    };
    Ok(Some(events))
}

/// Reopened, and then whoever had the turn has it, and what was waited for is waited for.
fn open_again(ticket: &Ticket, before: &Before) -> Result<Vec<Event>, Refused> {
    let mut events = rules::reopen(ticket)?;
    let turned = |to| Event::TurnCorrected {
        to,
        why: WHY.to_owned(),
    };
    match (before.status, before.turn, &before.wait) {
        (Status::New, ..) => {
            events = vec![Event::Reopened {
                why: Reopening::AsNew,
            }];
        }
        (Status::Resolved, ..) => events.push(Event::Resolved),
        (Status::Parked, ..) => events.push(Event::Parked),
        (_, turn, Some(wait)) => {
            events.push(Event::WaitBegan { wait: wait.clone() });
            if matches!(turn, Turn::Desk | Turn::Client) {
                events.push(turned(turn));
            }
        }
        (_, Turn::Client, None) => events.push(turned(Turn::Client)),
        _ => {}
    }
    Ok(events)
}
