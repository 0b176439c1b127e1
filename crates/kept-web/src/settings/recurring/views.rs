//! The list of recurring tickets and the form of one, with its next dates.

use jiff::Timestamp;
use kept_app::store::recurrences::{Run, Stored};
use maud::{Markup, html};

use super::form;
use crate::layout::Shell;
use crate::parts::{
    Choice, Clock, Empty, Field, Icon, empty, icon, post, post_with, select_field, text_field,
};

/// The form with what it holds.
#[derive(Debug, Clone)]
pub(super) struct Editor {
    pub id: Option<i64>,
    pub is_paused: bool,
    pub name: Field,
    pub template: Field,
    pub templates: Vec<Choice>,
    pub client: Field,
    pub queue: Field,
    pub queues: Vec<Choice>,
    pub every: Field,
    pub rule: Field,
    pub first: Field,
    pub time: Field,
    pub coming: Vec<Timestamp>,
    pub runs: Vec<Run>,
}

pub(super) fn list(all: &[Stored], has_templates: bool, clock: &Clock) -> Markup {
    html! {
        @if has_templates { div.page-acts { a.btn href="/settings/recurring/new" { (icon(Icon::Plus)) "New recurring ticket" } } }
        @if all.is_empty() { (none(has_templates)) } @else {
            ul.tiles { @for it in all { li { (line(it, clock)) } } }
        }
    }
}

fn line(it: &Stored, clock: &Clock) -> Markup {
    html! {
        a.tile href={ "/settings/recurring/" (it.id) } {
            b { (it.recurrence.name) }
            span {
                (form::words(&it.recurrence)) " · "
                @if it.is_paused { "pauses" }
                @else if let Some(next) = it.next { "next " (day(next, clock)) }
                @else { "no more to come" }
            }
            (icon(Icon::Chevron))
        }
    }
}

fn none(has_templates: bool) -> Markup {
    let (says, step) = match has_templates {
        true => (
            "Work that comes by the calendar: backups to look at, a restore to test. A ticket with its checklist opens by itself on the day.",
            ("/settings/recurring/new", "Plan the first"),
        ),
        false => (
            "A recurring ticket begins with a template that says what is to be done. Write that first.",
            ("/settings/templates/new", "Write a template"),
        ),
    };
    empty(&Empty {
        icon: Icon::Retry,
        title: "Nothing recurs yet".to_owned(),
        says: says.to_owned(),
        step: Some((step.0.to_owned(), step.1.to_owned())),
    })
}

pub(super) fn editor(page: &Editor, shell: &Shell) -> Markup {
    let to = match page.id {
        Some(id) => format!("/settings/recurring/{id}"),
        None => "/settings/recurring".to_owned(),
    };
    html! {
        (post_with(&to, &shell.csrf, "form", html! {
            (text_field(&page.name))
            div.field-row {
                (select_field(&page.template, &page.templates))
                (text_field(&page.client))
                (select_field(&page.queue, &page.queues))
            }
            div.field-row {
                (select_field(&page.every, &form::often()))
                (text_field(&page.first))
                (text_field(&page.time))
            }
            (text_field(&page.rule))
            @if !page.coming.is_empty() { (coming(&page.coming, &shell.clock)) }
            div.form-foot {
                button.btn.btn-1 data-key="send" { "Save" }
                button.btn name="act" value="preview" formnovalidate data-turbo="false" { "Show the dates" }
                a.btn.quiet href="/settings/recurring" { "Leave it" }
            }
        }))
        @if !page.runs.is_empty() { (past(&page.runs)) }
        @if let Some(id) = page.id { (acts(id, page.is_paused, shell)) }
    }
}

fn day(at: Timestamp, clock: &Clock) -> String {
    let there = at.to_zoned(clock.zone.clone());
    there.strftime("%a %-d %B %Y, %H:%M").to_string()
}

fn coming(dates: &[Timestamp], clock: &Clock) -> Markup {
    html! {
        section.block.coming aria-label="Next dates" {
            h2 { "Next" }
            ol { @for at in dates { li { (day(*at, clock)) } } }
        }
    }
}

fn past(runs: &[Run]) -> Markup {
    html! {
        section.block {
            h2 { "So far" }
            ul { @for run in runs { li {
                (run.date.strftime("%a %-d %B %Y").to_string())
                @if let Some(ticket) = run.ticket { " " a href={ "/tickets/" (ticket) } { "#" (ticket) } }
            } } }
        }
    }
}

fn acts(id: i64, paused: bool, shell: &Shell) -> Markup {
    html! {
        div.hand-buttons {
            (post(&format!("/settings/recurring/{id}/pause"), &shell.csrf, html! {
                button.btn.quiet name="paused" value=(if paused { "no" } else { "yes" }) { @if paused { "Go on" } @else { "Pause" } }
            }))
            (post(&format!("/settings/recurring/{id}/removal"), &shell.csrf, html! {
                button.btn.quiet { "Remove" }
            }))
        }
    }
}
