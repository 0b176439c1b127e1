//! Promises as people read them: who, what, by when, and how each stands in words and with a sign.

use jiff::Timestamp;
use kept_app::domain::promises::State;
use kept_app::promises::{Listed, Offered};
use maud::{Markup, html};

use super::form;
use crate::layout::Shell;
use crate::numbers::count;
use crate::parts::{Clock, Icon, icon, post, post_with};

/// One promise.
#[derive(Debug, Clone)]
pub struct Promised {
    pub id: u64,
    pub who: String,
    pub what: String,
    pub due: Timestamp,
    pub state: State,
    pub number: u64,
    pub subject: String,
}

pub(crate) fn shown(listed: &Listed) -> Promised {
    let promise = &listed.promise;
    Promised {
        id: count(promise.id.0),
        who: listed.name.clone(),
        what: promise.what.clone(),
        due: promise.due,
        state: promise.state,
        number: count(listed.ticket.0),
        subject: listed.subject.clone(),
    }
}

/// The section beside the conversation of ticket `number`.
pub(crate) fn section(all: &[Promised], can_promise: bool, number: u64, shell: &Shell) -> Markup {
    html! {
        @if can_promise || !all.is_empty() {
            section.promises {
                h2 { "Promises" }
                @if !all.is_empty() { ul.owed.promised { @for it in all { (promised(it, false, shell)) } } }
                @if can_promise {
                    details.act-more {
                        summary.act { (icon(Icon::Plus)) "Promise something" }
                        (post_with(&format!("/tickets/{number}/promises"), &shell.csrf, "stack", html! {
                            (form::fields(None, "promise", &shell.clock))
                            button.btn { "Promise" }
                        }))
                    }
                }
                p.says { a href="/promises" { "All promises of the desk" } }
            }
        }
    }
}

fn promised(it: &Promised, names_ticket: bool, shell: &Shell) -> Markup {
    let (class, mark, words) = sign(it.state);
    html! {
        li class=(class) {
            (icon(mark)) b { (it.what) }
            span.owed-when { (words) }
            small {
                (it.who) ", " (by_when(it, &shell.clock))
                @if names_ticket { " · " a href={ "/tickets/" (it.number) } { (it.subject) } " #" (it.number) }
                @if it.state.is_owed() {
                    (post(&format!("/promises/{}/keeping", it.id), &shell.csrf, html! {
                        button.link { "It is done" }
                    }))
                }
            }
        }
    }
}

fn by_when(it: &Promised, clock: &Clock) -> Markup {
    match it.state.is_owed() {
        true => clock.due(it.due),
        false => html! { "by " (clock.at(it.due)) },
    }
}

fn sign(state: State) -> (&'static str, Icon, &'static str) {
    match state {
        State::Open => ("is-running", Icon::Clock, "open"),
        State::Renegotiated => ("is-running", Icon::Retry, "new time agreed"),
        State::Kept => ("is-met", Icon::Check, "kept"),
        State::Late => ("is-missed", Icon::Check, "kept late"),
        State::Broken => ("is-missed", Icon::Warning, "broken"),
        State::Dropped => ("is-waiting", Icon::Archive, "ticket closed"),
    }
}

/// Asks the author of a reply whether it is a promise.
pub(crate) fn offer(offered: &Offered, number: u64, shell: &Shell) -> Markup {
    let action = format!("/tickets/{number}/promises");
    let message = html! { input type="hidden" name="message" value=(offered.message); };
    html! {
        section.offer aria-label="A promise" {
            p { "You wrote: “" (offered.what) "”. Keep it as a promise until " b { (shell.clock.full(offered.due)) } "?" }
            div.offer-answers {
                (post(&action, &shell.csrf, html! {
                    (message)
                    input type="hidden" name="what" value=(offered.what);
                    input type="hidden" name="due" value="at";
                    input type="hidden" name="at" value=(offered.due);
                    button.btn.btn-1 { (icon(Icon::Check)) "Yes" }
                }))
                details {
                    summary.btn { "Edit" }
                    (post_with(&action, &shell.csrf, "stack", html! {
                        (message)
                        (form::fields(Some((&offered.what, offered.due)), "offered", &shell.clock))
                        button.btn { "Promise" }
                    }))
                }
                a.btn href={ "/tickets/" (number) } { "No" }
            }
        }
    }
}

/// The content of the page with everything that is still to keep.
pub fn page(mine: &[Promised], others: &[Promised], shell: &Shell) -> Markup {
    html! {
        div.sheet-page {
            header.page-head { div { h1 { "Promises" }
                p.says { "Everything the desk promised and has not kept yet, the soonest first." } } }
            section.block { h2 { "Yours" } (list(mine, "You owe nobody anything you promised.", shell)) }
            section.block { h2 { "Of the others" } (list(others, "Nobody else has a promise to keep.", shell)) }
        }
    }
}

fn list(all: &[Promised], none: &str, shell: &Shell) -> Markup {
    html! {
        @if all.is_empty() { p.says { (none) } }
        @else { ul.owed.promised { @for it in all { (promised(it, true, shell)) } } }
    }
}
