//! Promises as people read them: who, what, by when, and how each stands in words and with a sign.

use jiff::Timestamp;
use kept_app::domain::clocks::Side;
use kept_app::domain::promises::State;
use kept_app::promises::{Listed, Offered};
use maud::{Markup, html};

use super::form;
use crate::layout::Shell;
use crate::numbers::count;
use crate::parts::{Choice, Clock, Icon, choices, icon, post, post_with};

/// One promise.
#[derive(Debug, Clone)]
pub struct Promised {
    pub id: u64,
    pub who: String,
    pub what: String,
    pub due: Timestamp,
    pub state: State,
    pub by_client: bool,
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
        by_client: promise.side == Side::Client,
        number: count(listed.ticket.0),
        subject: listed.subject.clone(),
    }
}

/// The section beside the conversation of ticket `number`.
pub(crate) fn section(
    all: &[Promised],
    can_promise: bool,
    agents: &[Choice],
    number: u64,
    shell: &Shell,
) -> Markup {
    html! {
        @if can_promise || !all.is_empty() {
            section.promises {
                h2 { "Promises" }
                @if !all.is_empty() { ul.owed.promised { @for it in all { (promised(it, false, agents, shell)) } } }
                @if can_promise {
                    details.act-more {
                        summary.act data-key="new-promise" data-act="Promise something…" { (icon(Icon::Plus)) "Promise something" }
                        (post_with(&format!("/tickets/{number}/promises"), &shell.csrf, "stack", html! {
                            label for="promise-side" { "Who promises" }
                            select id="promise-side" name="side" { option value="desk" { "We do" } option value="client" { "The client does" } }
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

fn promised(it: &Promised, names_ticket: bool, agents: &[Choice], shell: &Shell) -> Markup {
    let (class, mark, words) = sign(it.state);
    html! {
        li class=(class) {
            (icon(mark)) b { (it.what) @if it.by_client { span.dim { " · client" } } }
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
            (changes(it, agents, shell))
        }
    }
}

/// Another time, as long as the first is not over; somebody else, as long as it is owed.
fn changes(it: &Promised, agents: &[Choice], shell: &Shell) -> Markup {
    let place = format!("promise-{}", it.id);
    html! {
        @if it.state.is_open() {
            details.change {
                summary { "Another time" }
                (post_with(&format!("/promises/{}/time", it.id), &shell.csrf, "stack", html! {
                    (form::time(Some(it.due), &place, &shell.clock))
                    label for={ (place) "-words" } { "What they read" }
                    textarea id={ (place) "-words" } name="words" rows="3" required placeholder="The part comes later than we were told." {}
                    small { "It goes out as a reply, with the new time below your words." }
                    button.btn { "Write and move it" }
                }))
            }
        }
        @if it.state.is_owed() && !it.by_client && !agents.is_empty() {
            details.change {
                summary { "Somebody else" }
                (post_with(&format!("/promises/{}/promiser", it.id), &shell.csrf, "pick-inline", html! {
                    select name="to" aria-label="Who keeps it" { (choices(agents, "")) }
                    button.btn { "Hand it over" }
                }))
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

pub(super) fn sign(state: State) -> (&'static str, Icon, &'static str) {
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
    let no = html! { a.btn href={ "/tickets/" (number) } { "No" } };
    asked(offered, ("You", "desk"), no, number, shell)
}

/// Asks whether a client's mail is a promise of theirs.
pub(crate) fn offer_of_client(name: &str, offered: &Offered, number: u64, shell: &Shell) -> Markup {
    let action = format!("/tickets/{number}/promises/dismissal");
    let no = post(
        &action,
        &shell.csrf,
        html! {
            input type="hidden" name="message" value=(offered.message);
            button.btn { "No" }
        },
    );
    asked(offered, (name, "client"), no, number, shell)
}

fn asked(
    offered: &Offered,
    (who, side): (&str, &str),
    no: Markup,
    number: u64,
    shell: &Shell,
) -> Markup {
    let action = format!("/tickets/{number}/promises");
    let given = html! {
        input type="hidden" name="message" value=(offered.message);
        input type="hidden" name="side" value=(side);
    };
    html! {
        section.offer.is-promise aria-label="A promise" {
            p { (who) " wrote: “" (offered.what) "”. Keep it as "
                @if side == "client" { "their " } @else { "a " } "promise until " b { (shell.clock.full(offered.due)) } "?" }
            div.offer-answers {
                (post(&action, &shell.csrf, html! {
                    (given)
                    input type="hidden" name="what" value=(offered.what);
                    input type="hidden" name="due" value="at";
                    input type="hidden" name="at" value=(offered.due);
                    button.btn.btn-1 data-key="promise" data-act="Keep it as a promise" { (icon(Icon::Check)) "Yes" kbd aria-hidden="true" { "y" } }
                }))
                details {
                    summary.btn { "Edit" }
                    (post_with(&action, &shell.csrf, "stack", html! {
                        (given)
                        (form::fields(Some((&offered.what, offered.due)), &format!("offered-{side}"), &shell.clock))
                        button.btn { "Promise" }
                    }))
                }
                (no)
            }
        }
    }
}

/// The content of the page with everything that is still to keep.
pub fn page(all: &Lists, agents: &[Choice], shell: &Shell) -> Markup {
    html! {
        div.sheet-page {
            header.page-head.card-head { div { h1 { "Promises" }
                p.says { "Everything that was promised and is not kept yet, the soonest first." } }
                div.page-acts { a.btn href="/promises/calendar" { (icon(Icon::Sheet)) "Calendar" } } }
            section.block { h2 { "Yours" } (list(&all.mine, "You owe nobody anything you promised.", agents, shell)) }
            section.block { h2 { "Of the others" } (list(&all.others, "Nobody else has a promise to keep.", agents, shell)) }
            section.block { h2 { "Of the clients" } (list(&all.clients, "No client has promised you anything that is still to come.", agents, shell)) }
        }
    }
}

/// What is still to keep, by whose it is.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    pub mine: Vec<Promised>,
    pub others: Vec<Promised>,
    pub clients: Vec<Promised>,
}

fn list(all: &[Promised], none: &str, agents: &[Choice], shell: &Shell) -> Markup {
    html! {
        @if all.is_empty() { p.says { (none) } }
        @else { ul.owed.promised { @for it in all { (promised(it, true, agents, shell)) } } }
    }
}
