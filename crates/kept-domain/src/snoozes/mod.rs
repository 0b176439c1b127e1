//! Snoozing: a ticket is out of one agent's Now and Inbox until a time comes or something happens.
//!
//! It never hides what becomes due: the ticket is back before that, and says why.

mod asleep;
mod begin;
mod later;
mod wake;

pub use asleep::{Asleep, asleep};
pub use begin::{BadSnooze, snooze};
pub use later::Later;
pub use wake::{wakes_at, woken_by};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::messages::text_form;

/// What ends a snooze. The client's words and whatever becomes due end each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Until {
    Time(Timestamp),
    ClientWrites,
    /// Anybody else does anything on it.
    AnythingHappens,
}

/// Why a ticket is back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    TimeCame,
    DueSoon,
    ClientWrote,
    SomethingHappened,
    /// It was given or offered to whoever had put it off.
    GivenToThem,
    /// What the desk said last reached nobody.
    NobodyHeard,
    ByHand,
}

text_form!(Why {
    Why::TimeCame => "time-came",
    Why::DueSoon => "due-soon",
    Why::ClientWrote => "client-wrote",
    Why::SomethingHappened => "something-happened",
    Why::GivenToThem => "given-to-them",
    Why::NobodyHeard => "nobody-heard",
    Why::ByHand => "by-hand",
});

impl Why {
    /// As it stands after “back:”.
    pub fn words(self) -> &'static str {
        match self {
            Why::TimeCame => "the time came",
            Why::DueSoon => "something is due soon",
            Why::ClientWrote => "the client wrote",
            Why::SomethingHappened => "something happened on it",
            Why::GivenToThem => "it was handed over",
            Why::NobodyHeard => "our last words did not arrive",
            Why::ByHand => "woken by hand",
        }
    }
}

#[cfg(test)]
mod tests;
