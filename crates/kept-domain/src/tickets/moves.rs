//! A person says that messages belong elsewhere. Both tickets then stand as if it had been so from
//! the beginning; nothing in their histories is rewritten, and it can be taken back exactly.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::undone::without_undone;
use super::withdraw::{leave_out, taken_back};
use super::{AndThen, Delegation, Received, Refused, Status, Ticket, receive, reply};
use crate::event::{Actor, Event, Recorded, Reopening};
use crate::ids::{MessageId, PersonId, TicketId};
use crate::intake::Reason;
use crate::turn::Turn;
use crate::waits::Wait;

/// How a ticket stands without the messages that went, or with those that came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub status: Status,
    pub turn: Turn,
    pub turn_since: Timestamp,
    pub resolved_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<Wait>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegation: Option<Delegation>,
}

impl Standing {
    pub(super) fn of(ticket: &Ticket) -> Self {
        Self {
            status: ticket.status,
            turn: ticket.base_turn,
            turn_since: ticket.turn_since,
            resolved_at: ticket.resolved_at,
            closed_at: ticket.closed_at,
            wait: ticket.wait.clone(),
            delegation: ticket.delegation,
        }
    }
}

/// A message that is being moved, and what it did where it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    pub id: MessageId,
    pub at: Timestamp,
    pub said: Said,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Mail {
        from: Option<PersonId>,
        automatic: bool,
    },
    Reply {
        by: PersonId,
        then: AndThen,
    },
    Note {
        by: PersonId,
    },
}

/// A line for a history, written at another time than now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub at: Timestamp,
    pub by: Actor,
    pub event: Event,
}

/// Takes messages off a ticket, which then stands as if they had never been on it.
///
/// # Errors
/// When the ticket is spam, or its history is broken.
pub fn move_out(
    ticket: &Ticket,
    history: &[Recorded],
    messages: &[MessageId],
    to: TicketId,
) -> Result<Event, Refused> {
    if ticket.spam_since.is_some() {
        return Err(Refused::IsSpam(ticket.id));
    }
    let mut gone = gone(history);
    gone.extend(messages);
    let left = standing(ticket.id, history, &gone).ok_or(Refused::NothingKnown(ticket.id))?;
    Ok(Event::MovedOut {
        messages: messages.to_vec(),
        to,
        left,
    })
}

/// Puts messages back where they were taken from; `None` when they were never there.
pub fn move_back(
    ticket: &Ticket,
    history: &[Recorded],
    messages: &[MessageId],
    from: TicketId,
) -> Option<Event> {
    let mut gone = gone(history);
    if !messages.iter().all(|message| gone.contains(message)) {
        return None;
    }
    gone.retain(|message| !messages.contains(message));
    Some(Event::MovedBack {
        messages: messages.to_vec(),
        from,
        left: standing(ticket.id, history, &gone)?,
    })
}

/// What messages from `from` do on a ticket they join, or on a new one made of them (`split`). They
/// count from when they were said, as far as the ticket's own history allows.
///
/// On a new ticket our own replies do with the turn what they did; on one that has a life of its own
/// they say nothing about it.
///
/// # Errors
/// When the ticket is set aside.
pub fn bring_in(
    ticket: &Ticket,
    moved: &[Moved],
    from: TicketId,
    split: bool,
) -> Result<Vec<Line>, Refused> {
    ticket.must_be_in_sight()?;
    let mut ticket = ticket.clone();
    let mut lines = Vec::new();
    for message in moved {
        let at = message.at.max(ticket.touched_at);
        let by = actor(message.said);
        for event in played(&ticket, message, from, split) {
            ticket.apply(at, &event);
            lines.push(Line { at, by, event });
        }
    }
    Ok(lines)
}

fn played(ticket: &Ticket, message: &Moved, from: TicketId, split: bool) -> Vec<Event> {
    let id = message.id;
    match message.said {
        Said::Mail {
            from: person,
            automatic,
        } => {
            let reason = Reason::MovedFrom { ticket: from };
            let received = Received {
                message: id,
                from: person,
                automatic,
                thanks: false,
                reason,
            };
            receive(ticket, received)
        }
        Said::Reply { then, .. } if split => reply(ticket, id, then).unwrap_or_default(),
        Said::Reply { .. } => vec![Event::Replied {
            message: id,
            then: AndThen::Update,
        }],
        Said::Note { .. } => vec![Event::Noted { message: id }],
    }
}

fn actor(said: Said) -> Actor {
    match said {
        Said::Mail { from, .. } => from.map_or(Actor::Kept, Actor::Person),
        Said::Reply { by, .. } | Said::Note { by } => Actor::Person(by),
    }
}

