//! What became of each duty that was asked for on a ticket, read from its history and its clocks.

use jiff::Timestamp;

use crate::clocks::{How, Key, Obligation, counted};
use crate::event::{Event, Recorded};
use crate::ids::DutyRunId;
use crate::messages::text_form;

/// How one stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The client has not done it yet, and has time.
    Asked,
    /// Nobody heard of it: there was no address, or our mail came back.
    Unheard,
    /// The time is over and it is not done.
    Late,
    Done,
    /// Done after its time.
    DoneLate,
    NotDone,
    /// Asked for again before it was done.
    AskedAgain,
    /// Its ticket was closed.
    Dropped,
}

text_form!(State {
    State::Asked => "asked",
    State::Unheard => "unheard",
    State::Late => "late",
    State::Done => "done",
    State::DoneLate => "done-late",
    State::NotDone => "not-done",
    State::AskedAgain => "asked-again",
    State::Dropped => "dropped",
});

impl State {
    /// Whether somebody can still say what became of it.
    pub fn is_open(self) -> bool {
        matches!(self, State::Asked | State::Unheard | State::Late)
    }
}

/// What a ticket tells of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    pub run: DutyRunId,
    pub state: State,
    /// By when; as if the client had the turn again now, while the desk has it.
    pub due: Option<Timestamp>,
    pub ended: Option<Timestamp>,
}

/// Those asked for on a ticket, given its own lines and what was owed on it.
pub fn told(history: &[Recorded], obligations: &[Obligation]) -> Vec<Told> {
    let lines = counted(history);
    let asked = history.iter().filter_map(|line| match line.event {
        Event::DutyAsked { run, .. } => Some(run),
        _ => None,
    });
    asked.map(|run| one(run, &lines, obligations)).collect()
}

fn one(run: DutyRunId, lines: &[Recorded], obligations: &[Obligation]) -> Told {
    // Of one taken back up after the ticket was aside the last counts.
    let owed = obligations
        .iter()
        .rfind(|it| it.key() == Some(Key::Duty(run)));
    let said = lines.iter().rev().find_map(|line| said(run, line));
    match (said, owed) {
        (Some((at, state)), owed) => {
            let late = owed.is_some_and(|it| it.missed_at.is_some());
            let state = match (state, late) {
                (State::Done, true) => State::DoneLate,
                (state, _) => state,
            };
            let due = owed.and_then(|it| it.missed_at.or(it.due));
            let ended = Some(at);
            Told {
                run,
                state,
                due,
                ended,
            }
        }
        (None, Some(it)) => Told {
            run,
            state: standing(it),
            due: it.missed_at.or(it.due_if_resumed),
            ended: it.end.map(|end| end.at),
        },
        (None, None) => Told {
            run,
            state: State::Unheard,
            due: None,
            ended: None,
        },
    }
}

/// What a line says became of it.
fn said(run: DutyRunId, line: &Recorded) -> Option<(Timestamp, State)> {
    let (of, state) = match line.event {
        Event::DutyDone { run } => (run, State::Done),
        Event::DutyNotDone { run, .. } => (run, State::NotDone),
        Event::DutyAsked {
            instead_of: Some(run),
            ..
        } => (run, State::AskedAgain),
        _ => return None,
    };
    (of == run).then_some((line.at, state))
}

fn standing(it: &Obligation) -> State {
    match it.end.map(|end| end.how) {
        None if it.missed_at.is_some() => State::Late,
        None => State::Asked,
        Some(How::Dropped) => State::Dropped,
        Some(How::NotDone) => State::NotDone,
        Some(How::Done) => State::Done,
    }
}
