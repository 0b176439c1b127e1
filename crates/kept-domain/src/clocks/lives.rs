//! The lines of a history that count, and how a ticket and those told on it stand after each of them.
//!
//! Words that were taken back, that nobody heard or that belong on another ticket count as if they had never been said here;
//! so does the turn they moved.

use crate::event::{Event, Recorded, Reopening};
use crate::ids::{MessageId, TicketId};
use crate::tickets::moves::{gone, without};
use crate::tickets::undone::without_undone;
use crate::tickets::withdraw::{leave_out, taken_back};
use crate::tickets::{AndThen, Status, Ticket};

use super::Standing;
use crate::turn::Turn;

/// A ticket and the lines of its history that count.
pub(super) struct Life {
    pub lines: Vec<Recorded>,
    /// As it stands after the lines told so far; none before its opening.
    pub ticket: Option<Ticket>,
}

impl Life {
    pub fn of(history: &[Recorded]) -> Self {
        let mut unsaid = taken_back(history);
        unsaid.extend(unheard(history));
        let said = match unsaid.is_empty() {
            true => None,
            false => Some(leave_out(history, &unsaid)),
        };
        let said = said.as_deref().unwrap_or(history);
        let mut lines = without_undone(&here(said)).into_owned();
        without_summary(&mut lines, &unsaid);
        Self {
            lines,
            ticket: None,
        }
    }

    /// Takes the next line into account. A person's word wakes a ticket that had ended, even when what first woke it went
    /// to another ticket.
    pub fn tell(&mut self, line: &Recorded) {
        let Some(ticket) = &mut self.ticket else {
            self.ticket = Ticket::opened(line.ticket, line.at, &line.event);
            return;
        };
        let ended = matches!(ticket.status, Status::Resolved | Status::Closed);
        let asks = matches!(
            line.event,
            Event::Replied {
                then: AndThen::Ask,
                ..
            }
        );
        let woken = |why| Event::Reopened { why };
        if ended && asks {
            ticket.apply(line.at, &woken(Reopening::DeskWrote));
        }
        ticket.apply(line.at, &line.event);
        if ended && is_client_word(&line.event) {
            ticket.apply(line.at, &woken(Reopening::ClientWrote));
        }
    }

    pub fn standing(&self) -> Option<Standing> {
        self.ticket.as_ref().map(standing)
    }
}

/// The lines of a ticket's own history that count.
pub(crate) fn counted(history: &[Recorded]) -> Vec<Recorded> {
    Life::of(history).lines
}

/// A person of the client's side wrote more than thanks.
pub(super) fn is_client_word(event: &Event) -> bool {
    matches!(
        event,
        Event::MessageReceived {
            automatic: false,
            thanks: false,
            ..
        }
    )
}

fn standing(ticket: &Ticket) -> Standing {
    if ticket.aside().is_some() {
        return Standing::Aside;
    }
    match (ticket.status, ticket.base_turn) {
        (Status::Resolved, _) => Standing::Resolved,
        (Status::Closed, _) => Standing::Closed,
        (Status::Parked, _) => Standing::Parked,
        (_, Turn::Client) => Standing::WithClient,
        (_, Turn::ThirdParty) => Standing::WithThirdParty,
        (Status::New | Status::Open | Status::Waiting, Turn::Desk | Turn::Nobody) => Standing::Open,
    }
}

/// What somebody at the desk said and nobody heard (S8).
fn unheard(history: &[Recorded]) -> Vec<MessageId> {
    let mut last = None;
    let mut found = Vec::new();
    for line in history {
        match &line.event {
            Event::Replied { message, .. }
            | Event::DutyAsked {
                message: Some(message),
                ..
            }
            | Event::Called {
                message,
                outgoing: Some(_),
                ..
            } => last = Some(*message),
            Event::CameBack { message, .. } | Event::NotSent { message, .. }
                if line.event.says_unheard() =>
            {
                found.extend(message.or(last));
            }
            Event::DeliveryFailed { unheard: true, .. } => found.extend(last),
            _ => {}
        }
    }
    found
}

/// A call was had, whatever became of the mail that confirms it; but without that mail nothing was said in writing.
fn without_summary(lines: &mut [Recorded], unheard: &[MessageId]) {
    for line in lines {
        if let Event::Called {
            message, outgoing, ..
        } = &mut line.event
            && unheard.contains(message)
        {
            *outgoing = None;
        }
    }
}

/// Without what was moved to another ticket, in the order of the clock: mail that came late stands where it belongs.
fn here(history: &[Recorded]) -> Vec<Recorded> {
    let Some((opening, rest)) = history.split_first() else {
        return Vec::new();
    };
    let gone = gone(history);
    let mut lines = vec![opening.clone()];
    lines.extend(without(rest, &gone).into_iter().cloned());
    lines[1..].sort_by_key(|line| (line.at, line.id));
    lines
}

/// The histories of those tickets among `others` that are told on the one of `history` now, whether directly or by way of
/// another.
pub(super) fn told_here<'a>(
    history: &[Recorded],
    others: &[&'a [Recorded]],
) -> Vec<&'a [Recorded]> {
    let mut ids = absorbed(history);
    let mut found: Vec<&'a [Recorded]> = Vec::new();
    while let Some(id) = ids.pop() {
        let of = |it: &&&[Recorded]| it.first().is_some_and(|line| line.ticket == id);
        let known = found.iter().any(|it| of(&it));
        if let Some(other) = others.iter().find(of).filter(|_| !known) {
            ids.extend(absorbed(other));
            found.push(other);
        }
    }
    found
}

fn absorbed(history: &[Recorded]) -> Vec<TicketId> {
    let mut ids = Vec::new();
    for line in history {
        match line.event {
            Event::Absorbed { ticket, .. } => ids.push(ticket),
            Event::Released { ticket, .. } => ids.retain(|it| *it != ticket),
            _ => {}
        }
    }
    ids
}