/// What a reply of this history did with the turn.
pub fn then_of(history: &[Recorded], message: MessageId) -> AndThen {
    let found = history.iter().find_map(|line| match &line.event {
        Event::Replied { message: id, then } if *id == message => Some(*then),
        _ => None,
    });
    found.unwrap_or(AndThen::Update)
}

/// Where a message on this ticket was moved from last: the messages that came with it, from which
/// ticket, and whether this ticket was made of them.
pub fn came_from(
    history: &[Recorded],
    message: MessageId,
) -> Option<(Vec<MessageId>, TicketId, bool)> {
    history.iter().rev().find_map(|line| match &line.event {
        Event::MovedIn {
            messages,
            from,
            split,
        } if messages.contains(&message) => Some((messages.clone(), *from, *split)),
        Event::MovedBack { messages, from, .. } if messages.contains(&message) => {
            Some((messages.clone(), *from, false))
        }
        _ => None,
    })
}

/// The messages of a history that are elsewhere now.
pub(crate) fn gone(history: &[Recorded]) -> Vec<MessageId> {
    let mut gone: Vec<MessageId> = Vec::new();
    for line in history {
        match &line.event {
            Event::MovedOut { messages, .. } => gone.extend(messages),
            Event::MovedBack { messages, .. } => gone.retain(|id| !messages.contains(id)),
            _ => {}
        }
    }
    gone
}

/// How a ticket stands after `history`, without what it says went elsewhere or was taken back.
pub(super) fn standing_after(id: TicketId, history: &[Recorded]) -> Option<Standing> {
    let said = leave_out(history, &taken_back(history));
    standing(id, &said, &gone(&said))
}

/// How a ticket stands when some messages are left out of its history, and what was taken back.
fn standing(id: TicketId, history: &[Recorded], gone: &[MessageId]) -> Option<Standing> {
    let history = without_undone(history);
    let (first, rest) = history.split_first()?;
    let mut ticket = Ticket::opened(id, first.at, &first.event)?;
    let kept = without(rest, gone);
    for (place, line) in kept.iter().enumerate() {
        let ended = !ticket.status.is_open();
        let next = kept.get(place + 1).map(|line| &line.event);
        let reopened = matches!(next, Some(Event::Reopened { .. }));
        match &line.event {
            // What woke the ticket went; then this word would have.
            Event::MessageReceived {
                automatic: false,
                thanks: false,
                ..
            } if ended && !reopened => {
                ticket.apply(line.at, &line.event);
                ticket.apply(line.at, &wakes(Reopening::ClientWrote));
            }
            Event::Replied {
                then: AndThen::Ask, ..
            }
            | Event::WaitBegan { .. }
            | Event::TurnCorrected { .. }
                if ended =>
            {
                ticket.apply(line.at, &wakes(Reopening::DeskWrote));
                ticket.apply(line.at, &line.event);
            }
            event => ticket.apply(line.at, event),
        }
    }
    Some(Standing::of(&ticket))
}

fn wakes(why: Reopening) -> Event {
    Event::Reopened { why }
}

/// The lines that are left: without those of the messages, and without what each brought about.
pub(crate) fn without<'a>(lines: &'a [Recorded], gone: &[MessageId]) -> Vec<&'a Recorded> {
    let mut keep = vec![true; lines.len()];
    for (place, line) in lines.iter().enumerate() {
        let companion = |at: Option<usize>, is: fn(&Event) -> bool| {
            at.filter(|at| {
                lines
                    .get(*at)
                    .is_some_and(|it| it.at == line.at && is(&it.event))
            })
        };
        let waits = match &line.event {
            Event::Replied { .. } => companion(Some(place + 1), |event| {
                matches!(event, Event::WaitBegan { .. })
            }),
            _ => None,
        };
        let brought = match &line.event {
            Event::MovedOut { .. } | Event::MovedBack { .. } => None,
            Event::MessageReceived { message, .. } if gone.contains(message) => {
                companion(Some(place + 1), |event| {
                    matches!(
                        event,
                        Event::Reopened {
                            why: Reopening::ClientWrote
                        }
                    )
                })
            }
            Event::Replied { message, then } if gone.contains(message) => match then {
                AndThen::Resolve => {
                    companion(Some(place + 1), |event| matches!(event, Event::Resolved))
                }
                AndThen::Ask | AndThen::Update => companion(place.checked_sub(1), |event| {
                    matches!(
                        event,
                        Event::Reopened {
                            why: Reopening::DeskWrote
                        }
                    )
                }),
            },
            Event::Noted { message }
            | Event::Forwarded { message, .. }
            | Event::ForwardAnswered { message, .. }
                if gone.contains(message) =>
            {
                None
            }
            _ => continue,
        };
        keep[place] = false;
        for brought in [brought, waits].into_iter().flatten() {
            keep[brought] = false;
        }
    }
    let kept = lines.iter().zip(keep);
    kept.filter_map(|(line, keep)| keep.then_some(line))
        .collect()
}
