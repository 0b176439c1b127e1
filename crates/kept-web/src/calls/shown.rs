//! A call in the conversation: how they spoke, who wrote it down, what is wanted, and whether it was confirmed.

use jiff::Timestamp;
use kept_app::domain::calls::{Answer, Call, record};
use kept_app::domain::event::Recorded;
use kept_app::domain::ids::MessageId;
use kept_app::reading::Conversation;
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Icon, icon};

/// What is said of a call beside its words.
#[derive(Debug, Clone)]
pub struct Shown {
    /// `called us`
    pub how: &'static str,
    pub spoke: Timestamp,
    /// Who wrote it down.
    pub by: String,
    /// `Wants us to act`
    pub wants: String,
    pub state: State,
}

/// Whether the caller said that we understood.
#[derive(Debug, Clone)]
pub enum State {
    /// They were asked.
    Asked,
    /// There was nobody to ask.
    NotAsked,
    Confirmed(Timestamp),
    Corrected(Timestamp),
}

/// The call of a message, if it is one.
pub(crate) fn of(
    id: MessageId,
    spoke: Option<Timestamp>,
    conversation: &Conversation,
) -> Option<Shown> {
    let happened = &conversation.happened;
    let lines: Vec<Recorded> = happened.iter().map(|it| it.recorded.clone()).collect();
    let call = record(&lines).into_iter().find(|it| it.message == id)?;
    let logged = |line: &&kept_app::reading::Happened| {
        line.recorded.at == call.at && line.recorded.by == call.by
    };
    let by = happened.iter().find(logged).map(|line| line.by.clone());
    Some(Shown {
        how: call.how.words(),
        spoke: spoke.unwrap_or(call.at),
        by: by.unwrap_or_default(),
        wants: format!("Wants us to {}", wanted(&call).words()),
        state: state(&call),
    })
}

fn wanted(call: &Call) -> kept_app::domain::calls::Wanted {
    match call.answer {
        Some(Answer::Corrected { wanted, .. }) => wanted,
        _ => call.wanted,
    }
}

fn state(call: &Call) -> State {
    match (call.answer, call.outgoing) {
        (Some(Answer::Confirmed { at }), _) => State::Confirmed(at),
        (Some(Answer::Corrected { at, .. }), _) => State::Corrected(at),
        (None, Some(_)) => State::Asked,
        (None, None) => State::NotAsked,
    }
}

/// The line under its byline.
pub(crate) fn line(shown: &Shown, shell: &Shell) -> Markup {
    let (class, mark, words) = match shown.state {
        State::Asked => ("is-asked", Icon::Clock, html! { "not confirmed yet" }),
        State::NotAsked => (
            "is-asked",
            Icon::Info,
            html! { "nobody could be asked to confirm it" },
        ),
        State::Confirmed(at) => (
            "is-confirmed",
            Icon::Check,
            html! { "confirmed " (shell.clock.at(at)) },
        ),
        State::Corrected(at) => (
            "is-corrected",
            Icon::Pencil,
            html! { "corrected " (shell.clock.at(at)) },
        ),
    };
    html! {
        p.call-state {
            (icon(Icon::Phone)) span { (shown.how) ", " (shell.clock.at(shown.spoke)) ", written down by " (shown.by) }
            b { (shown.wants) }
            span class=(class) { (icon(mark)) (words) }
        }
    }
}
