//! Takes an act on many tickets back, ticket by ticket: each stands as it stood, by events of its own.

use super::{Before, BulkAct};
use crate::event::{Actor, Event, Recorded};
use crate::tickets::{self as rules, Refused, Status, Ticket};

/// The events that put the ticket back; `None` when it is no longer as the act of `by` left it. `history` is the ticket's whole one,
/// oldest first.
///
/// # Errors
/// When it can't be done to this ticket any more.
pub fn put_back(
    act: &BulkAct,
    ticket: &Ticket,
    before: &Before,
    (history, by): (&[Recorded], Actor),
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
        BulkAct::Resolve | BulkAct::Close => {
            match rules::take_end_back(ticket, history, by, before.done_at) {
                Err(Refused::EndedByOthers(_)) => return Ok(None),
                events => events?,
            }
        }
        BulkAct::Reopen if before.status == Status::Closed => rules::close(ticket)?,
        BulkAct::Reopen => rules::resolve(ticket)?,
        BulkAct::Spam => rules::unmark_spam(ticket)?,
    };
    Ok(Some(events))
}
