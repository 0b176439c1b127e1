//! The checklist beside a conversation. Every act is a small form of its own; without steps it is one folded line.

use kept_app::checklists::Listed;
use kept_app::domain::checklists::{Done, LONGEST_EVIDENCE};
use maud::{Markup, html};

use super::form;
use crate::layout::Shell;
use crate::parts::{Choice, Icon, icon, post, post_with};

/// `3 of 5`.
pub(crate) fn progress(done: usize, all: usize) -> String {
    format!("{done} of {all}")
}

/// The section of ticket `number`. `can` is whether its steps may be changed.
pub(crate) fn section(
    steps: &[Listed],
    can: bool,
    agents: &[Choice],
    number: u64,
    shell: &Shell,
) -> Markup {
    let done = steps.iter().filter(|it| it.step.done.is_some()).count();
    html! {
        @if can || !steps.is_empty() {
            section.checklist id="checklist" {
                h2 { "Checklist" @if !steps.is_empty() { span.status { (progress(done, steps.len())) } } }
                @if !steps.is_empty() { ol.steps { @for it in steps { (step(it, can, agents, number, shell)) } } }
                @if can { (add(steps.is_empty(), agents, number, shell)) }
            }
        }
    }
}

fn step(it: &Listed, can: bool, agents: &[Choice], number: u64, shell: &Shell) -> Markup {
    let done = it.step.done.is_some();
    html! {
        li.step.is-done[done] id={ "step-" (it.step.number) } {
            (tick(it, can, number, shell))
            div.step-says {
                span.step-what { (it.step.what) }
                @if let Some(done) = &it.step.done { (how(it, done, shell)) } @else { (whose(it, shell)) }
            }
            @if can { (more(it, agents, number, shell)) }
        }
    }
}

fn tick(it: &Listed, can: bool, number: u64, shell: &Shell) -> Markup {
    let done = it.step.done.is_some();
    let words = match done {
        true => format!("Done: {}. Take the tick off", it.step.what),
        false => format!("Tick: {}", it.step.what),
    };
    let to = if done {
        "completion/removal"
    } else {
        "completion"
    };
    let box_ = html! { span.step-box { @if done { (icon(Icon::Check)) } } };
    html! {
        @if can {
            (post(&format!("/tickets/{number}/steps/{}/{to}", it.step.number), &shell.csrf, html! {
                button.step-tick aria-label=(words) { (box_) }
            }))
        } @else { (box_) }
    }
}

fn whose(it: &Listed, shell: &Shell) -> Markup {
    let late = it.step.due.is_some_and(|due| due < shell.clock.now);
    html! {
        @if it.person.is_some() || it.step.due.is_some() {
            small.late[late] {
                @if let Some(name) = &it.person { (name) }
                @if it.person.is_some() && it.step.due.is_some() { " · " }
                @if let Some(due) = it.step.due { (shell.clock.due(due)) }
            }
        }
    }
}

fn how(it: &Listed, done: &Done, shell: &Shell) -> Markup {
    html! {
        small {
            (it.done_by.as_deref().unwrap_or("By itself")) ", " (shell.clock.at(done.at))
            @if let Some(evidence) = &done.evidence { " · " (shows(evidence)) }
        }
    }
}

/// A link where it is one; nothing else of it is believed.
fn shows(evidence: &str) -> Markup {
    let is_link = ["https://", "http://"]
        .iter()
        .any(|scheme| evidence.starts_with(scheme))
        && !evidence.contains(char::is_whitespace);
    html! {
        @if is_link { a href=(evidence) rel="noreferrer noopener" target="_blank" { (evidence) } } @else { (evidence) }
    }
}

fn more(it: &Listed, agents: &[Choice], number: u64, shell: &Shell) -> Markup {
    let at = format!("/tickets/{number}/steps/{}", it.step.number);
    html! {
        details.step-more {
            summary aria-label={ "Change: " (it.step.what) } title="Change" { (icon(Icon::Pencil)) }
            (post_with(&at, &shell.csrf, "stack", html! {
                (form::what(&it.step.what))
                (form::whose(Some(&it.step), agents, &shell.clock.zone))
                button.btn { "Save" }
            }))
            (post_with(&format!("{at}/completion"), &shell.csrf, "inline-form", html! {
                input type="text" name="evidence" maxlength=(LONGEST_EVIDENCE) placeholder="a note, a link, a file’s name" aria-label="What shows that it is done" autocomplete="off";
                button.btn { "Done" }
            }))
            div.hand-buttons {
                (post(&format!("{at}/position"), &shell.csrf, html! { button.btn.quiet name="up" value="yes" { "Up" } }))
                (post(&format!("{at}/position"), &shell.csrf, html! { button.btn.quiet name="up" value="no" { "Down" } }))
                (post(&format!("{at}/removal"), &shell.csrf, html! { button.btn.quiet { "Remove" } }))
            }
        }
    }
}

fn add(first: bool, agents: &[Choice], number: u64, shell: &Shell) -> Markup {
    html! {
        details.act-more {
            summary.act data-key="step" data-act="Add steps to the checklist…" { (icon(Icon::Plus)) @if first { "Add a checklist" } @else { "Add steps" } }
            (post_with(&format!("/tickets/{number}/steps"), &shell.csrf, "stack", html! {
                textarea name="steps" rows="3" required data-first aria-label="Steps, one on each line" placeholder="Make the account\nOrder a phone" {}
                (form::whose(None, agents, &shell.clock.zone))
                button.btn { "Add" }
            }))
        }
    }
}

/// Asked once when something is still to do on a ticket that is to be resolved.
pub(crate) fn resolve_anyway(open: usize, number: u64, shell: &Shell) -> Markup {
    html! {
        section.offer aria-label="Steps are open" {
            p { (left(open)) ": resolve anyway?" }
            div.offer-answers {
                (post(&format!("/tickets/{number}/resolution"), &shell.csrf, html! {
                    input type="hidden" name="anyway" value="yes";
                    button.btn.btn-1 { (icon(Icon::Check)) "Resolve anyway" }
                }))
                a.btn.quiet href={ "/tickets/" (number) "#checklist" } { "Look at them" }
            }
        }
    }
}

/// `2 steps are open`.
pub(crate) fn left(open: usize) -> String {
    match open {
        1 => "One step is open".to_owned(),
        many => format!("{many} steps are open"),
    }
}
