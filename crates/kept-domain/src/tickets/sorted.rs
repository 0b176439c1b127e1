//! Taking back how a ticket was sorted: who has it or is asked to, where it is, how urgent, of what kind, what it is called, its tags.
//!
//! One line of the history is taken back by one more, from what it is to what it was. What anybody changed since stays.

use jiff::{SignedDuration, Timestamp};

use super::{Refused, Tag, Ticket, edit, tags, withdraw_offer};
use crate::event::{Actor, Event, Recorded};
use crate::ids::{EventId, PersonId};

/// So long may whoever took a ticket give it back to whom they took it from; later they ask, as with any other ticket.
const GIVES_BACK_FOR: SignedDuration = SignedDuration::from_hours(24);

/// What of a ticket is sorted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sorted {
    Responsible,
    Offer,
    Queue,
    Priority,
    Kind,
    Subject,
    Tag(Tag),
}

impl Sorted {
    /// What an event changes; `None` when that is nothing of the kind.
    fn by(event: &Event) -> Option<Self> {
        Some(match event {
            Event::Assigned { .. } | Event::DelegationAccepted { .. } => Sorted::Responsible,
            Event::Delegated { .. } => Sorted::Offer,
            Event::QueueChanged { .. } => Sorted::Queue,
            Event::PriorityChanged { .. } => Sorted::Priority,
            Event::KindChanged { .. } => Sorted::Kind,
            Event::SubjectChanged { .. } => Sorted::Subject,
            Event::TagAdded { tag } | Event::TagRemoved { tag } => Sorted::Tag(tag.clone()),
            _ => return None,
        })
    }

    /// Whether an event says something new about it.
    fn is_changed_by(&self, event: &Event) -> bool {
        let ends_offer = matches!(
            event,
            Event::Assigned { .. }
                | Event::DelegationAccepted { .. }
                | Event::DelegationDeclined { .. }
                | Event::DelegationTimedOut { .. }
                | Event::DelegationWithdrawn { .. }
        );
        Self::by(event).as_ref() == Some(self) || (*self == Sorted::Offer && ends_offer)
    }
}

impl std::fmt::Display for Sorted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Sorted::Responsible => f.write_str("who is responsible"),
            Sorted::Offer => f.write_str("who is asked to take it"),
            Sorted::Queue => f.write_str("the queue"),
            Sorted::Priority => f.write_str("the priority"),
            Sorted::Kind => f.write_str("the kind"),
            Sorted::Subject => f.write_str("the subject"),
            Sorted::Tag(tag) => write!(f, "the tag {tag}"),
        }
    }
}

/// Why it stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stays {
    Refused(Refused),
    /// No line of this number in the ticket's history sorts it.
    NothingSuch,
    /// It was changed since, last by this one.
    ChangedSince(Actor, Sorted),
}

impl From<Refused> for Stays {
    fn from(refused: Refused) -> Self {
        Stays::Refused(refused)
    }
}

/// What puts back what the line `of` changed, given the ticket's whole history, oldest first. Nothing where it is so again already.
///
/// # Errors
/// When the ticket is set aside, nothing was sorted in that line, or it was changed since.
pub fn put_back(
    ticket: &Ticket,
    history: &[Recorded],
    of: EventId,
) -> Result<Option<Event>, Stays> {
    ticket.must_be_in_sight()?;
    let place = history.iter().position(|line| line.id == of);
    let (line, since) = place
        .and_then(|place| history.get(place..)?.split_first())
        .ok_or(Stays::NothingSuch)?;
    let what = Sorted::by(&line.event).ok_or(Stays::NothingSuch)?;
    let back = || as_before(ticket, &line.event).map(|events| events.into_iter().next());
    let mut latest = since.iter().rev();
    let Some(last) = latest.find(|it| what.is_changed_by(&it.event)) else {
        return Ok(back()?);
    };
    if what != Sorted::Offer && back()?.is_none() {
        return Ok(None);
    }
    Err(Stays::ChangedSince(last.by, what))
}

fn as_before(ticket: &Ticket, event: &Event) -> Result<Vec<Event>, Refused> {
    match event {
        Event::Assigned { from, .. } | Event::DelegationAccepted { from, .. } => {
            edit::assign(ticket, *from)
        }
        Event::Delegated { .. } => withdraw_offer(ticket),
        Event::QueueChanged { from, .. } => edit::change_queue(ticket, *from),
        Event::PriorityChanged { from, .. } => edit::change_priority(ticket, *from),
        Event::KindChanged { from, .. } => edit::change_kind(ticket, *from),
        Event::SubjectChanged { from, .. } => edit::change_subject(ticket, from),
        Event::TagAdded { tag } => tags::untag(ticket, tag),
        Event::TagRemoved { tag } => tags::tag(ticket, tag),
        _ => Ok(vec![]),
    }
}

/// Whether it was this person's own act of a moment ago, which they may take back even where they may not give tickets to others.
pub fn is_fresh_act_of(line: &Recorded, person: PersonId, now: Timestamp) -> bool {
    line.by == Actor::Person(person) && now.duration_since(line.at) <= GIVES_BACK_FOR
}

#[cfg(test)]
mod tests;
