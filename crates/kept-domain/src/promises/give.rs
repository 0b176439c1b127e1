//! Giving a word, keeping it, agreeing on another time, and handing it over.

use jiff::Timestamp;

use super::{Promise, State};
use crate::clocks::Side;
use crate::event::Event;
use crate::ids::{MessageId, PersonId, PromiseId};
use crate::tickets::{Refused, Ticket};

/// What somebody promises, before it has a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub side: Side,
    pub promiser: PersonId,
    pub what: String,
    pub due: Timestamp,
    /// The message it was given in.
    pub message: Option<MessageId>,
}

/// Why a promise can't be made or changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotPromise {
    #[error("Write what you promise")]
    Nothing,
    #[error("That is too long; {LONGEST_WHAT} characters are the most")]
    TooLong,
    #[error("That time is over; choose one to come")]
    Past,
    #[error("That is more than {MOST_DAYS} days away; promise something sooner")]
    TooFar,
    #[error("#{0} has {MOST_OPEN} promises to keep already; keep one first")]
    TooMany(crate::ids::TicketId),
    #[error("its time is over, so it can’t be moved any more; keep it as soon as you can")]
    TooLate,
    #[error("this was promised for that time already")]
    SameTime,
    #[error("this promise is kept already, or was dropped when the ticket was closed")]
    Over,
    #[error("they keep this promise already")]
    TheirsAlready,
    #[error("this is a promise of the client; nobody at the desk can take it over")]
    TheClients,
    #[error(transparent)]
    Ticket(#[from] Refused),
}

/// Characters of what is promised.
pub const LONGEST_WHAT: usize = 300;
const MOST_DAYS: i64 = 366;
const MOST_OPEN: usize = 50;

/// The promise as it will be written down, on a ticket that has `known` ones.
///
/// # Errors
/// When nothing is promised, the time is over or too far ahead, or the ticket is set aside or has ended.
pub fn give(
    ticket: &Ticket,
    known: &[Promise],
    given: Given,
    now: Timestamp,
) -> Result<Given, CannotPromise> {
    ticket.must_be_open()?;
    let what = given.what.split_whitespace().collect::<Vec<_>>().join(" ");
    let open = known.iter().filter(|it| it.state.is_owed()).count();
    match what.chars().count() {
        0 => return Err(CannotPromise::Nothing),
        1..=LONGEST_WHAT => {}
        _ => return Err(CannotPromise::TooLong),
    }
    if open >= MOST_OPEN {
        return Err(CannotPromise::TooMany(ticket.id));
    }
    let due = to_come(given.due, now)?;
    Ok(Given { what, due, ..given })
}

impl Given {
    /// What happens, once the promise has a number.
    pub fn promised(self, promise: PromiseId) -> Event {
        Event::Promised {
            promise,
            side: self.side,
            promiser: self.promiser,
            what: self.what,
            due: self.due,
            message: self.message,
        }
    }
}

/// Keeps it; after its time it is late.
///
/// # Errors
/// When it is kept or over already.
pub fn keep(promise: &Promise, message: Option<MessageId>) -> Result<Event, CannotPromise> {
    must_be_owed(promise)?;
    Ok(Event::PromiseKept {
        promise: promise.id,
        message,
    })
}

/// Another time, in a message that says so.
///
/// # Errors
/// When its time is over, or the new one is.
pub fn agree_on(
    promise: &Promise,
    due: Timestamp,
    message: MessageId,
    now: Timestamp,
) -> Result<Event, CannotPromise> {
    must_be_owed(promise)?;
    if now > promise.due || promise.state == State::Broken {
        return Err(CannotPromise::TooLate);
    }
    let due = to_come(due, now)?;
    if due == promise.due {
        return Err(CannotPromise::SameTime);
    }
    Ok(Event::PromiseMoved {
        promise: promise.id,
        due,
        message,
    })
}

/// Somebody else at the desk keeps it from now on.
///
/// # Errors
/// When it is over, the client's, or theirs already.
pub fn hand_over(promise: &Promise, to: PersonId) -> Result<Event, CannotPromise> {
    must_be_owed(promise)?;
    if promise.side == Side::Client {
        return Err(CannotPromise::TheClients);
    }
    match promise.promiser == to {
        true => Err(CannotPromise::TheirsAlready),
        false => Ok(Event::PromiseHandedOver {
            promise: promise.id,
            to,
        }),
    }
}

/// Its time came and it was not kept.
pub fn broken(promise: &Promise) -> Option<Event> {
    promise.state.is_open().then_some(Event::PromiseBroken {
        promise: promise.id,
    })
}

fn must_be_owed(promise: &Promise) -> Result<(), CannotPromise> {
    match promise.state.is_owed() {
        true => Ok(()),
        false => Err(CannotPromise::Over),
    }
}

/// Times are kept in whole minutes, as people say them.
fn to_come(due: Timestamp, now: Timestamp) -> Result<Timestamp, CannotPromise> {
    let due =
        Timestamp::from_second(due.as_second() / 60 * 60).map_err(|_| CannotPromise::TooFar)?;
    match () {
        () if due <= now => Err(CannotPromise::Past),
        () if due.duration_since(now).as_hours() > MOST_DAYS * 24 => Err(CannotPromise::TooFar),
        () => Ok(due),
    }
}
