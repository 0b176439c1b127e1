//! What became of each promise of a ticket, read from its history. States are worked out, never set.

use jiff::Timestamp;

use crate::clocks::{Side, counted};
use crate::event::{Event, Recorded};
use crate::ids::{MessageId, PersonId, PromiseId, TicketId};
use crate::messages::text_form;

/// A word somebody gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    pub id: PromiseId,
    pub ticket: TicketId,
    pub side: Side,
    /// Whoever keeps it: the one who gave it, or took it over.
    pub promiser: PersonId,
    pub what: String,
    pub due: Timestamp,
    pub made_at: Timestamp,
    /// The message it was given in.
    pub message: Option<MessageId>,
    pub state: State,
    /// The message that kept it.
    pub kept_by: Option<MessageId>,
}

/// How a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Open,
    /// Still to keep, by another time that was agreed on before the first was over.
    Renegotiated,
    Kept,
    /// Kept after its time.
    Late,
    /// Its time is over and it is not kept.
    Broken,
    /// The ticket was closed before its time came.
    Dropped,
}

text_form!(State {
    State::Open => "open",
    State::Renegotiated => "renegotiated",
    State::Kept => "kept",
    State::Late => "late",
    State::Broken => "broken",
    State::Dropped => "dropped",
});

impl State {
    /// Whether its time is still to come.
    pub fn is_open(self) -> bool {
        matches!(self, State::Open | State::Renegotiated)
    }

    /// Whether somebody still has to keep it; what is broken is still owed.
    pub fn is_owed(self) -> bool {
        self.is_open() || self == State::Broken
    }
}

/// The promises of one ticket's whole history, in the order in which they were made. One made in a message that was taken
/// back was never made.
pub fn record(history: &[Recorded]) -> Vec<Promise> {
    let mut promises: Vec<Promise> = Vec::new();
    for line in counted(history) {
        tell(&mut promises, &line);
    }
    promises
}

fn tell(promises: &mut Vec<Promise>, line: &Recorded) {
    match &line.event {
        Event::Promised {
            promise,
            side,
            promiser,
            what,
            due,
            message,
        } => promises.push(Promise {
            id: *promise,
            ticket: line.ticket,
            side: *side,
            promiser: *promiser,
            what: what.clone(),
            due: *due,
            made_at: line.at,
            message: *message,
            state: State::Open,
            kept_by: None,
        }),
        Event::PromiseMoved { promise, due, .. } => change(promises, *promise, |it| {
            if it.state.is_open() && line.at <= it.due {
                (it.due, it.state) = (*due, State::Renegotiated);
            }
        }),
        Event::PromiseKept { promise, message } => change(promises, *promise, |it| {
            if it.state.is_owed() {
                it.kept_by = *message;
                it.state = if line.at > it.due {
                    State::Late
                } else {
                    State::Kept
                };
            }
        }),
        Event::PromiseBroken { promise } => change(promises, *promise, |it| {
            if it.state.is_open() {
                it.state = State::Broken;
            }
        }),
        Event::PromiseHandedOver { promise, to } => {
            change(promises, *promise, |it| it.promiser = *to);
        }
        Event::Closed | Event::ClosedUnanswered => {
            let open = promises.iter_mut().filter(|it| it.state.is_open());
            open.for_each(|it| it.state = State::Dropped);
        }
        _ => {}
    }
}

fn change(promises: &mut [Promise], id: PromiseId, how: impl FnOnce(&mut Promise)) {
    if let Some(promise) = promises.iter_mut().find(|it| it.id == id) {
        how(promise);
    }
}
