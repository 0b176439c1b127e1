//! What became of each call of a ticket, read from its history.

use jiff::Timestamp;

use super::{How, Wanted};
use crate::event::{Actor, Event, Recorded};
use crate::ids::{MessageId, OutgoingId, PersonId, TicketId};

/// A call as it was logged, and what was said about that since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub ticket: TicketId,
    pub message: MessageId,
    pub how: How,
    pub wanted: Wanted,
    /// Who called, or was called; unknown when they left no address.
    pub person: Option<PersonId>,
    /// The summary they were sent, if any could be.
    pub outgoing: Option<OutgoingId>,
    /// Whoever logged it, and when.
    pub by: Actor,
    pub at: Timestamp,
    pub answer: Option<Answer>,
}

/// What the caller said of our summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is what they meant.
    Confirmed { at: Timestamp },
    /// They meant something else, and said what.
    Corrected {
        at: Timestamp,
        wanted: Wanted,
        correction: MessageId,
    },
}

/// The calls of these lines, in the order in which they were logged. A correction stands, whatever was confirmed.
pub fn record(history: &[Recorded]) -> Vec<Call> {
    let mut calls: Vec<Call> = history.iter().filter_map(logged).collect();
    for line in history {
        let Some((message, answer)) = answered(line) else {
            continue;
        };
        if let Some(call) = calls.iter_mut().find(|call| call.message == message)
            && !matches!(call.answer, Some(Answer::Corrected { .. }))
        {
            call.answer = Some(answer);
        }
    }
    calls
}

fn logged(line: &Recorded) -> Option<Call> {
    match line.event {
        Event::Called {
            message,
            wanted,
            how,
            person,
            outgoing,
        } => Some(Call {
            ticket: line.ticket,
            message,
            how,
            wanted,
            person,
            outgoing,
            by: line.by,
            at: line.at,
            answer: None,
        }),
        _ => None,
    }
}

fn answered(line: &Recorded) -> Option<(MessageId, Answer)> {
    match line.event {
        Event::CallConfirmed { message } => Some((message, Answer::Confirmed { at: line.at })),
        Event::CallCorrected {
            message,
            wanted,
            correction,
        } => Some((
            message,
            Answer::Corrected {
                at: line.at,
                wanted,
                correction,
            },
        )),
        _ => None,
    }
}
