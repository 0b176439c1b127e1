//! One rule: what it says in words, its form, how it came to be so, what its web-hook was told.

use kept_app::domain::rules::{Occurrence, Reading};
use kept_app::rules::{Detail, WORDS};
use kept_app::store::hooks::State;
use maud::{Markup, html};

use super::form::{DISPATCHER, Filled, RESPONSIBLE};
use super::list;
use crate::layout::Shell;
use crate::parts::{
    Choice, Field, Icon, checkbox, icon, post, post_with, select_field, text_area, text_field,
};

/// What the form offers and holds.
#[derive(Debug, Clone)]
pub(super) struct Editor {
    /// Absent for a new rule.
    pub id: Option<i64>,
    pub filled: Filled,
    pub name: Field,
    pub condition: Field,
    pub queue: Field,
    pub priority: Field,
    pub kind: Field,
    pub assign: Field,
    pub tag: Field,
    pub untag: Field,
    pub note: Field,
    pub reply: Field,
    pub hook: Field,
    pub secret: Field,
    pub queues: Vec<Choice>,
    pub priorities: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub assignees: Vec<Choice>,
    pub agents: Vec<Choice>,
    pub reading: Option<Reading>,
    pub problems: Vec<String>,
}

/// The content of a rule's page.
pub(super) fn editor(page: &Editor, detail: Option<&Detail>, shell: &Shell) -> Markup {
    html! {
        @if let Some(reading) = &page.reading { div.rule-card { (list::reading(reading)) } }
        @for problem in &page.problems { p.warning { (icon(Icon::Warning)) (problem) } }
        @if shell.me.may_change_settings { (form(page, shell)) }
        @if let Some(detail) = detail { (deliveries(detail, shell)) (history(detail, shell)) }
    }
}

fn form(page: &Editor, shell: &Shell) -> Markup {
    let action = page.id.map_or_else(
        || "/settings/rules".to_owned(),
        |id| format!("/settings/rules/{id}"),
    );
    html! {
        (post_with(&action, &shell.csrf, "form rule-form", html! {
            (text_field(&page.name))
            fieldset { legend { "When" } div.ticks { @for when in Occurrence::ALL {
                (checkbox("when", when.as_str(), when.words(), page.filled.when.iter().any(|it| it == when.as_str())))
            } } }
            (text_field(&page.condition))
            fieldset {
                legend { "Then" }
                div.field-row { (select_field(&page.priority, &page.priorities)) (select_field(&page.kind, &page.kinds)) }
                div.field-row { (select_field(&page.queue, &page.queues)) (select_field(&page.assign, &page.assignees)) }
                div.field-row { (text_field(&page.tag)) (text_field(&page.untag)) }
                (text_area(&page.note, 2))
                (text_area(&page.reply, 4))
                details.search-help { summary { (icon(Icon::Chevron)) "What can be filled in" } dl {
                    @for (word, becomes) in WORDS { div { dt { code { (word) } } dd { (becomes) } } }
                } }
                (notify(page))
                div.field-row { (text_field(&page.hook)) (text_field(&page.secret)) }
            }
            div.ticks {
                (checkbox("stops", "yes", "Ask no later rule once this one fired", page.filled.stops))
                (checkbox("on", "yes", "Switched on", page.filled.on))
            }
            div.form-foot {
                button.btn.btn-1 data-key="send" { "Save" }
                // Turbo takes no page in answer to a form, and this one shows what was found.
                button.btn data-turbo="false" formaction={ "/settings/rules/trial" @if let Some(id) = page.id { "?rule=" (id) } } { "Dry run" }
                a.btn.quiet href="/settings/rules" { "Leave it" }
            }
        }))
    }
}

fn notify(page: &Editor) -> Markup {
    let ticked = |value: &str| page.filled.notify.iter().any(|it| it == value);
    html! {
        fieldset { legend { "Tell by mail" } div.ticks {
            (checkbox("notify", RESPONSIBLE, "whoever is responsible", ticked(RESPONSIBLE)))
            (checkbox("notify", DISPATCHER, "the queue’s dispatcher", ticked(DISPATCHER)))
            @for agent in &page.agents { (checkbox("notify", &agent.value, &agent.words, ticked(&agent.value))) }
        } }
    }
}

fn deliveries(detail: &Detail, shell: &Shell) -> Markup {
    html! {
        @if !detail.deliveries.is_empty() {
            section.block {
                h2 { "What its web-hook was told" }
                table.list {
                    thead { tr { th { "Ticket" } th { "When" } th { "Answer" } th.num { "Tries" } } }
                    tbody { @for it in &detail.deliveries { tr {
                        td { @if let Some(ticket) = it.ticket { a href={ "/tickets/" (ticket) } { "#" (ticket) } } }
                        td { (shell.clock.ago(it.created_at)) }
                        td { @match it.state { State::Queued => "waiting", State::Delivered => "delivered", State::Failed => "failed" }
                            @if let Some(says) = &it.says { ": " (says) } }
                        td.num data-unit="tries" { (it.attempts) }
                    } } }
                }
            }
        }
    }
}

fn history(detail: &Detail, shell: &Shell) -> Markup {
    let may_change = shell.me.may_change_settings;
    html! {
        section.block {
            h2 { "Changes" }
            table.list {
                thead { tr { th { "What" } th { "Who" } th { "When" } th { span.visually-hidden { "Undo" } } } }
                tbody { @for (at, (change, by)) in detail.changes.iter().enumerate() { tr {
                    td { (change.what) } td { (by) } td { (shell.clock.at(change.at)) }
                    td.num { @if at == 0 && may_change && change.before.is_some() {
                        (post(&format!("/undo/rule-{}", change.id), &shell.csrf, html! { button.link { "Undo" } }))
                    } }
                } } }
            }
            @if may_change {
                (post(&format!("/settings/rules/{}/removal", detail.listed.id), &shell.csrf, html! {
                    button.btn.quiet { (icon(Icon::Ban)) "Remove this rule" }
                }))
            }
        }
    }
}
