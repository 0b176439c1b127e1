//! Duties as people read them: what, by when, how each stands in words and with a sign.

use kept_app::domain::duties::{LONGEST_WHY, State};
use kept_app::duties::{OfClient, Owed, Run};
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Clock, Icon, checkbox, icon, post_with};

/// The section beside the conversation.
pub(crate) fn section(runs: &[Run], may_end: bool, shell: &Shell) -> Markup {
    html! {
        @if !runs.is_empty() {
            section.promises {
                h2 { "What they do by the agreement" }
                ul.owed.promised { @for run in runs { (on_ticket(run, may_end, shell)) } }
            }
        }
    }
}

fn on_ticket(run: &Run, may_end: bool, shell: &Shell) -> Markup {
    let (class, mark, words) = sign(run.state);
    html! {
        li class=(class) {
            (icon(mark)) b { (run.what) }
            span.owed-when { (words) }
            small { "for " (run.date.strftime("%-d %B %Y").to_string()) @if let Some(due) = run.due { ", by " (shell.clock.full(due)) } }
            @if may_end && run.state.is_open() { (ending(run, shell)) }
        }
    }
}

/// Done by one click; not done with a reason.
fn ending(run: &Run, shell: &Shell) -> Markup {
    let (action, place) = (format!("/duties/{}/outcome", run.id), run.id);
    html! {
        div.change {
            (post_with(&action, &shell.csrf, "duty-done", html! {
                input type="hidden" name="outcome" value="done";
                button.btn { "It is done" }
                (checkbox("close", "yes", "Close the ticket with it", true))
            }))
            details {
                summary { "It was not done" }
                (post_with(&action, &shell.csrf, "stack", html! {
                    input type="hidden" name="outcome" value="not-done";
                    label for={ "duty-why-" (place) } { "Why not" }
                    input id={ "duty-why-" (place) } type="text" name="why" required maxlength=(LONGEST_WHY) autocomplete="off";
                    (checkbox("close", "yes", "Close the ticket with it", false))
                    button.btn { "Write it down" }
                }))
            }
        }
    }
}

/// How one stands: its class, its sign, its words.
fn sign(state: State) -> (&'static str, Icon, &'static str) {
    match state {
        State::Asked => ("is-running", Icon::Clock, "asked for"),
        State::Unheard => ("is-missed", Icon::Warning, "nobody heard of it"),
        State::Late => ("is-missed", Icon::Warning, "late"),
        State::Done => ("is-met", Icon::Check, "done"),
        State::DoneLate => ("is-missed", Icon::Check, "done late"),
        State::NotDone => ("is-missed", Icon::Cross, "not done"),
        State::AskedAgain => ("is-waiting", Icon::Pause, "asked again"),
        State::Dropped => ("is-waiting", Icon::Pause, "closed without it"),
    }
}

/// The section of a client's page; nothing for one without duties.
pub(crate) fn of_client(found: &OfClient, clock: &Clock) -> Markup {
    html! {
        @if !found.duties.is_empty() || !found.asked.is_empty() {
            section.group {
                h2.group-title { "What they do by the agreement " @if !found.duties.is_empty() { span.count { (found.duties.len()) } } }
                @if !found.duties.is_empty() {
                    table.list {
                        thead { tr { th { "What" } th { "Asked for next" } th { "Last time" } } }
                        tbody { @for it in &found.duties { (duty(it, clock)) } }
                    }
                }
                @if !found.asked.is_empty() {
                    details.fold-group {
                        summary { (icon(Icon::Chevron)) "Asked for so far " span.count { (found.asked.len()) } }
                        table.list {
                            thead { tr { th { "For" } th { "What" } th { "How it stands" } } }
                            tbody { @for run in &found.asked { tr {
                                td { (run.date.strftime("%-d %b %Y").to_string()) }
                                td { (linked(run, &run.what)) }
                                td.mut { (standing(run, clock)) }
                            } } }
                        }
                    }
                }
            }
        }
    }
}

fn duty(it: &Owed, clock: &Clock) -> Markup {
    html! {
        tr {
            td { (it.duty.what) }
            td.mut data-unit="next" { @match it.next { Some(next) => (next.strftime("%a %-d %B %Y").to_string()), None => "not again" } }
            td.mut { @match &it.last { Some(run) => (linked(run, &standing(run, clock))), None => "not yet" } }
        }
    }
}

fn linked(run: &Run, words: &str) -> Markup {
    html! {
        @match run.ticket { Some(id) => a href={ "/tickets/" (id) } { (words) }, None => (words) }
    }
}

fn standing(run: &Run, clock: &Clock) -> String {
    let (_, _, words) = sign(run.state);
    let when = match run.state.is_open() {
        true => run.due.map(|due| format!(", by {}", clock.short(due))),
        false => run.ended.map(|at| format!(" {}", clock.short(at))),
    };
    format!("{words}{}", when.unwrap_or_default())
}
