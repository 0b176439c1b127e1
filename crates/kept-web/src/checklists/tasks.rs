//! One's own tasks, in Now: what is due first at the top.

use kept_app::checklists::Task;
use maud::{Markup, html};

use crate::layout::Shell;
use crate::numbers::count;
use crate::parts::{Icon, icon, post};

/// Nothing when there are none.
pub(crate) fn section(tasks: &[Task], shell: &Shell) -> Markup {
    html! {
        @if !tasks.is_empty() {
            section.group {
                h2.group-title { "Your tasks" " " span.count { (tasks.len()) } }
                ul.tasks { @for task in tasks { (line(task, shell)) } }
            }
        }
    }
}

fn line(task: &Task, shell: &Shell) -> Markup {
    let (number, step) = (count(task.ticket.0), &task.step);
    let late = step.due.is_some_and(|due| due < shell.clock.now);
    html! {
        li.task {
            (post(&format!("/tickets/{number}/steps/{}/completion", step.number), &shell.csrf, html! {
                button.step-tick aria-label={ "Tick: " (step.what) } { span.step-box {} }
            }))
            a href={ "/tickets/" (number) "#step-" (step.number) } { b { (step.what) } " " small { (task.subject) " · #" (number) } }
            @if let Some(due) = step.due {
                span.task-due.late[late] { @if late { (icon(Icon::Warning)) } (shell.clock.due(due)) }
            }
        }
    }
}
