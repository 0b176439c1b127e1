//! What is owed on a ticket, by whom and by when, each with its reasons: folded, so that the panel stays short.

use jiff::Timestamp;
use kept_app::domain::clocks::{Outcome, Side};
use kept_app::domain::ids::TicketId;
use kept_app::reading::{Obligations, Obliged};
use maud::{Markup, html};

use crate::parts::{Clock, Icon, icon};
use crate::words::kind;

/// The section of the panel.
#[derive(Debug, Clone, Default)]
pub struct Owed {
    /// `Everybody, version 1`.
    pub agreement: String,
    pub running: Vec<Line>,
    pub ended: Vec<Line>,
    /// Where the rest and the reasons are, of a long ticket.
    pub whole: Option<String>,
}

/// An obligation: what, how it stands, by when.
#[derive(Debug, Clone)]
pub struct Line {
    pub state: State,
    pub what: &'static str,
    pub by_client: bool,
    pub due: Option<Timestamp>,
    /// Why it is so, a sentence each.
    pub why: Vec<String>,
}

/// How an obligation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Met,
    Missed,
    Running,
    Late,
    Paused,
    Dropped,
}

pub(crate) fn of(obligations: &Obligations, number: TicketId) -> Owed {
    let (running, ended): (Vec<_>, Vec<_>) = obligations.all.iter().partition(|it| it.is_owed);
    Owed {
        agreement: format!("{}, version {}", obligations.agreement, obligations.version),
        running: running.into_iter().map(line).collect(),
        ended: ended.into_iter().map(line).collect(),
        whole: obligations
            .is_brief
            .then(|| format!("/tickets/{number}?owed=all#owed")),
    }
}

fn line(it: &Obliged) -> Line {
    let state = match (it.is_owed, it.outcome) {
        (true, Outcome::Missed) => State::Late,
        (true, _) if it.is_paused => State::Paused,
        (true, _) => State::Running,
        (false, Outcome::Missed) => State::Missed,
        (false, Outcome::Met) => State::Met,
        (false, Outcome::Dropped | Outcome::Owed) => State::Dropped,
    };
    Line {
        state,
        what: kind(it.owed),
        by_client: it.side == Side::Client,
        due: it.due,
        why: it.why.clone(),
    }
}

/// The section; nothing when nothing was ever owed.
pub fn section(owed: &Owed, clock: &Clock) -> Markup {
    html! {
        @if !owed.running.is_empty() || !owed.ended.is_empty() {
            section id="owed" {
                h2 { "Owed" }
                (lines(&owed.running, clock))
                @if !owed.ended.is_empty() {
                    details.owed-before {
                        summary { "Before · " (owed.ended.len()) }
                        (lines(&owed.ended, clock))
                    }
                }
                @if let Some(whole) = &owed.whole { p { a href=(whole) { "All that was owed, with the reasons" } } }
                small.owed-terms { "By the agreement: " (owed.agreement) }
            }
        }
    }
}

fn lines(lines: &[Line], clock: &Clock) -> Markup {
    html! { ul.owed { @for it in lines { (one(it, clock)) } } }
}

fn one(it: &Line, clock: &Clock) -> Markup {
    let (class, mark) = match it.state {
        State::Met => ("is-met", Icon::Check),
        State::Missed | State::Late => ("is-missed", Icon::Warning),
        State::Running => ("is-running", Icon::Clock),
        State::Paused | State::Dropped => ("is-waiting", Icon::Pause),
    };
    html! {
        li class=(class) {
            @let words = html! {
                (icon(mark))
                b { (it.what) @if it.by_client { span.dim { " · client" } } }
                span.owed-when { (when(it, clock)) }
            };
            @if it.why.is_empty() {
                div.owed-line { (words) }
            } @else {
                details {
                    summary { (words) }
                    ul.why { @for sentence in &it.why { li { (sentence) } } }
                }
            }
        }
    }
}

fn when(it: &Line, clock: &Clock) -> Markup {
    match (it.state, it.due) {
        (State::Running | State::Late, Some(due)) => clock.due(due),
        (State::Running, None) => html! { "no time left in these hours" },
        (State::Late, None) => html! { "late" },
        (State::Paused, _) => html! { "stands still" },
        (State::Met, _) => html! { "met" },
        (State::Missed, _) => html! { "missed" },
        (State::Dropped, _) => html! { "no longer owed" },
    }
}
