//! Whose turn it is, as a mark and words: colour, shape and text together, so that colour never speaks alone.
//! Whether something is late is decided elsewhere and only shown here.

use jiff::Timestamp;
use maud::{Markup, html};

use super::Clock;

/// Who must act next, or how it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Desk,
    Client,
    Third,
    Parked,
    Resolved,
    Closed,
    Spam,
}

/// The turn of a ticket. `word` names it (`Ours`, `Theirs`, `Courier`, `Promised`); `due` is when the side that has the
/// turn must have acted, `since` when it got the turn.
#[derive(Debug, Clone)]
pub struct Turn {
    pub whose: Whose,
    pub word: String,
    pub since: Timestamp,
    pub due: Option<Timestamp>,
    pub late: bool,
}

impl Turn {
    /// The class that colours everything about this turn.
    pub fn class(&self) -> &'static str {
        match self.whose {
            _ if self.late => "late",
            Whose::Desk => "desk",
            Whose::Client => "client",
            Whose::Third => "third",
            Whose::Parked => "parked",
            Whose::Resolved => "resolved",
            Whose::Closed => "closed",
            Whose::Spam => "spam",
        }
    }
}

/// The chip of a row: `Ours · 42 min`, `Ours · 25 min late`, `Theirs · 3 days`.
pub fn chip(turn: &Turn, clock: &Clock) -> Markup {
    let title = match turn.due {
        Some(due) => format!("since {}, due {}", clock.full(turn.since), clock.full(due)),
        None => format!("since {}", clock.full(turn.since)),
    };
    html! {
        span class={ "turn " (turn.class()) } title=(title) {
            (turn.word) " · " (distance(turn, clock))
        }
    }
}

/// Only the mark and a word of your own.
pub fn turn_mark(class: &str, words: &str) -> Markup {
    html! { span class={ "turn " (class) } { (words) } }
}

/// Time left when something is due from us, else how long the other side has had it.
fn distance(turn: &Turn, clock: &Clock) -> String {
    match turn.due {
        Some(due) if turn.late => format!("{} late", clock.distance(due)),
        Some(due) if turn.whose == Whose::Desk => clock.distance(due),
        _ => clock.distance(turn.since),
    }
}
